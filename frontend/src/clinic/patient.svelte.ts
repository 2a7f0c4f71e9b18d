/** One patient as the nurse reads her: who she is, her 28 days, her alerts. Read again when the worklist changes. */
import { Problem } from "../lib/api";
import { dayOf } from "./calendar";
import { DAYS, daysOf, type MessageMark } from "./chart/days";
import type { Judge } from "./chart/judge";
import { gradeRows } from "./chart/rows";
import { clock } from "./now.svelte";
import { boundsOf, protocolOf, type Wire } from "./protocol";
import type { Estimate } from "./grades/words";
import { protocolLine } from "./protocolLine.svelte";
import { gradedAs } from "./reported.svelte";
import { isGone } from "./server";
import * as server from "./server";
import { session } from "./session.svelte";
import type { Alert, ConfirmedGrade, DayLogs, Patient } from "./wire";

export class PatientPage {
  state = $state<"reading" | "read" | "gone" | "no_answer">("reading");
  who = $state.raw<Patient | null>(null);
  #logs = $state.raw<DayLogs | null>(null);
  #wire = $state.raw<Wire | null>(null);
  judge = $state.raw<Judge | null>(null);
  /** What was written between patient and team, for the chart; none is drawn while there are none. */
  messages = $state.raw<MessageMark[]>([]);
  /** The newest words of the patient that nobody of the team has read. */
  unread = $state("");
  #apart = $state(false);

  readonly bounds = $derived(boundsOf(this.#wire));
  readonly open = $derived(this.who?.alerts.filter((alert) => alert.state !== "resolved") ?? []);
  readonly resolved = $derived(this.who?.alerts.filter((alert) => alert.state === "resolved") ?? []);
  readonly days = $derived.by(() => {
    if (!this.who || !this.#logs) return [];
    const last = this.#logs.last || dayOf(clock.minute, this.who.time_zone);
    const written = { logs: this.#logs.results, messages: this.messages };
    return daysOf(this.who, written, last, this.who.time_zone);
  });
  readonly withPhotos = $derived(this.#logs?.results.filter((log) => log.photos.length > 0) ?? []);
  readonly rows = $derived(gradeRows(this.days, this.#apart && this.judge ? this.judge.gradeAt : null));

  constructor(readonly id: string) {}

  async read(): Promise<void> {
    try {
      const [who, logs] = await Promise.all([server.patient(this.id), server.dayLogs(this.id, DAYS)]);
      this.who = who;
      this.#logs = logs;
      this.state = "read";
      if (!this.#wire && who.treatment) await this.#readProtocol(who.treatment.drug);
    } catch (trouble) {
      session.trouble(trouble);
      const noSuchId = trouble instanceof Problem && trouble.status === 422;
      if (isGone(trouble) || noSuchId) this.state = "gone";
      else if (this.state === "reading") this.state = "no_answer";
    }
  }

  /** Without the protocol the chart has no bounds, and is drawn all the same. */
  async #readProtocol(drug: string): Promise<void> {
    void protocolLine.show(drug);
    this.#wire = await protocolOf(drug).catch(() => null);
    if (!this.#wire || !this.who) return;
    const { judgeBy, reportedApart } = await import("./chart/judge");
    this.judge = judgeBy(this.#wire, this.who.baseline);
    this.#apart = reportedApart(this.days);
  }

  /** The estimated grades that day for the symptom of an alert, by both versions of CTCAE. */
  estimateFor(alert: Alert): Estimate {
    const log = this.#logs?.results.find((one) => one.day === alert.day);
    const name = gradedAs(alert.symptom);
    return { v5: log ? log.grades_ctcae5[name] : (alert.grade ?? undefined), v6: log?.grades_ctcae6[name] };
  }

  /** The clinician's grade that stands for the symptom and day of an alert. */
  standingGrade({ symptom, day }: Alert): ConfirmedGrade | null {
    const of = (grade: ConfirmedGrade) => grade.symptom === symptom && grade.day === day;
    return this.who?.grades.find((grade) => of(grade) && grade.superseded_at === null) ?? null;
  }
}
