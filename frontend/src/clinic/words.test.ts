import { describe, expect, it } from "vitest";
import texts from "../texts/clinic.en.json";
import { codes, count, say, wordFor } from "./words";

describe("the words of the page", () => {
  it("fill in names and numbers", () => expect(say("worklist.all", { n: 9 })).toBe("All 9"));
  it("have one and many", () => {
    expect(count("patients.open", 1)).toBe("1 open alert");
    expect(count("patients.open", 2)).toBe("2 open alerts");
  });
  it("show a code without a word readably", () =>
    expect(wordFor("symptom", "chest_pain")).toBe("Chest pain"));
  it("list the outcomes in the order of the form", () => {
    expect(codes("outcome")[0]).toBe("spoke_with_patient");
    expect(codes("outcome")).toHaveLength(7);
  });
  it("never blame, joke or frighten", () => {
    const all = Object.values(texts).join(" ");
    expect(all).not.toMatch(/\b(noncompliant|failed|invalid|error|submit|oops|should have)\b/i);
  });
});
