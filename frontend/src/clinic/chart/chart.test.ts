import { describe, expect, it } from "vitest";
import { boundsOf } from "../protocol";
import { alertOf, logOf, patientOf } from "../testing";
import { cellOf, daysOf, doseOf, dosesTaken } from "./days";
import { gradeRows } from "./rows";
import { isRaised, middleAt, peaks, pressureScale, roomFor, stoolsScale, straight } from "./scales";

const bounds = { systolic: 140, diastolic: 90, high: { systolic: 160, diastolic: 100 } };

describe("the scales of the chart", () => {
  it("run straight between two values", () => {
    const at = straight([0, 10], [100, 200]);
    expect([at(0), at(5), at(10)]).toEqual([100, 150, 200]);
  });

  it("give each day its own column", () => expect(middleAt(1) - middleAt(0)).toBe(26));

  it("keep the tallest bar of stools inside its lane", () => {
    expect(stoolsScale([1, 2], 48)(6)).toBe(48);
    expect(stoolsScale([1, 24], 48)(24)).toBe(48);
  });

  it("put a higher pressure higher, and every reading inside the lane", () => {
    const at = pressureScale([{ systolic: 210, diastolic: 50 }], bounds, 10, 170);
    expect(at(210)).toBe(10);
    expect(at(50)).toBe(170);
    expect(at(140)).toBeLessThan(at(90));
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
  const days = daysOf(patientOf({ alerts: [alertOf()] }), logs, "2026-05-14", "America/New_York");
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
    const contacts = [
      {
        id: "c",
        at: "2026-05-14T15:00:00Z",
        by: "Priya Nair",
        outcome: "visit_booked" as const,
        note: "",
        next_step: "",
        next_on: null,
        symptom: "hand_foot",
        alert: "a",
        grade: 2,
        asked: [],
        work_item: null,
        snooze: null,
      },
    ];
    const confirmed = daysOf(patientOf({ contacts }), logs, "2026-05-14", "America/New_York");
    const rows = gradeRows(confirmed, (_day, place) => (place === "feet" ? 2 : 1));
    expect(rows.slice(0, 2).map((row) => row.confirmed[27])).toEqual([null, 2]);
  });
});
