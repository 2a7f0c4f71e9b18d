import { describe, expect, it } from "vitest";
import { answerInWords } from "./describe";
import { after, hasAnswers, isAnswered, numberOf, onlyDoses, waitsForNext } from "./steps";

const asIs = (sign: string): string => sign;

describe("the six questions", () => {
  it("are walked one by one, up to the review", () => {
    expect(after("hands")).toBe("feet");
    expect(after("doses")).toBe("review");
  });

  it("count the doses with the warning signs", () => {
    expect([numberOf("hands"), numberOf("signs"), numberOf("doses")]).toEqual([1, 6, 6]);
  });

  it("take none of these for an answer, and silence for none", () => {
    expect(isAnswered("signs", { warning_signs: [] })).toBe(true);
    expect(isAnswered("signs", {})).toBe(false);
    expect(answerInWords("signs", { warning_signs: [] }, asIs)).toBe("None of these");
    expect(answerInWords("signs", {}, asIs)).toBeNull();
  });

  it("stay open when only stopping was reported", () => {
    expect(onlyDoses({ adherence: "wants_to_stop", stopping_reason: "fear" })).toBe(true);
    expect(onlyDoses({ adherence: "wants_to_stop", warning_signs: [] })).toBe(false);
    expect(hasAnswers({})).toBe(false);
  });

  it("move on with a tap where one tap says it all", () => {
    expect(waitsForNext("hands", { hands: { skin_change: "none" } })).toBe(false);
    expect(waitsForNext("hands", { hands: { skin_change: "moderate" } })).toBe(true);
    expect(waitsForNext("stools", { diarrhea: { stools: 0 } })).toBe(true);
    expect(waitsForNext("stools", { diarrhea: {} })).toBe(false);
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
});
