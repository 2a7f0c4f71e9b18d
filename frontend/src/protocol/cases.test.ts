/** The shared cases on the phone's evaluator. The same files are run by tests/protocol on the server's. */
// @vitest-environment node
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { type Protocols, resultOf } from "./command";
import {
  aboutMedicine,
  compose,
  evaluate,
  explain,
  FactError,
  load,
  readFacts,
  secondReadingMinutes,
} from "./index";
import type { Medicine, Texts, Topic } from "./model";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const json = (path: string): unknown => JSON.parse(readFileSync(root + path, "utf8"));
const texts = json("backend/protocol/texts/en.json");

type Changes = Record<string, object>;
type Whole = { rules: { id: string }[] };
type File = { like?: string; changes?: Changes };
type Leaflet = { verified: boolean; says: string[]; numbers?: Record<string, number> };
const files = readdirSync(root + "backend/protocol/data");
const leaflets = readdirSync(root + "backend/protocol/drugs");
const versionIn = (name: string): number => Number(/\.v(\d+)\./.exec(name)?.[1]);

/** The file of a drug's highest version: "sorafenib.v2.json". */
function newest(drug: string): string {
  return files
    .filter((name) => name.startsWith(`${drug}.v`))
    .sort((one, two) => versionIn(two) - versionIn(one))[0]!;
}

/** The verified rows of the drug's leaflets by region. */
function medicineOf(drug: string): Medicine {
  const found: Medicine = {};
  if (!leaflets.includes(`${drug}.json`)) return found;
  const { topics } = json(`backend/protocol/drugs/${drug}.json`) as {
    topics: Record<Topic, Record<string, Leaflet>>;
  };
  for (const [topic, byRegion] of Object.entries(topics)) {
    for (const [region, { verified, says, numbers = {} }] of Object.entries(byRegion)) {
      if (verified) (found[region] ??= {})[topic as Topic] = { says, numbers };
    }
  }
  return found;
}

/** The wire of a drug as the server composes it. */
function wireOf(drug: string) {
  const { like, changes = {}, ...own } = json(`backend/protocol/data/${newest(drug)}`) as File;
  const whole = json(
    `backend/protocol/data/${like ? like.replace(".", ".v") + ".json" : newest(drug)}`,
  ) as Whole;
  const rules = whole.rules.map((rule) => ({ ...rule, ...changes[rule.id] }));
  const protocol = like ? { ...whole, ...own, rules } : whole;
  return { protocol, texts, language: "en", signature: null, medicine: medicineOf(drug) };
}

const drugs = [...new Set(files.map((name) => name.split(".")[0]!))];
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

test("a day that is over is spoken of as that day, and one before it as the day before", () => {
  const day = readFacts(sorafenib, { diarrhea: { stools: 6, loose: true } });
  const told = { days: [day, day], baseline: { stools_per_day: 1 } };
  const because = (past: boolean) => compose(sorafenib, evaluate(sorafenib, told), { ...told, past }).because;
  expect(because(true)).toEqual([
    "You had 6 stools that day, 5 more than your usual. It was like this the day before too.",
  ]);
  expect(because(false)).toEqual([
    "You had 6 stools today, 5 more than your usual. It was like this yesterday too.",
  ]);
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

describe("what the leaflets say", () => {
  const missed = (drug: string, region?: string) => {
    const protocol = protocols.get(drug)!;
    const days = [readFacts(protocol, { adherence: "missed_one_dose" })];
    return compose(protocol, evaluate(protocol, { days }), { days, region: region ?? null })
      .while_you_wait[0];
  };

  test("about a missed dose differs by region, and the pack is named where nothing is known", () => {
    expect(missed("lenvatinib", "US")).toContain("up to 12 hours late");
    expect(missed("lenvatinib", "EU")).toContain("if the next one is 12 hours or more away");
    expect(missed("lenvatinib")).toContain("The leaflet in your pack");
    expect(missed("immunotherapy", "US")).toContain("The leaflet in your pack");
  });

  test("is there for a page about the medicine, and nothing is made up", () => {
    const cabozantinib = protocols.get("cabozantinib")!;
    expect(aboutMedicine(cabozantinib, "EU").food).toEqual([
      "The leaflet says: nothing to eat for 2 hours before cabozantinib and 1 hour after it.",
      "It goes down with a full glass of water.",
    ]);
    for (const region of [undefined, null, "JP", "toString"]) {
      expect(aboutMedicine(cabozantinib, region)).toEqual({ missed_dose: [], food: [] });
    }
  });

  test("an older download without them still gives advice", () => {
    const protocol = load({ ...wireOf("sorafenib"), medicine: undefined });
    expect(aboutMedicine(protocol, "US")).toEqual({ missed_dose: [], food: [] });
  });
});

test("an app that is newer than the document the phone has kept still gives its advice", () => {
  const old = structuredClone(texts) as Texts;
  for (const name of ["drugs", "decimal", "medicine"] as const) delete (old as Partial<Texts>)[name];
  delete (old.joined as Partial<Texts["joined"]>).sentences;
  old.advice["missed_one"] = { because: ["You missed one dose of {drug}."], while_you_wait: ["Call us."] };
  const first = {
    protocol: json("backend/protocol/data/sorafenib.v1.json"),
    texts: old,
    language: "en",
    signature: null,
  };
  const protocol = load(first);
  const days = [readFacts(protocol, { adherence: "missed_one_dose", weight: 70.5 })];
  expect(compose(protocol, evaluate(protocol, { days }), { days, region: "US" })).toMatchObject({
    because: ["You missed one dose of sorafenib."],
    while_you_wait: ["Call us."],
  });
});

test("advice says what it means, what to watch for and when to call", () => {
  const days = [readFacts(sorafenib, { mouth_sores: "cannot_eat" })];
  const assessment = evaluate(sorafenib, { days });
  expect(assessment.grades_ctcae5).toEqual({
    hand_foot: null,
    hypertension: null,
    diarrhea: null,
    fatigue: null,
    oral_mucositis: 3,
  });
  const advice = compose(sorafenib, assessment, { days });
  expect(advice.urgency).toBe("contact_24h");
  expect(advice.what_it_means[0]).toMatch(/mucositis/);
  expect(advice.watch_for).not.toEqual([]);
  expect(advice.when_to_call).toContain("Call now if you cannot drink.");
});
