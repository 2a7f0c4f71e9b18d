import { describe, expect, it } from "vitest";
import { calledWords } from "./called";
import { alertOf } from "./testing";

const ZONE = "America/New_York";
const words = (change: Parameters<typeof alertOf>[0], today = "2026-05-14"): string | null =>
  calledWords(alertOf(change), today, ZONE);

describe("what the patient said about calling", () => {
  it("says who and when", () => {
    expect(words({ called_at: "2026-05-14T18:05:00Z" })).toBe("Maria says: “I have called”, at 14:05.");
  });

  it("names the day when it was not today", () => {
    expect(words({ called_at: "2026-05-13T18:05:00Z" })).toBe("Maria says: “I have called”, at Wed, 14:05.");
  });

  it("says the newer thing: that somebody told them what to do", () => {
    const said = { called_at: "2026-05-13T18:05:00Z", reached_at: "2026-05-14T12:10:00Z" };
    expect(words(said)).toBe("Maria says: “They told me what to do”, at 08:10.");
  });

  it("says nothing while nothing was said", () => expect(words({})).toBeNull());
});
