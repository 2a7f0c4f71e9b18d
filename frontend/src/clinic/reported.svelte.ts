/** What the patient reported on the day of an alert, with the estimated grade of the alert's symptom. */
import { type FactLine, factLines } from "./facts";
import * as server from "./server";
import { session } from "./session.svelte";
import type { Alert, DayLog, Grade } from "./wire";

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
  log = $state.raw<DayLog | null>(null);
  lines = $state.raw<FactLine[]>([]);

  constructor(readonly alert: Alert) {}

  get estimate(): Grade | undefined {
    return this.alert.grade ?? this.log?.grades_ctcae5[gradedAs(this.alert.symptom)];
  }

  async read(): Promise<void> {
    const id = this.alert.patient.id;
    try {
      const [patient, logs] = await Promise.all([server.patient(id), server.dayLogs(id, DAYS)]);
      this.log = logs.results.find((one) => one.day === this.alert.day) ?? null;
      this.lines = this.log ? factLines(this.log.facts, patient.baseline) : [];
      this.state = "read";
    } catch (trouble) {
      session.trouble(trouble);
      this.state = "not_read";
    }
  }
}
