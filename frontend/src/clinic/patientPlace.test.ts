import { describe, expect, it } from "vitest";
import { asTyped, clockThere, languageName } from "./patientPlace";

describe("which language a patient reads", () => {
  it("is said by its English name", () => {
    expect(["en", "es", "zh-Hans"].map(languageName)).toEqual(["English", "Spanish", "Simplified Chinese"]);
  });

  it("is said where the nurse types words of her own, which are sent as they are", () => {
    expect(asTyped("Maria", "es")).toBe("Maria reads Spanish. Sent as you typed it, in English.");
    expect(asTyped("Maria", "en")).toBe("Sent as you typed it, in English.");
  });
});

describe("the patient's clock", () => {
  const now = Date.parse("2026-05-14T14:00:00Z");

  it("is shown with its place where it differs from the clinic's", () => {
    expect(clockThere(now, "America/Los_Angeles", "America/New_York")).toBe("07:00, Los Angeles");
  });

  it("is not shown where both read the same time", () => {
    expect(clockThere(now, "America/Detroit", "America/New_York")).toBe("");
  });
});
