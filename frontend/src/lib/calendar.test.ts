import { describe, expect, it } from "vitest";
import { addDays, daysBetween, isDay, localDay, withOffset } from "./calendar";

describe("calendar days", () => {
  it("are the phone's own, just before and just after local midnight", () => {
    expect(localDay(new Date(2026, 4, 14, 23, 59, 59))).toBe("2026-05-14");
    expect(localDay(new Date(2026, 4, 15, 0, 0, 1))).toBe("2026-05-15");
  });

  it("are counted as days, over both changes of the clock", () => {
    expect(daysBetween("2026-03-07", "2026-03-09")).toBe(2);
    expect(addDays("2026-11-01", 1)).toBe("2026-11-02");
    expect(addDays("2026-03-01", -1)).toBe("2026-02-28");
  });

  it("carry the offset the patient's clock had", () => {
    expect(withOffset(new Date(2026, 4, 14, 8, 12, 5))).toMatch(/^2026-05-14T08:12:05[+-]\d\d:\d\d$/);
  });

  it("are told from other words in an address", () => {
    expect(isDay("2026-05-14")).toBe(true);
    expect(isDay("2026-99-99")).toBe(false);
    expect(isDay("2026-02-30")).toBe(false);
    expect(isDay("0198-abc")).toBe(false);
    expect(isDay(undefined)).toBe(false);
  });
});
