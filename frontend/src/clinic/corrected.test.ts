import { describe, expect, it } from "vitest";
import { correctedWords } from "./corrected";
import { alertOf } from "./testing";

const ZONE = "America/New_York";
const AT = "2026-05-14T18:24:00Z";
const said = (kind: "corrected" | "taken_back", detail: string, today = "2026-05-14") =>
  correctedWords(alertOf({ corrected: { kind, at: AT, detail } }), today, ZONE);

describe("what the patient corrected", () => {
  it("says that the answer was taken back, and when", () => {
    expect(said("taken_back", "")).toBe("Taken back by the patient at 14:24");
  });
  it("names the sign where the alert is about something else", () => {
    expect(said("taken_back", "chest pain")).toBe("Taken back by the patient at 14:24: chest pain");
  });
  it("says what a number was and is now", () => {
    expect(said("corrected", "6, now 0")).toBe("Corrected by the patient at 14:24: 6, now 0");
  });
  it("names the day when it was not today", () => {
    expect(said("taken_back", "", "2026-05-15")).toContain("Thu");
  });
  it("says nothing of an alert whose answers stand", () => {
    expect(correctedWords(alertOf(), "2026-05-14", ZONE)).toBeNull();
  });
});
