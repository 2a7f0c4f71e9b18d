/** What the patient reported on the day of an alert, with the estimated grade of the alert's symptom. */
import { type FactLine, factLines } from "./facts";
import * as server from "./server";
import { alsoOf } from "./record";
import { session } from "./session.svelte";
import type { Alert, ConfirmedGrade, DayLog, Grade, Label, Patient } from "./wire";

const DAYS = 28;
/** Symptoms whose grade has another name than the symptom: CTCAE's. */
const GRADED_AS: Record<string, string> = {
  blood_pressure: "hypertension",
  mouth_sores: "oral_mucositis",
  appetite: "anorexia",
  rash: "rash_maculopapular",
  weight: "weight_loss",
};

export const gradedAs = (symptom: string): string => GRADED_AS[symptom] ?? symptom;

export class Reported {
  state = $state<"reading" | "read" | "not_read">("reading");
  who = $state.raw<Patient | null>(null);
  logs = $state.raw<DayLog[]>([]);
  log = $state.raw<DayLog | null>(null);
  lines = $state.raw<FactLine[]>([]);
  label = $state.raw<Label | null>(null);
  #alerts = $state.raw<Alert[]>([]);

  /** With an alert, what was reported on its day; without one, what was reported last. */
  constructor(
    readonly patient: string,
    readonly alert: Alert | null,
  ) {}

  get estimate(): Grade | undefined {
    if (!this.alert) return undefined;
    if (this.log) return this.log.grades_ctcae5[gradedAs(this.alert.symptom)];
    return this.alert.grade ?? undefined;
  }

  /** How often the symptom reached this grade so far, this alert among them. */
  timesAt(grade: number): number {
    const symptom = this.alert?.symptom;
    return this.#alerts.filter((one) => one.symptom === symptom && (one.grade ?? 0) >= grade).length;
  }

  /** The patient's other open alerts that the same contact may be about. */
  get also(): Alert[] {
    return this.alert ? alsoOf(this.alert, this.#alerts) : [];
  }

  /** The patient's other emergencies that are open: each has a record of its own. */
  get apart(): Alert[] {
    return this.#alerts.filter(
      (one) => one.id !== this.alert?.id && one.state !== "resolved" && one.urgency === "emergency",
    );
  }

  /** The grade a clinician has confirmed for the alert's symptom on its day already. */
  get confirmed(): ConfirmedGrade | null {
    const { symptom, day } = this.alert ?? {};
    const all = this.who?.grades ?? [];
    return all.find((one) => one.symptom === symptom && one.day === day && !one.superseded_at) ?? null;
  }

  async read(): Promise<void> {
    try {
      const [patient, logs] = await Promise.all([
        server.patient(this.patient),
        server.dayLogs(this.patient, DAYS),
      ]);
      [this.who, this.logs] = [patient, logs.results];
      const day = this.alert ? this.alert.day : logs.results[0]?.day;
      this.log = logs.results.find((one) => one.day === day) ?? null;
      this.lines = this.log ? factLines(this.log.facts, patient.baseline) : [];
      this.#alerts = patient.alerts;
      this.state = "read";
      const drug = patient.treatment?.drug;
      if (drug) this.label = await server.label(drug).catch(() => null); // without it the form is whole all the same
    } catch (trouble) {
      session.trouble(trouble);
      this.state = "not_read";
    }
  }
}
