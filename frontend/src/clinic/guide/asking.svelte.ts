/** The questions of one call: which are asked, what was answered, and what the protocol says to it, at once. */
import type { Protocol, Wire } from "../../protocol";
import { protocolOf } from "../protocol";
import type { Recorder } from "../recorder.svelte";
import type { Reported } from "../reported.svelte";
import { session } from "../session.svelte";
import type { Alert } from "../wire";
import { callGuide, guideFor, stillAsked } from "./guides";
import type { Judgment } from "./judge";
import type { CallGuide, Question } from "./wire";

/** The server asks by this drug's protocol too while no treatment is recorded. */
const USUAL_DRUG = "sorafenib";
const NOTHING: Judgment = { heard: null, unjudged: [] };
type Judging = typeof import("./judge");

export class Asking {
  state = $state<"reading" | "read" | "not_read">("reading");
  questions = $state.raw<Question[]>([]);
  signed = $state(false);
  protocol = $state.raw<Protocol | null>(null);
  #judging = $state.raw<Judging | null>(null);
  readonly judged = $derived.by<Judgment>(() => this.#judge());

  constructor(
    readonly alert: Alert,
    readonly recorder: Recorder,
    readonly reported: Reported,
  ) {
    recorder.found = () => this.judged.heard;
  }

  /** Why it is that urgent, as the protocol explains its rule. */
  get explained(): string {
    const { heard } = this.judged;
    return heard && this.protocol ? (this.#judging?.explain(this.protocol, heard.rule) ?? "") : "";
  }

  /** Without the protocol or the patient nothing is judged here; the server judges what is recorded all the same. */
  get cannotJudge(): boolean {
    return this.state === "read" && (!this.protocol || this.reported.state === "not_read");
  }

  async read(): Promise<void> {
    const drug = this.alert.patient.drug ?? USUAL_DRUG;
    try {
      const [guide, wire, judging] = await Promise.all([
        callGuide(drug),
        protocolOf(drug).catch(() => null),
        import("./judge").catch(() => null),
      ]);
      this.#judging = judging;
      if (wire && judging) this.protocol = judging.load(wire as Wire);
      this.#take(guide);
    } catch (trouble) {
      session.trouble(trouble);
      this.state = "not_read";
    }
  }

  #take(guide: CallGuide): void {
    this.recorder.form.guide = stillAsked(guide, this.alert, this.recorder.form.guide);
    this.questions = guideFor(guide, this.alert)?.questions ?? [];
    this.signed = guide.signature !== null;
    this.state = "read";
  }

  #judge(): Judgment {
    const { who, logs } = this.reported;
    if (!this.#judging || !this.protocol || !who) return NOTHING;
    const known = this.#judging.knownOf(this.alert, who, logs);
    return this.#judging.judge(this.protocol, known, this.questions, this.recorder.form.guide);
  }

  /** Keep an answer; the same one again takes it back. */
  answer(question: string, answer: boolean): void {
    const { [question]: before, ...others } = this.recorder.form.guide;
    this.recorder.form.guide = before === answer ? others : { ...others, [question]: answer };
    this.recorder.typed();
  }

  unanswer(question: string): void {
    const before = this.recorder.form.guide[question];
    if (before !== undefined) this.answer(question, before);
  }
}
