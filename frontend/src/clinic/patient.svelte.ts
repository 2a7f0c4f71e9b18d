/** One patient as the nurse reads her: who she is, her 28 days, her alerts. Read again when the worklist changes. */
import { Problem } from "../lib/api";
import { dayOf } from "./calendar";
import { DAYS, daysOf } from "./chart/days";
import type { Judge } from "./chart/judge";
import { gradeRows } from "./chart/rows";
import { clock } from "./now.svelte";
import { boundsOf, protocolOf, type Wire } from "./protocol";
import { protocolLine } from "./protocolLine.svelte";
import { gradedAs } from "./reported.svelte";
import { isGone } from "./server";
import * as server from "./server";
import { session } from "./session.svelte";
import type { Alert, DayLogs, Grade, Patient } from "./wire";

export type Estimate = { v5: Grade | undefined; v6: Grade | undefined };

export class PatientPage {
  state = $state<"reading" | "read" | "gone" | "no_answer">("reading");
  who = $state.raw<Patient | null>(null);
  #logs = $state.raw<DayLogs | null>(null);
  #wire = $state.raw<Wire | null>(null);
  judge = $state.raw<Judge | null>(null);
  #apart = $state(false);

  readonly bounds = $derived(boundsOf(this.#wire));
  readonly open = $derived(this.who?.alerts.filter((alert) => alert.state !== "resolved") ?? []);
  readonly resolved = $derived(this.who?.alerts.filter((alert) => alert.state === "resolved") ?? []);
  readonly days = $derived.by(() => {
    if (!this.who || !this.#logs) return [];
    const last = this.#logs.last || dayOf(clock.minute, this.who.time_zone);
    return daysOf(this.who, this.#logs.results, last, this.who.time_zone);
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
    return { v5: alert.grade ?? log?.grades_ctcae5[name], v6: log?.grades_ctcae6[name] };
  }
}
