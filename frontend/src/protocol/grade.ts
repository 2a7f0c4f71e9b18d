/** Estimated grades: the grading tables of the protocol, first match wins. Mirrors grade.py. */
import type { Case, Day, Grade, Reading, Table } from "./model";

export const READINGS_COMPARED = 2;

/** The grade of the first row that holds; null if no row does: not answered. */
export function lookUp(table: Table, given: Case, ago: number): Grade {
  for (const [grade, holds] of table) if (holds(given, ago)) return grade;
  return null;
}

/**
 * All estimated grades of the judged day in one CTCAE version; each version confirms by its own grade. The grade
 * of an optional question is left out when it was not answered.
 */
export function assessmentGrades(given: Case, day: Day, version: string): Record<string, Grade> {
  const { ownTables: own, gradedIfAnswered: optional, gradeTables } = given.protocol;
  const found = Object.entries(gradeTables[version] ?? {}).map(([name, table]): [string, Grade] => [
    name,
    table === own[name] ? given.grade(name, 0) : byOwnReading(given, day, table),
  ]);
  return Object.fromEntries(found.filter(([name, grade]) => grade !== null || !optional.has(name)));
}

function byOwnReading(given: Case, day: Day, table: Table): Grade {
  if (day.readings.length < READINGS_COMPARED) return lookUp(table, given, 0);
  const grades = day.readings.slice(-READINGS_COMPARED).map((one) => gradeBy(given, 0, day, one, table));
  return grades.reduce((lower, grade) => (order(grade) < order(lower) ? grade : lower));
}

/** The confirmed reading: of the last two of the day the lower grade, then systolic, then diastolic. */
export function confirmed(given: Case, ago: number, day: Day): Reading {
  const last = day.readings.slice(-READINGS_COMPARED);
  const table = given.protocol.ownTables["hypertension"] ?? [];
  const ranked = last.map((reading) => ({ reading, grade: order(gradeBy(given, ago, day, reading, table)) }));
  const lowest = ranked.reduce((lower, one) => {
    const difference =
      one.grade - lower.grade ||
      one.reading.systolic - lower.reading.systolic ||
      one.reading.diastolic - lower.reading.diastolic;
    return difference < 0 ? one : lower;
  });
  return lowest.reading;
}

function gradeBy(given: Case, ago: number, day: Day, reading: Reading, table: Table): Grade {
  given.ready.set(ago, day.withReading(reading));
  const grade = lookUp(table, given, ago);
  given.ready.set(ago, day);
  return grade;
}

/** Where a grade stands among others: not answered and unknown below 0. */
function order(grade: Grade): number {
  return typeof grade === "number" ? grade : -1;
}
