import { describe, expect, it } from "vitest";
import { boundsOf } from "../protocol";
import { alertOf, gradeOf, logOf, patientOf } from "../testing";
import { cellOf, daysOf, doseOf, dosesTaken } from "./days";
import type { DoseKind } from "../wire";
import { heldRuns } from "./held";
import { isRaised, peaks, pressureDomain, roomFor, stoolsDomain } from "./lanes";
import { gradeRows } from "./rows";

const bounds = { systolic: 140, diastolic: 90, high: { systolic: 160, diastolic: 100 } };

describe("the lanes of the chart", () => {
  it("keep the tallest bar of stools inside its lane", () => {
    expect(stoolsDomain([1, 2])).toEqual([0, 6]);
    expect(stoolsDomain([1, 24])).toEqual([0, 24]);
  });

  it("have room for every reading and for the bounds", () => {
    expect(pressureDomain([{ systolic: 210, diastolic: 50 }], bounds)).toEqual([50, 210]);
    expect(pressureDomain([{ systolic: 120, diastolic: 80 }], bounds)).toEqual([62, 177]);
  });

  it("fill a pressure from its bound on, and none when the protocol is not known", () => {
    expect(isRaised({ systolic: 140, diastolic: 80 }, bounds)).toBe(true);
    expect(isRaised({ systolic: 139, diastolic: 89 }, bounds)).toBe(false);
    expect(isRaised({ systolic: 190, diastolic: 120 }, null)).toBe(false);
  });

  it("label only the highest of a run", () => {
    expect(peaks([null, 145, 152, 148, null, 141])).toEqual(new Set([2, 5]));
  });

  it("write no two names over each other, the newest first", () => {
    expect(roomFor([300, 350, 600], 104)).toEqual(new Set([1, 2]));
  });

  it("take the bounds of the pressure from the protocol", () => {
    const parameters = { systolic_contact: { default: 150 }, diastolic_contact: { default: 95 } };
    expect(boundsOf({ protocol: { id: "sorafenib", version: 1, parameters } })).toEqual({
      systolic: 150,
      diastolic: 95,
      high: null,
    });
    expect(boundsOf(null)).toBeNull();
  });
});

describe("28 days of a patient", () => {
  const logs = [
    logOf({
      day: "2026-05-14",
      facts: { adherence: "as_prescribed" },
      grades_ctcae5: { diarrhea: 3, fatigue: null },
    }),
    logOf({
      day: "2026-05-12",
      facts: { adherence: "missed_one_dose" },
      grades_ctcae5: { diarrhea: "unknown" },
    }),
  ];
  const days = daysOf(patientOf({ alerts: [alertOf()] }), { logs }, "2026-05-14", "America/New_York");
  const day = (name: string) => days.find((one) => one.day === name)!;

  it("end with the last day and show each calendar day once", () => {
    expect(days).toHaveLength(28);
    expect([days[0]!.day, days[27]!.day]).toEqual(["2026-04-17", "2026-05-14"]);
    expect(day("2026-05-14").alerts).toHaveLength(1);
  });

  it("tell no log, not answered, not known and nothing expected apart: none of them is zero", () => {
    const kinds = ["2026-05-14", "2026-05-13", "2026-05-12", "2026-04-20"].map((name) => {
      const one = day(name);
      return cellOf(one, one.log?.grades_ctcae5.diarrhea).kind;
    });
    expect(kinds).toEqual(["grade", "no_log", "unknown", "nothing"]);
    expect(cellOf(day("2026-05-14"), null).kind).toBe("unanswered");
  });

  it("count the doses of the days that were answered", () => {
    expect(dosesTaken(days)).toEqual({ taken: 1, asked: 2 });
    expect(doseOf(day("2026-05-13"))).toBe("unanswered");
    expect(doseOf(day("2026-04-18"))).toBe("nothing");
  });

  it("have one hand-foot lane, or two when hands and feet can be graded apart", () => {
    expect(gradeRows(days, null).map((row) => row.name)).toEqual(["Hand-foot", "Fatigue", "Diarrhea"]);
    expect(gradeRows(days, () => 1).map((row) => row.name)).toEqual(["Hands", "Feet", "Fatigue", "Diarrhea"]);
  });

  it("put a confirmed hand-foot grade beside the worse of hands and feet only", () => {
    const grades = [gradeOf({ symptom: "hand_foot" })];
    const confirmed = daysOf(patientOf({ grades }), { logs }, "2026-05-14", "America/New_York");
    const rows = gradeRows(confirmed, (_day, place) => (place === "feet" ? 2 : 1));
    expect(rows.slice(0, 2).map((row) => row.confirmed[27]?.grade)).toEqual([undefined, 2]);
  });

  it("show the grade that stands, not the one it superseded", () => {
    const grades = [
      gradeOf({ grade: 1, by: "Priya Nair" }),
      gradeOf({ id: "first", superseded_at: "2026-05-14T14:00:00Z" }),
    ];
    const shown = daysOf(patientOf({ grades }), { logs }, "2026-05-14", "America/New_York");
    expect(gradeRows(shown, null)[2]?.confirmed[27]).toMatchObject({ grade: 1, by: "Priya Nair" });
  });

  it("put a message on the day it was written where the patient lives", () => {
    const messages = [{ at: "2026-05-14T03:30:00Z", from_team: true }];
    const shown = daysOf(patientOf(), { logs, messages }, "2026-05-14", "America/New_York");
    expect(shown.filter((one) => one.messages.length).map((one) => one.day)).toEqual(["2026-05-13"]);
  });

  it("hold the dose from the decision on until the next one that changes it", () => {
    const decide = (kind: DoseKind, effective_on: string) => ({
      ...{ kind, drug: "sorafenib", effective_on, dose: "", decided_by: "Dr. Chidi Okafor", reason: "skin" },
    });
    const dose_decisions = [
      decide("hold", "2026-05-13"),
      decide("resumption", "2026-05-10"),
      decide("no_change", "2026-05-08"),
      decide("hold", "2026-05-07"),
    ];
    const held = daysOf(patientOf({ dose_decisions }), { logs }, "2026-05-14", "America/New_York");
    expect(heldRuns(held).map((run) => [run.first.day, run.last.day])).toEqual([
      ["2026-05-07", "2026-05-09"],
      ["2026-05-13", "2026-05-14"],
    ]);
  });
});
