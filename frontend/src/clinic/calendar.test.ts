import { describe, expect, it } from "vitest";
import { clockTime, dayBefore, zoneFor } from "./calendar";

describe("the day an alert is about", () => {
  it("stands before the reason when it is not today", () =>
    expect(dayBefore("2026-11-10", "2026-11-21")).toBe("Tue, Nov 10: "));
  it("is left out when it is today", () => expect(dayBefore("2026-11-21", "2026-11-21")).toBe(""));
});

describe("a clock time about a patient", () => {
  const at = Date.parse("2026-05-14T13:30:00Z");
  const clinic = "America/New_York";

  it("names the clinic's zone where the patient has another hour", () => {
    expect(clockTime(at, zoneFor(clinic, "America/Los_Angeles"))).toBe("09:30 EDT");
    expect(clockTime(at, zoneFor("Europe/Berlin", "America/Los_Angeles"))).toBe("15:30 GMT+2");
  });

  it("names no zone where both clocks show the same", () => {
    expect(clockTime(at, zoneFor(clinic, "America/Toronto"))).toBe("09:30");
    expect(clockTime(at, zoneFor(clinic, null))).toBe("09:30");
  });

  it("names it only while the clocks differ: Phoenix has Denver's hour in winter", () => {
    const zone = zoneFor("America/Denver", "America/Phoenix");
    expect(clockTime(Date.parse("2026-01-14T13:30:00Z"), zone)).toBe("06:30");
    expect(clockTime(at, zone)).toBe("07:30 MDT");
  });

  it("is shown also where a patient's zone is not known here", () =>
    expect(clockTime(at, zoneFor(clinic, "Nowhere/Land"))).toBe("09:30"));
});
