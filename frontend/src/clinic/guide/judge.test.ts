import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { load, type Facts, type Wire } from "../../protocol";
import { alertOf, logOf, patientOf } from "../testing";
import { judge, type Judgment, type Known, knownOf } from "./judge";
import type { Answers, Question } from "./wire";

const json = (path: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../../backend/protocol/${path}`, `file://${__filename}`), "utf8"));
const protocol = load({
  protocol: json("data/sorafenib.v3.json"),
  texts: json("texts/en.json"),
  language: "en",
  signature: null,
} as Wire);

const question = (id: string, change: Partial<Question> = {}): Question => ({
  ...{ id, sign: true, ask: id, yes: id, no: `no ${id}`, worry: null, source: "ours" },
  ...change,
});
const loose = (stools: number): Facts => ({ diarrhea: { stools, loose: true } });
const tired: Facts = { fatigue: { present: true, relieved_by_rest: false } };

function known(today: Facts | null, more: Partial<Known> = {}): Known {
  return {
    days: [today],
    baseline: { stools_per_day: 1, systolic: 126, diastolic: 78 },
    reviewed: [],
    ...more,
  };
}

function answered(facts: Known, answers: Answers, ...more: Question[]): Judgment {
  const signs = Object.keys(answers).filter((id) => !more.some((one) => one.id === id));
  return judge(protocol, facts, [...signs.map((id) => question(id)), ...more], answers);
}

const heard = (facts: Known, ...signs: string[]) =>
  answered(facts, Object.fromEntries(signs.map((sign) => [sign, true]))).heard;

describe("a Yes to a warning sign", () => {
  it("makes diarrhea of grade 2 contact today within an hour when she is dizzy on standing", () => {
    expect(heard(known(loose(5)), "dizzy_on_standing")).toMatchObject({
      rule: "diarrhea_with_dizziness",
      urgency: "contact_today",
      minutes: 60,
      signs: "dizzy on standing",
      symptom: "diarrhea",
    });
  });

  it("makes hand-foot of grade 1 contact today with fever", () => {
    const skin = { hand_foot: { skin_change: "minimal", pain: "none" } };
    expect(heard(known(skin), "fever")).toMatchObject({ rule: "hand_foot_with_fever", minutes: 60 });
  });

  it("is an emergency with chest pain, in the words the patient is told", () => {
    const found = heard(known(tired), "chest_pain");
    expect(found).toMatchObject({ rule: "sign_chest_pain", urgency: "emergency", symptom: "" });
    expect(found?.tell).toMatch(
      /^Call \{emergency_number\} now\. Say that you take sorafenib, a cancer medicine\./,
    );
  });

  it("speaks of all signs that ask for the same", () => {
    expect(heard(known(loose(5)), "fever", "vomiting", "severe_cramps")?.signs).toBe(
      "fever, vomiting and severe cramps",
    );
  });

  it("counts with what she reported herself", () => {
    const facts = { warning_signs: ["widespread_blisters"] };
    expect(heard(known(facts), "mouth_or_eye_sores")).toMatchObject({
      rule: "blisters_with_sores",
      urgency: "emergency",
      signs: "widespread blisters and mouth or eye sores",
    });
  });

  it("makes two symptoms at 24 hours contact today", () => {
    expect(heard(known(tired), "fever")).toMatchObject({
      rule: "two_symptoms",
      urgency: "contact_today",
      minutes: 240,
      signs: "fatigue and fever",
    });
  });

  it("does not combine with a symptom a nurse has just reviewed at that grade", () => {
    const reviewed = [{ symptom: "fatigue", days_ago: 2, grade: 2 }];
    expect(heard(known(tired, { reviewed }), "fever")).toMatchObject({ rule: "sign_fever", minutes: 1440 });
  });

  it("is judged alone where there is no log", () => {
    expect(heard(known(null), "vision_change")).toMatchObject({ rule: "sign_vision_change" });
  });

  it("looks at the days before", () => {
    const twoDays = known(null, { days: [{ blood_pressure: [{ systolic: 150, diastolic: 80 }] }, null] });
    expect(heard(twoDays, "new_headache")).toMatchObject({
      rule: "bp_symptomatic",
      symptom: "blood pressure",
    });
  });
});

describe("what changes nothing", () => {
  it.each<Answers>([{}, { fever: false, vomiting: false }])("is a No, and nothing answered", (answers) => {
    expect(answered(known(loose(5)), answers)).toEqual({ heard: null, unjudged: [] });
  });

  it("is a sign no rule speaks of that day, and it is left to the nurse", () => {
    const { heard: found, unjudged } = answered(known(tired), { little_urine: true });
    expect([found, unjudged.map((one) => one.id)]).toEqual([null, ["little_urine"]]);
  });

  it("is a question of the team's own, named only where its answer worries", () => {
    const drink = question("cannot_drink", { sign: false, worry: "yes" });
    const advised = question("uses_what_was_advised", { sign: false, worry: "no" });
    const names = (answers: Answers) =>
      answered(known(loose(5)), answers, drink, advised).unjudged.map((one) => one.id);
    expect(names({ cannot_drink: true, uses_what_was_advised: true })).toEqual(["cannot_drink"]);
    expect(names({ cannot_drink: false, uses_what_was_advised: false })).toEqual(["uses_what_was_advised"]);
  });
});

describe("the case of an alert", () => {
  it("has the alert's day first and null for a day without a log", () => {
    const logs = [
      logOf({ day: "2026-05-12", facts: { note: "before" } }),
      logOf({ facts: { note: "that day" } }),
    ];
    const { days } = knownOf(alertOf(), patientOf(), logs);
    expect(days.slice(0, 3)).toEqual([{ note: "that day" }, null, { note: "before" }]);
  });

  it("has what was closed before that day, on the patient's calendar", () => {
    const closed = (resolved_at: string | null, grade: number | null) => alertOf({ resolved_at, grade });
    const alerts = [
      closed("2026-05-13T03:00:00Z", 2), // 12 May in New York
      closed("2026-05-16T12:00:00Z", 2),
      closed("2026-05-13T12:00:00Z", null),
      closed(null, 3),
    ];
    const { reviewed } = knownOf(alertOf(), patientOf({ alerts }), []);
    expect(reviewed).toEqual([{ symptom: "diarrhea", days_ago: 2, grade: 2 }]);
  });
});
