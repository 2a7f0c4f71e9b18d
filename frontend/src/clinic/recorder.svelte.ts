/** The state of one contact being recorded: kept at each pause, sent once, and nothing typed is ever lost. */
import { NoConnection, Problem } from "../lib/api";
import { troubleWords } from "./acts.svelte";
import { dayOf } from "./calendar";
import * as drafts from "./drafts";
import { clock } from "./now.svelte";
import {
  type ContactForm,
  emptyForm,
  keepsOpen,
  leftToMend,
  type Mends,
  mendsFromServer,
  mendsOf,
  toSend,
  wallClock,
} from "./record";
import { asChosen } from "./nextStep";
import { isConflict } from "./server";
import { said } from "./said.svelte";
import { session } from "./session.svelte";
import type { Alert, Outcome } from "./wire";
import { codes, say } from "./words";
import type { About } from "./items/about";
import type { Heard } from "./guide/judge";
import { needsAnswer } from "./guide/words";
import { sendContact } from "./items/send";
import { worklist } from "./worklist.svelte";

const PAUSE = 400;

export class Recorder {
  form: ContactForm;
  mends = $state<Mends>({});
  sending = $state(false);
  keptAt = $state<number | null>(null);
  /** Set when a colleague resolved the alert meanwhile: her name and the time, in the server's words. */
  already = $state("");
  /** Set when an alert became worse meanwhile: what is new, in the server's words. */
  changed = $state("");
  /** What the call guide found: closing needs an answer to it. The call guide sets it. */
  found: () => Heard | null = () => null;
  readonly today: string;
  #sent: ContactForm;
  /** The last attempt was to close the alert. */
  #closing = false;
  /** What this page found wrong with what was sent. */
  #asked: Mends = {};
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** The panel was closed while this was being sent. */
  closed = false;
  /** It is recorded: the panel closes, and what its fields still say on the way is no draft. */
  #recorded = false;

  constructor(
    readonly about: About,
    readonly zone: string,
    snoozing = false,
  ) {
    this.today = dayOf(clock.ms, zone);
    this.#sent = emptyForm(this.today);
    this.form = $state(asChosen({ ...this.#sent, ...drafts.kept(about.id) }));
    if (about.also) this.form.also = about.also;
    if (about.told) this.mends = { "": about.told };
    if (snoozing) this.form.snooze.on = true;
  }

  /** What may have come of it, each with a digit that means the same everywhere. A dose decision belongs to an alert;
      without one it is on the treatment's page. */
  get outcomes(): { code: Outcome; digit: string }[] {
    const all = (codes("outcome") as Outcome[]).map((code, place) => ({ code, digit: String(place + 1) }));
    return all.filter(({ code }) => this.alert !== null || code !== "prescriber_informed");
  }

  get alert(): Alert | null {
    return this.about.alert;
  }

  typed(): void {
    const form = $state.snapshot(this.form);
    const [sent, still] = [this.#sent, this.#wrongWith(form, this.#closing)];
    this.mends = leftToMend(this.mends, { sent, form, asked: this.#asked, still });
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.keep(), PAUSE);
  }

  /** What this page finds wrong with what would be sent. */
  #wrongWith(form: ContactForm, closing: boolean): Mends {
    const unanswered = closing ? needsAnswer(this.found(), form) : "";
    return { ...mendsOf(form, wallClock(clock.ms, this.zone)), ...(unanswered && { set_aside: unanswered }) };
  }

  /** Keeps nothing more: the panel is gone. */
  stop(): void {
    clearTimeout(this.#timer);
  }

  keep(): void {
    clearTimeout(this.#timer);
    if (this.#recorded) return;
    drafts.keep(this.about.id, $state.snapshot(this.form));
    this.keptAt = clock.ms;
  }

  /** True when it is recorded; otherwise `mends` says at each field what to do. `others` are shown as also open. */
  async send(resolving: boolean, others: readonly Alert[] = []): Promise<boolean> {
    if (this.sending) return false;
    this.form.tried = toSend($state.snapshot(this.form), resolving).tried;
    this.#sent = $state.snapshot(this.form);
    this.#closing = resolving;
    this.#asked = this.#wrongWith(this.#sent, resolving);
    if (!resolving && this.#sent.snooze.on && !keepsOpen(this.#sent.outcome))
      this.#asked.snooze = say("snooze.not_open");
    this.mends = this.#asked;
    this.keep();
    if (Object.keys(this.mends).length) return false;
    this.sending = true;
    try {
      const also = others.filter((one) => this.#sent.also.includes(one.id));
      await sendContact(this.about, this.#sent, resolving, also);
      this.#recorded = true;
      drafts.clear(this.about.id);
      return true;
    } catch (trouble) {
      this.#refused(trouble);
      return false;
    } finally {
      this.sending = false;
    }
  }

  #refused(trouble: unknown): void {
    session.trouble(trouble);
    if (this.closed) {
      const values = { name: this.about.patient.name, why: troubleWords(trouble) };
      return said.show(say("said.not_recorded", values));
    }
    if (isConflict(trouble) && trouble.code === "changed_meanwhile") {
      this.changed = trouble.detail;
      void worklist.poll();
    } else if (isConflict(trouble)) {
      this.already = say("record.already", { detail: trouble.detail });
      void worklist.poll();
    } else if (trouble instanceof Problem && trouble.fields.length) {
      this.mends = mendsFromServer(trouble.fields, trouble.detail);
    } else {
      if (!(trouble instanceof Problem) && !(trouble instanceof NoConnection)) console.error(trouble);
      this.mends = { "": troubleWords(trouble) };
    }
  }
}
