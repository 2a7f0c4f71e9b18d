import { describe, expect, it } from "vitest";
import { finished } from "./finished";

const untold = { shown: null, advice: null, dueMinutes: null, corrects: null };

function sentOn(day: string, taken_at?: string) {
  const facts = { blood_pressure: [{ systolic: 128, diastolic: 79, ...(taken_at && { taken_at }) }] };
  const made = finished({ patient: "maria", day, facts, ...untold, now: new Date("2026-05-14T12:00:00Z") });
  return made.log.facts.blood_pressure?.[0];
}

describe("a reading in a finished log", () => {
  it("keeps its time on the day of the log, and after midnight of a log begun before", () => {
    for (const taken_at of [
      "2026-05-14T08:12:00-04:00",
      "2026-05-15T00:20:00-04:00",
      "2026-05-13T23:50:00+09:00",
    ])
      expect(sentOn("2026-05-14", taken_at)).toEqual({ systolic: 128, diastolic: 79, taken_at });
  });

  it("is never lost to a clock that was wrong, or to a log moved to another day: only its time is left out", () => {
    for (const taken_at of [
      "1970-01-01T00:05:00-05:00",
      "2026-05-11T08:00:00-04:00",
      "2036-05-14T08:00:00Z",
      "no time",
    ])
      expect(sentOn("2026-05-14", taken_at)).toEqual({ systolic: 128, diastolic: 79 });
  });

  it("without a time stays without one", () => {
    expect(sentOn("2026-05-14")).toEqual({ systolic: 128, diastolic: 79 });
  });
});
