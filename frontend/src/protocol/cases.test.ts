/** The shared cases on the phone's evaluator. The same files are run by tests/protocol on the server's. */
// @vitest-environment node
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { type Protocols, resultOf } from "./command";
import { compose, evaluate, explain, FactError, load, readFacts, secondReadingMinutes } from "./index";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const json = (path: string): unknown => JSON.parse(readFileSync(root + path, "utf8"));
const texts = json("backend/protocol/texts/en.json");

type Changes = Record<string, object>;
type Whole = { rules: { id: string }[] };

/** The wire of a drug as the server composes it. */
function wireOf(drug: string) {
  const file = json(`backend/protocol/data/${drug}.v1.json`) as { like?: string; changes?: Changes };
  const { like, changes = {}, ...own } = file;
  const whole = json("backend/protocol/data/sorafenib.v1.json") as Whole;
  const rules = whole.rules.map((rule) => ({ ...rule, ...changes[rule.id] }));
  return { protocol: like ? { ...whole, ...own, rules } : file, texts, language: "en", signature: null };
}

const drugs = readdirSync(root + "backend/protocol/data").map((name) => name.split(".")[0]!);
const protocols: Protocols = new Map(drugs.map((drug) => [drug, load(wireOf(drug))]));
const sorafenib = protocols.get("sorafenib")!;

type Grades = Record<string, unknown>;
type Case = {
  id: string;
  why: string;
  fires?: string;
  spares?: string;
  expect: { urgency?: string; error?: string; grades_ctcae5?: Grades; grades_ctcae6?: Grades };
};
const lines = ["cases", "rules"].flatMap((name) =>
  readFileSync(`${root}tests/vectors/${name}.jsonl`, "utf8").split("\n").filter(Boolean),
);

describe("the shared cases", () => {
  test.each(lines.map((line) => ({ line, ...(JSON.parse(line) as Case) })))("$id: $why", (one) => {
    const result = resultOf(one.line, protocols);
    const { expect: expected } = one;
    expect(result.error?.field).toBe(expected.error);
    if (expected.error) return;
    expect(result.urgency).toBe(expected.urgency);
    expect(result.grades_ctcae5).toMatchObject(expected.grades_ctcae5 ?? {});
    expect(result.grades_ctcae6).toMatchObject(expected.grades_ctcae6 ?? {});
    if (one.fires) expect(result.rules).toContain(one.fires);
    if (one.spares) expect(result.rules).not.toContain(one.spares);
  });
});

test("a patient with eight stools over a usual one is told to call now, and why", () => {
  const days = [readFacts(sorafenib, { diarrhea: { stools: 8, loose: true } })];
  const baseline = { stools_per_day: 1 };
  const assessment = evaluate(sorafenib, { days, baseline });
  expect(assessment.fired[0]).toMatchObject({ id: "diarrhea_3", nurse_due_minutes: 240 });
  expect(compose(sorafenib, assessment, { days, baseline })).toMatchObject({
    urgency: "contact_today",
    title: "Call your team now.",
    because: ["You had 8 stools today, 7 more than your usual."],
  });
});

test("the emergency number stays for the caller to fill in, and no tablet is spoken of", () => {
  const days = [readFacts(sorafenib, { warning_signs: ["chest_pain"] })];
  const advice = compose(sorafenib, evaluate(sorafenib, { days }), { days });
  expect(advice.title).toBe("Call {emergency_number} now.");
  expect([...advice.because, ...advice.paragraphs, ...advice.while_you_wait].join(" ")).not.toMatch(
    /tablet|dose/i,
  );
});

test("a refused answer names its field and what to do", () => {
  const swapped = { blood_pressure: [{ systolic: 80, diastolic: 120 }] };
  expect(() => readFacts(sorafenib, swapped)).toThrow(FactError);
  expect(() => readFacts(sorafenib, swapped)).toThrow(/Measure again and enter both/);
});

test.each([
  [139, 89, null],
  [140, 89, 1],
  [180, 90, 5],
])("a first reading of %i/%i asks for a second after %s minutes", (systolic, diastolic, minutes) => {
  expect(secondReadingMinutes(sorafenib, { systolic, diastolic })).toBe(minutes);
});

test.each(drugs)("every rule of %s is explained in one sentence", (drug) => {
  const protocol = protocols.get(drug)!;
  for (const { id } of [...protocol.rules, protocol.data.combination, protocol.data.missed_logs]) {
    expect(explain(protocol, id)).toMatch(/^When [^{_]+\.$/);
  }
});

test("a protocol that needs a newer app is refused when it is loaded, not when it is asked", () => {
  const wire = wireOf("sorafenib") as { protocol: Whole };
  const rules = wire.protocol.rules.map((rule) => ({ ...rule, when: { moon_phase: "full" } }));
  expect(() => load({ ...wireOf("sorafenib"), protocol: { ...wire.protocol, rules } })).toThrow(/moon_phase/);
});
