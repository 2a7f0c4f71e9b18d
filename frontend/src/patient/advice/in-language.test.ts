import { readFileSync } from "node:fs";
import { beforeEach, describe, expect, it } from "vitest";
import type { Facts, Log, Me } from "../../lib/types";
import { judge } from "../judge";
import { phone } from "../phone.svelte";
import { inLanguage, teamCan } from "./in-language";
import { adviceOf } from "./of";

const from = (path: string): unknown => JSON.parse(readFileSync(`../backend/protocol/${path}`, "utf8"));
const wireIn = (language: string) => ({
  protocol: from("data/sorafenib.v2.json"),
  texts: from(`texts/${language}.json`),
  language,
  signature: null,
});
const [english, spanish] = [wireIn("en"), wireIn("es")];
const DAY = "2026-05-14";
const maria = {
  clinic: { emergency_number: "911" },
  patient: { baseline: { stools_per_day: 1, systolic: 126, diastolic: 78 }, reviewed: [] },
} as unknown as Me;

/** A log the server judged and answered in English. */
function logged(facts: Facts): Log {
  const { advice, shown } = judge({ wire: english, me: maria, day: DAY, facts, factsOf: () => null });
  const rules = shown.rules.map((id) => ({ id }));
  return { id: "one", day: DAY, facts, advice, assessment: { rules }, team: {} } as unknown as Log;
}
const given = (log: Log) => adviceOf(log.id, { logs: [log], outbox: [], calls: {} }, "911");

describe("the advice after a change of language", () => {
  beforeEach(() => {
    phone.me = maria;
    phone.logs = [];
  });

  it("comes in the language that is spoken now", () => {
    const log = logged({ diarrhea: { stools: 8, loose: true } });
    const advice = inLanguage(spanish, given(log))?.advice;
    expect(advice?.title).toBe("Llame a su equipo ahora.");
    expect(advice?.because.join(" ")).toMatch(/8 evacuaciones/);
    const emergency = inLanguage(spanish, given(logged({ warning_signs: ["chest_pain"] })))?.advice;
    expect(emergency?.title).toBe("Llame al 911 ahora.");
  });

  it("stays what the server said where this phone would judge otherwise", () => {
    const log = logged({ diarrhea: { stools: 8, loose: true } });
    const other = { ...log, facts: { diarrhea: { stools: 1 } } } as Log;
    expect(inLanguage(spanish, given(other))?.advice?.title).toBe("Call your team now.");
  });

  it("is not composed again in the same language", () => {
    const before = given(logged({ diarrhea: { stools: 8, loose: true } }));
    expect(inLanguage(english, before)).toBe(before);
  });
});

describe("what the team can do", () => {
  it("lists no sentence about what the patient does or drinks", () => {
    const stops = { adherence: "wants_to_stop", stopping_reason: "fear" } as const;
    const facts: Facts = { ...stops, diarrhea: { stools: 8, loose: true } };
    const means = logged(facts).advice.what_it_means ?? [];
    const theirs = teamCan(english, "wants_to_stop", means);
    expect(theirs.join(" ")).toMatch(/A counselor can help too/);
    expect(means.join(" ")).toMatch(/water and salt/);
    expect(theirs.join(" ")).not.toMatch(/water|salt/i);
    expect(teamCan(english, "as_prescribed", means)).toEqual([]);
  });
});
