import { describe, expect, it } from "vitest";
import { weekdayOf } from "../calendar";
import { blocksOf, daysOf } from "./week";
import type { Gap, Roster, Shift } from "./wire";

const MONDAY = "2026-05-11";

function shift(starts_at: string, ends_at: string): Shift {
  return { id: starts_at, place: "on_call", person: { id: "p", name: "Priya Nair" }, starts_at, ends_at };
}

function roster(shifts: Shift[], gaps: [string, string][] = []): Roster {
  return {
    week: MONDAY,
    time_zone: "America/New_York",
    on_duty: [],
    shifts,
    gaps: gaps.map(([starts_at, ends_at]): Gap => ({ place: "on_call", starts_at, ends_at })),
    kept: true,
    hours: [],
    holidays: [],
    care_line: "555 0142",
    out_of_hours_line: "",
    now: { open: true, opens_at: null, closes_at: null, line: "555 0142", lines: [] },
  };
}

function lines(week: Roster): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const [day, blocks] of blocksOf(week, "on_call")) {
    if (blocks.length) found[day] = blocks.map((b) => `${b.gap ? "nobody " : ""}${b.from}-${b.until}`);
  }
  return found;
}

describe("a week", () => {
  it("has seven days from Monday", () => {
    expect(daysOf(MONDAY)).toEqual([
      "2026-05-11",
      "2026-05-12",
      "2026-05-13",
      "2026-05-14",
      "2026-05-15",
      "2026-05-16",
      "2026-05-17",
    ]);
    expect(daysOf(MONDAY).map(weekdayOf)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });
  it("shows a night under the day on which it begins, by the clinic's clock", () => {
    expect(lines(roster([shift("2026-05-13T23:00:00Z", "2026-05-14T11:00:00Z")]))).toEqual({
      "2026-05-13": ["19:00-07:00"],
    });
  });
  it("shows the night before it under Monday, without its begin", () => {
    expect(lines(roster([shift("2026-05-10T23:00:00Z", "2026-05-11T11:00:00Z")]))).toEqual({
      "2026-05-11": ["-07:00"],
    });
  });
  it("has shifts and gaps in the order of the clock", () => {
    const week = roster(
      [
        shift("2026-05-13T23:00:00Z", "2026-05-14T04:00:00Z"),
        shift("2026-05-13T11:00:00Z", "2026-05-13T19:00:00Z"),
      ],
      [["2026-05-13T19:00:00Z", "2026-05-13T23:00:00Z"]],
    );
    expect(lines(week)).toEqual({ "2026-05-13": ["07:00-15:00", "nobody 15:00-19:00", "19:00-00:00"] });
  });
  it("shows a gap of a night once", () => {
    expect(lines(roster([], [["2026-05-13T23:00:00Z", "2026-05-14T11:00:00Z"]]))).toEqual({
      "2026-05-13": ["nobody 19:00-07:00"],
    });
  });
  it("shows a longer gap under each of its days", () => {
    expect(lines(roster([], [["2026-05-13T23:00:00Z", "2026-05-15T11:00:00Z"]]))).toEqual({
      "2026-05-13": ["nobody 19:00-00:00"],
      "2026-05-14": ["nobody 00:00-00:00"],
      "2026-05-15": ["nobody 00:00-07:00"],
    });
  });
});
