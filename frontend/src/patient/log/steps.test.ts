import { describe, expect, it } from "vitest";
import { answerInWords } from "./describe";
import { onlyDoses } from "./only-doses";
import {
  after,
  goesOnAt,
  hasAnswers,
  isAnswered,
  isStep,
  nothingFor,
  numberOf,
  questionsOf,
  waitsForNext,
} from "./steps";

const asIs = (sign: string): string => sign;

describe("the six questions", () => {
  it("are walked one by one, up to the review", () => {
    expect(after("hands")).toBe("feet");
    expect(after("doses")).toBe("review");
  });

  it("leave out the doses of a medicine that is given at the clinic", () => {
    expect(after("signs", true)).toBe("doses");
    expect(after("signs", false)).toBe("review");
  });

  it("do not count what is asked beside them, which leads back to the review", () => {
    expect([numberOf("nausea"), numberOf("tablets_left"), numberOf("review")]).toEqual([null, null, null]);
    expect([after("nausea"), after("tablets_left")]).toEqual(["review", "review"]);
    expect([isStep("nausea"), isStep("more"), isStep("joy")]).toEqual([true, true, false]);
  });

  it("take back the reason with the dose that was missed", () => {
    expect(nothingFor("doses")).toEqual({
      adherence: undefined,
      stopping_reason: undefined,
      missed_reason: undefined,
    });
    expect(nothingFor("stools")).toEqual({ diarrhea: undefined });
  });

  it("count the doses with the warning signs", () => {
    expect([numberOf("hands"), numberOf("signs"), numberOf("doses")]).toEqual([1, 6, 7]);
    expect([questionsOf(true), questionsOf(false)]).toEqual([7, 6]);
  });

  it("take none of these for an answer, and silence for none", () => {
    expect(isAnswered("signs", { warning_signs: [] })).toBe(true);
    expect(isAnswered("signs", {})).toBe(false);
    expect(answerInWords("signs", { warning_signs: [] }, asIs)).toBe("None of these");
    expect(answerInWords("signs", {}, asIs)).toBeNull();
  });

  it("stay open when only stopping was reported, or signs were ticked beside a message", () => {
    expect(onlyDoses({ adherence: "wants_to_stop", stopping_reason: "fear" })).toBe(true);
    expect(onlyDoses({ warning_signs: ["chest_pain"] })).toBe(true);
    expect(onlyDoses({ adherence: "wants_to_stop", warning_signs: [] })).toBe(false);
    expect(hasAnswers({})).toBe(false);
  });

  it("move on with a tap where one tap says it all", () => {
    expect(waitsForNext("hands", { hands: { skin_change: "none" } })).toBe(false);
    expect(waitsForNext("hands", { hands: { skin_change: "moderate" } })).toBe(true);
    expect(waitsForNext("stools", { diarrhea: { stools: 0 } })).toBe(true);
    expect(waitsForNext("stools", { diarrhea: {} })).toBe(false);
    expect(waitsForNext("doses", { adherence: "missed_one_dose" })).toBe(true);
    expect(waitsForNext("doses", { adherence: "as_prescribed" })).toBe(false);
  });

  it("say an answer in the patient's words", () => {
    const hands = { skin_change: "moderate", pain: "moderate", limits_daily_activities: true } as const;
    expect(answerInWords("hands", { hands }, asIs)).toBe(
      "Blisters or cracks, hurts a lot, daily things are hard",
    );
    const blood_pressure = [
      { systolic: 152, diastolic: 96 },
      { systolic: 138, diastolic: 88 },
    ];
    expect(answerInWords("pressure", { blood_pressure }, asIs)).toBe("152 over 96, then 138 over 88");
  });

  it("say why a dose was missed, and leave no extra unsaid", () => {
    expect(answerInWords("doses", { adherence: "missed_one_dose", missed_reason: "forgot" }, asIs)).toBe(
      "I missed one dose. I forgot.",
    );
    expect(answerInWords("doses", { adherence: "missed_one_dose" }, asIs)).toBe("I missed one dose");
    expect(answerInWords("mouth_sores", { mouth_sores: "none" }, asIs)).toBe("No");
    expect(answerInWords("mouth_sores", {}, asIs)).toBeNull();
    expect(answerInWords("tablets_left", { tablets_left: 0 }, asIs)).toBe("0 left over");
    expect(answerInWords("temperature", { temperature: 38.5 }, asIs)).toBe("38.5 °C");
  });
});

describe("a log that was begun", () => {
  const none = { skin_change: "none", pain: "none" } as const;
  const hands = { hands: none, feet: none };
  const upToPressure = { ...hands, diarrhea: { stools: 1 }, fatigue: { present: false } };

  it("goes on at the first question without an answer, also after going back through the questions", () => {
    expect(goesOnAt({ step: "feet", facts: { hands: { skin_change: "none" } } }, true)).toBe("feet");
    expect(goesOnAt({ step: "review", facts: upToPressure }, true)).toBe("pressure");
    expect(goesOnAt({ step: "hands", facts: {} }, true)).toBe("hands");
  });

  it("goes on at a question that was left half answered", () => {
    expect(goesOnAt({ step: "stools", facts: { ...hands, diarrhea: { stools: 4 } } }, true)).toBe("stools");
    const first = {
      systolic: 150,
      diastolic: 95,
      taken_at: "2026-05-14T08:00:00Z",
      source: "typed" as const,
    };
    const measured = { ...upToPressure, blood_pressure: [first] };
    expect(goesOnAt({ step: "pressure", facts: measured }, true)).toBe("pressure");
    expect(goesOnAt({ step: "tired", facts: measured }, true)).toBe("signs");
  });

  it("goes on at the review once all is answered, and asks for no doses where none were to be taken", () => {
    const facts = { ...upToPressure, blood_pressure: [], warning_signs: [] };
    expect(goesOnAt({ step: "tired", facts }, false)).toBe("review");
    expect(goesOnAt({ step: "tired", facts }, true)).toBe("doses");
  });
});
