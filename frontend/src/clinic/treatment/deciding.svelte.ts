/** One decision being written: kept at each pause, sent once, and nothing typed is ever lost. */
import { Problem } from "../../lib/api";
import { troubleWords } from "../acts.svelte";
import * as drafts from "../drafts";
import { said } from "../said.svelte";
import { isConflict } from "../server";
import { session } from "../session.svelte";
import { say } from "../words";
import { decisionInput, type DoseForm, emptyDose, mendsOfDose, startInput } from "./decision";
import type { TreatmentPage } from "./page.svelte";
import * as wire from "./wire";

const PAUSE = 400;
const FIELDS = ["kind", "drug", "use", "level", "dose", "mg_a_day", "reason", "decided_by", "effective_on"];

export class Deciding {
  form: DoseForm;
  mends = $state<Record<string, string>>({});
  sending = $state(false);
  readonly #key: string;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    readonly page: TreatmentPage,
    readonly today: string,
    /** A treatment is started where none runs. */
    readonly starts: boolean,
  ) {
    this.#key = `treatment.${page.patient}`;
    this.form = $state({ ...this.#empty(), ...drafts.kept<DoseForm>(this.#key) });
    if (starts) this.form.kind = "start";
    else if (this.form.kind === "start") this.form.kind = "";
  }

  #empty(): DoseForm {
    return { ...emptyDose(this.today), kind: this.starts ? "start" : "" };
  }

  /** A mended field is quiet at once; the others keep their sentence. */
  typed(): void {
    const still = mendsOfDose(this.form);
    this.mends = Object.fromEntries(
      Object.entries(this.mends).filter(([field, words]) => still[field] === words),
    );
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.keep(), PAUSE);
  }

  keep(): void {
    clearTimeout(this.#timer);
    drafts.keep(this.#key, $state.snapshot(this.form));
  }

  /** True when it is recorded; otherwise `mends` says at each field what to do. */
  async send(): Promise<boolean> {
    if (this.sending) return false;
    const form = $state.snapshot(this.form);
    this.mends = form.kind ? mendsOfDose(form) : { kind: say("dose.need_kind") };
    this.keep();
    if (Object.keys(this.mends).length) return false;
    this.sending = true;
    try {
      this.page.show(await this.#post(form));
      drafts.clear(this.#key);
      Object.assign(this.form, this.#empty());
      said.show(say("treatment.recorded"));
      return true;
    } catch (trouble) {
      this.#refused(trouble);
      return false;
    } finally {
      this.sending = false;
    }
  }

  #post(form: DoseForm): Promise<wire.Treatments> {
    const course = this.page.running;
    if (this.starts || !course) return wire.start(this.page.patient, startInput(form));
    return wire.decide(course, decisionInput(form));
  }

  #refused(trouble: unknown): void {
    session.trouble(trouble);
    if (trouble instanceof Problem && trouble.fields.length) this.mends = atTheirFields(trouble);
    else this.mends = { "": troubleWords(trouble) };
    if (isConflict(trouble)) void this.page.read();
  }
}

/** The server's words at their fields; what names no field of this form stands above it. */
function atTheirFields(problem: Problem): Record<string, string> {
  const mends: Record<string, string> = {};
  for (const { field, reason, mend } of problem.fields) {
    const place = field === "started_on" ? "effective_on" : FIELDS.includes(field) ? field : "";
    mends[place] = [mends[place], say("record.mend", { reason, mend })].filter(Boolean).join(" ");
  }
  return mends;
}
