import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Facts, Me } from "../../lib/types";
import { judge } from "../judge";
import type { Wire } from "../protocol";
import { answerInWords } from "./describe";
import { askedAgain, olderInWords, sorted, withOlder } from "./older";

const from = (path: string): unknown => JSON.parse(readFileSync(`../backend/protocol/${path}`, "utf8"));
const wire = {
  protocol: from("data/sorafenib.v3.json"),
  texts: from("texts/en.json"),
  language: "en",
  signature: null,
} as Wire;
const asIs = (sign: string): string => sign;
const of = (facts: object): Facts => facts as Facts;
const EVERY_CHOICE: [Parameters<typeof answerInWords>[0], object][] = [
  ["hands", { hands: { skin_change: "no_longer" } }],
  ["feet", { feet: { skin_change: "none", pain: "no_longer" } }],
  ["doses", { adherence: "no_longer" }],
  ["doses", { adherence: "missed_one_dose", missed_reason: "no_longer" }],
  ["doses", { adherence: "stopped", stopping_reason: "no_longer" }],
  ["mouth_sores", { mouth_sores: "no_longer" }],
  ["nausea", { nausea: "no_longer" }],
  ["appetite", { appetite: "no_longer" }],
  ["rash", { rash: "no_longer" }],
  ["rash", { rash: "none", rash_symptoms: "no_longer" }],
  ["headache", { headache: "no_longer" }],
];

describe("an answer with a choice that no longer exists", () => {
  it.each(EVERY_CHOICE)("is read out as it was written: %s", (question, facts) => {
    expect(answerInWords(question, of(facts), asIs)).toContain("“no longer”");
  });

  it.each(EVERY_CHOICE.filter(([, facts]) => !JSON.stringify(facts).includes("stopping")))(
    "is asked again, and what else was said stays: %s",
    (question, facts) => {
      const { facts: known, older } = sorted(wire, of(facts));
      expect(JSON.stringify(known)).not.toContain("no_longer");
      expect(askedAgain(older)).toEqual([question]);
      expect(olderInWords(question, older)).toBe("no longer");
    },
  );

  it("leaves readable answers and the other answers of its group alone", () => {
    const facts = of({
      hands: { skin_change: "peeling", pain: "mild" },
      warning_signs: ["fever", "hiccups"],
    });
    expect(sorted(wire, facts)).toEqual({
      facts: { hands: { pain: "mild" }, warning_signs: ["fever"] },
      older: { hands: { skin_change: "peeling" }, warning_signs: ["hiccups"] },
    });
    const good = of({ diarrhea: { stools: 2, loose: true }, warning_signs: [] });
    expect(sorted(wire, good)).toEqual({ facts: good, older: {} });
  });

  it("is no time of a reading: the numbers count without it", () => {
    const reading = { systolic: 185, diastolic: 112 };
    const given = of({
      blood_pressure: [{ ...reading, taken_at: "long ago", source: "wrist" }, { systolic: 300 }],
    });
    expect(sorted(wire, given)).toEqual({
      facts: { blood_pressure: [reading] },
      older: { blood_pressure: [{ systolic: 300 }] },
    });
  });

  it("goes along as a note when it is not answered again", () => {
    expect(withOlder(of({ note: "Tired." }), of({ adherence: "perhaps" })).note).toBe(
      "Tired.\nWritten in an older version of the app. Tablets: perhaps",
    );
    expect(withOlder(of({ weight: 70 }), {})).toEqual({ weight: 70 });
  });

  it("never keeps the advice from coming, on its day or on the day before", () => {
    const me = { patient: { baseline: { stools_per_day: 1 }, reviewed: [] } } as unknown as Me;
    const facts = of({ adherence: "perhaps", diarrhea: { stools: 8, loose: true } });
    const judged = judge({ wire, me, day: "2026-05-14", facts, factsOf: () => facts });
    expect(judged.shown.urgency).toBe("contact_today");
  });
});
