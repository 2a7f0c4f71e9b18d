import { expect, it } from "vitest";
import type { Facts } from "../lib/types";
import { withoutWrongTimes } from "./times";

const measured = (taken_at: string): Facts => ({
  blood_pressure: [{ systolic: 150, diastolic: 95, taken_at, source: "typed" }],
});
const untimed: Facts = { blood_pressure: [{ systolic: 150, diastolic: 95, source: "typed" }] };

it("keeps the time of a reading of that day, and of one just after midnight", () => {
  for (const time of ["2026-05-14T23:50:00-04:00", "2026-05-15T00:10:00-04:00"])
    expect(withoutWrongTimes(measured(time), "2026-05-14")).toEqual(measured(time));
});

it("keeps the reading without a time that a clock before the year 2000 wrote", () => {
  expect(withoutWrongTimes(measured("1970-01-01T00:10:00-05:00"), "1970-01-01")).toEqual(untimed);
});

it("keeps the reading without a time that lies far from the day", () => {
  expect(withoutWrongTimes(measured("2001-01-01T12:00:00-05:00"), "2026-05-14")).toEqual(untimed);
});

it("leaves other answers as they are", () => {
  const facts: Facts = { ...measured("1970-01-01T00:10:00-05:00"), warning_signs: ["chest_pain"] };
  expect(withoutWrongTimes(facts, "1970-01-01").warning_signs).toEqual(["chest_pain"]);
});
