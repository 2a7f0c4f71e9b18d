/** One patient, one row: the most urgent alert leads it and decides its place, its cell and its clock. */
import type { Alert } from "./wire";
import { say, wordFor } from "./words";

export interface PatientRow {
  /** The patient's; of a resolved alert its own, for those are listed one by one. */
  id: string;
  patient: Alert["patient"];
  leading: Alert;
  others: Alert[];
  /** All of them, the leading one first. */
  alerts: Alert[];
}

const rowOf = (id: string, alerts: [Alert, ...Alert[]]): PatientRow => ({
  id,
  patient: alerts[0].patient,
  leading: alerts[0],
  others: alerts.slice(1),
  alerts,
});

/** The rows of alerts that wait, in the order in which the server sent them. */
export function patientRows(alerts: readonly Alert[]): PatientRow[] {
  const of = new Map<string, [Alert, ...Alert[]]>();
  for (const alert of alerts) {
    if (alert.state === "resolved") continue;
    const before = of.get(alert.patient.id);
    if (before) before.push(alert);
    else of.set(alert.patient.id, [alert]);
  }
  return [...of].map(([id, all]) => rowOf(id, all));
}

export const resolvedRows = (alerts: readonly Alert[]): PatientRow[] =>
  alerts.map((alert) => rowOf(alert.id, [alert]));

/** "Hand-foot 1 to 2", "Fatigue 2", "Chest pain": a further symptom, with how its estimated grade changed. */
export function symptomWords({ symptom, grade, grade_before }: Alert): string {
  const name = wordFor("symptom", symptom);
  if (grade === null) return name;
  if (grade_before === null || grade_before === grade) return say("row.grade", { name, grade });
  return say("row.grade_change", { name, before: grade_before, grade });
}
