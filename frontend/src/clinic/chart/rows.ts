/** The lanes of estimated grades, with the cell of each day: the chart and the table read the same rows. */
import type { ConfirmedGrade, Grade, Symptom } from "../wire";
import { say } from "../words";
import { type Cell, cellOf, confirmedGrade, type Day } from "./days";
import type { Judge } from "./judge";

export type GradeRow = {
  name: string;
  cells: Cell[];
  /** The grade a clinician confirmed that day, which then stands in place of the estimate. */
  confirmed: (ConfirmedGrade | null)[];
};
type GradeOfDay = (day: Day) => Grade | undefined;
type Confirmed = (day: Day) => ConfirmedGrade | null;

function row(name: string, days: readonly Day[], grade: GradeOfDay, confirmed: Confirmed): GradeRow {
  return { name, cells: days.map((day) => cellOf(day, grade(day))), confirmed: days.map(confirmed) };
}

function stored(name: string, symptom: Symptom, days: readonly Day[]): GradeRow {
  return row(
    name,
    days,
    (day) => day.log?.grades_ctcae5[symptom],
    (day) => confirmedGrade(day, symptom),
  );
}

const height = (grade: Grade | undefined): number => (typeof grade === "number" ? grade : -1);

/** One confirmed hand-foot grade belongs to the worse of hands and feet. */
function handsAndFeet(days: readonly Day[], gradeAt: Judge["gradeAt"]): GradeRow[] {
  const feetWorse = (day: Day) => height(gradeAt(day, "feet")) > height(gradeAt(day, "hands"));
  const confirmed = (day: Day, here: boolean) => (here ? confirmedGrade(day, "hand_foot") : null);
  return [
    row(
      say("chart.hands"),
      days,
      (day) => gradeAt(day, "hands"),
      (day) => confirmed(day, !feetWorse(day)),
    ),
    row(
      say("chart.feet"),
      days,
      (day) => gradeAt(day, "feet"),
      (day) => confirmed(day, feetWorse(day)),
    ),
  ];
}

export function gradeRows(days: readonly Day[], gradeAt: Judge["gradeAt"] | null): GradeRow[] {
  const handFoot = gradeAt
    ? handsAndFeet(days, gradeAt)
    : [stored(say("chart.hand_foot"), "hand_foot", days)];
  return [
    ...handFoot,
    stored(say("chart.fatigue"), "fatigue", days),
    stored(say("chart.diarrhea"), "diarrhea", days),
  ];
}
