import { describe, expect, it } from "vitest";
import { answerInWords } from "./describe";
import { rashWith } from "./rash";
import { nothingFor, waitsForNext } from "./steps";

const FURTHER = ["rash_symptoms", "rash_limits_daily_activities", "rash_limits_self_care"];
const asIs = (sign: string): string => sign;

describe("a rash", () => {
  it("is said with how it feels and what it makes hard", () => {
    const rash = {
      rash: "over_50_percent",
      rash_symptoms: "mild",
      rash_limits_daily_activities: true,
      rash_limits_self_care: false,
    };
    expect(answerInWords("rash", rash, asIs)).toBe(
      "More than half of me, it itches or hurts a little, daily things are hard",
    );
  });

  it("that is gone, or is skipped, takes back what was asked further", () => {
    expect(Object.keys(rashWith("none"))).toEqual(["rash", ...FURTHER]);
    expect(Object.keys(nothingFor("rash"))).toEqual(["rash", ...FURTHER]);
    expect(rashWith("under_10_percent")).toEqual({ rash: "under_10_percent" });
  });

  it("can be left without saying how it feels, and none moves on by itself", () => {
    expect(waitsForNext("rash", { rash: "under_10_percent" })).toBe(true);
    expect(waitsForNext("rash", { rash: "none" })).toBe(false);
  });
});
