import { describe, expect, test } from "vitest";
import { closed } from "./open-days.svelte";

const hours = [0, 1, 2, 3, 4].map((weekday) => ({ weekday, opens: "08:00", closes: "17:00" }));
const holidays = [{ day: "2026-11-26", name: "Thanksgiving" }];

describe("a next step promised for a day", () => {
  test("on which the clinic is open needs no word", () => {
    expect(closed({ hours, holidays }, "2026-11-27")).toBeNull();
  });

  test("on a weekday without hours says that the clinic is closed", () => {
    expect(closed({ hours, holidays }, "2026-11-29")).toBe("");
  });

  test("on a holiday names the holiday", () => {
    expect(closed({ hours, holidays }, "2026-11-26")).toBe("Thanksgiving");
  });

  test("of a clinic that keeps no hours needs no word", () => {
    expect(closed({ hours: [], holidays: [] }, "2026-11-29")).toBeNull();
  });
});
