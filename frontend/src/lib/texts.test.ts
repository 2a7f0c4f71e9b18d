import { describe, expect, it } from "vitest";
import texts from "../texts/en.json";
import { tCode } from "./texts";

const REFUSALS = [
  "other_content",
  "day_already_logged",
  "corrected_meanwhile",
  "invalid_day",
  "invalid_facts",
  "care_ended",
  "too_large",
  "not_found",
];

describe("a refused log", () => {
  it.each(REFUSALS)("says %s in words of its own", (code) => {
    const words = tCode("help", code, "help.other");
    expect(words).not.toBe(texts["help.other"]);
    expect(words).not.toContain("`");
  });

  it("has words for a reason nobody has thought of", () => {
    expect(tCode("help", "teapot", "help.other")).toMatch(/Please call and read it out/);
  });
});

describe("the words of the phone", () => {
  it("never blame, joke or frighten", () => {
    const all = Object.values(texts).join(" ");
    expect(all).not.toMatch(/\b(noncompliant|failed|invalid|error|submit|oops|should have)\b/i);
  });
});
