/** The messages with one patient: read while they are on the screen, answered from a box that loses nothing. */
import { NoConnection, Problem } from "../../lib/api";
import { over } from "../../lib/message";
import { session } from "../session.svelte";
import type { Message, Thread } from "../wire";
import { say } from "../words";
import * as boxes from "./box";
import { Polled } from "./polled.svelte";
import * as server from "./server";

export class ThreadPage {
  readonly polled: Polled<Thread>;
  text = $state("");
  mend = $state("");
  sending = $state(false);
  #tried: boxes.Box["tried"] = null;

  readonly messages = $derived.by(() => this.polled.page?.results ?? []);
  readonly next = $derived.by(() => this.polled.page?.next);

  /** `reads`: what is shown counts as read by whoever looks. */
  constructor(
    readonly patient: string,
    reads: boolean,
  ) {
    this.polled = new Polled(server.thread(patient), (page) => reads && void this.#markRead(page));
    ({ text: this.text, tried: this.#tried } = boxes.kept(patient));
  }

  async #markRead(page: Thread): Promise<void> {
    const unread = page.results.find((message) => message.origin === "patient" && !message.read_at);
    if (!unread || document.visibilityState !== "visible") return;
    try {
      await server.read(this.patient, unread.id);
      await session.refresh(); // the count in the bar
    } catch (trouble) {
      session.trouble(trouble);
    }
  }

  typed(): void {
    boxes.keep(this.patient, { text: this.text, tried: this.#tried });
    if (this.mend && over(this.text) === 0 && this.text.trim()) this.mend = "";
  }

  /** True when it was sent. Otherwise `mend` says why, and everything typed is still there. */
  async send(): Promise<boolean> {
    if (this.sending) return false;
    this.mend = this.#toMend();
    if (this.mend) return false;
    const { tried } = boxes.toSend({ text: this.text, tried: this.#tried });
    this.#tried = tried;
    boxes.keep(this.patient, { text: this.text, tried });
    this.sending = true;
    try {
      this.#sent(await server.write(this.patient, tried.id, tried.text));
      return true;
    } catch (trouble) {
      session.trouble(trouble);
      this.mend = refusalWords(trouble);
      return false;
    } finally {
      this.sending = false;
    }
  }

  #toMend(): string {
    const tooMany = over(this.text);
    if (tooMany) return say("messages.too_long", { over: tooMany });
    return this.text.trim() ? "" : say("messages.empty");
  }

  #sent(message: Message): void {
    const { page } = this.polled;
    const others = page?.results.filter((one) => one.id !== message.id) ?? [];
    if (page) this.polled.put({ ...page, results: [message, ...others] });
    // What was typed while it was being sent is the next message.
    this.text = this.text.trim() === message.text ? "" : this.text;
    this.#tried = null;
    if (this.text) boxes.keep(this.patient, { text: this.text, tried: null });
    else boxes.clear(this.patient);
    void this.polled.poll();
  }
}

function refusalWords(trouble: unknown): string {
  if (trouble instanceof NoConnection) return say("messages.not_sent");
  if (!(trouble instanceof Problem) || trouble.status >= 500) return say("messages.not_sent");
  return say("messages.refused", { why: trouble.detail });
}
