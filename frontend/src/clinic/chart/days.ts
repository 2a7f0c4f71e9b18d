/** Twenty-eight days as the chart and its table show them: one entry a day, a day without a log stays empty. */
import { addDays, dayOf } from "../calendar";
import type { Alert, ConfirmedGrade, Contact, DayLog, DoseDecision, Grade, Patient, Symptom } from "../wire";
import { wholeContacts } from "../done";
import { isHeld } from "./held";

export const DAYS = 28;

/** A message between the patient and the team, as far as the chart shows it: when, and from whom. */
export type MessageMark = { at: string; from_team: boolean };

export type Day = {
  day: string;
  log: DayLog | null;
  /** Before the treatment began nothing was expected: not even a dashed cell. */
  expected: boolean;
  alerts: Alert[];
  contacts: Contact[];
  decisions: DoseDecision[];
  messages: MessageMark[];
  /** The clinicians' grades of that day that stand. */
  grades: ConfirmedGrade[];
  /** The dose was held that day, by the decisions on record. */
  held: boolean;
};

type Written = { logs: readonly DayLog[]; messages?: readonly MessageMark[] };

/** The days from the first to the last shown, oldest first. Logs and messages may come in any order. */
export function daysOf(
  patient: Patient,
  { logs, messages = [] }: Written,
  last: string,
  zone: string,
): Day[] {
  const byDay = new Map(logs.map((log) => [log.day, log]));
  const started = patient.treatment?.started_on ?? "";
  return Array.from({ length: DAYS }, (_, i) => {
    const day = addDays(last, i - DAYS + 1);
    return {
      day,
      log: byDay.get(day) ?? null,
      expected: byDay.has(day) || (started !== "" && day >= started),
      alerts: patient.alerts.filter((alert) => alert.day === day),
      contacts: wholeContacts(patient.contacts).filter(
        (contact) => dayOf(Date.parse(contact.at), zone) === day,
      ),
      decisions: patient.dose_decisions.filter((decision) => decision.effective_on === day),
      messages: messages.filter((message) => dayOf(Date.parse(message.at), zone) === day),
      grades: patient.grades.filter((grade) => grade.day === day && grade.superseded_at === null),
      held: isHeld(day, patient.dose_decisions),
    };
  });
}

/** A grade lane's cell: a number, not known for want of a usual value, not answered, no log, or nothing expected. */
export type Cell =
  { kind: "grade"; grade: number } | { kind: "unknown" | "unanswered" | "no_log" | "nothing" };

export function cellOf(day: Day, grade: Grade | undefined): Cell {
  if (!day.log) return { kind: day.expected ? "no_log" : "nothing" };
  if (grade === "unknown") return { kind: "unknown" };
  return typeof grade === "number" ? { kind: "grade", grade } : { kind: "unanswered" };
}

/** The grade a clinician found that day for that symptom. */
export function confirmedGrade(day: Day, symptom: Symptom): ConfirmedGrade | null {
  return day.grades.find((grade) => grade.symptom === symptom) ?? null;
}

export type Dose = "taken" | "missed" | "other" | "unanswered" | "nothing";

const DOSES: Record<string, Dose> = {
  as_prescribed: "taken",
  missed_one_dose: "missed",
  missed_two_or_more_in_7_days: "missed",
};

export function doseOf(day: Day): Dose {
  if (!day.expected) return "nothing";
  const answer = day.log?.facts.adherence;
  return answer ? (DOSES[answer] ?? "other") : "unanswered";
}

/** How many of the days answered were as prescribed. */
export function dosesTaken(days: readonly Day[]): { taken: number; asked: number } {
  const doses = days.map(doseOf);
  const answered = doses.filter((dose) => dose !== "nothing" && dose !== "unanswered");
  return { taken: answered.filter((dose) => dose === "taken").length, asked: answered.length };
}
