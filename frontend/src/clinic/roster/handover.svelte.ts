/** What this nurse has open, what is offered to her, and what she offers. Notes stay until the offer is made, also when
 * she leaves the page meanwhile. */
import { Problem } from "../../lib/api";
import { troubleWords } from "../acts.svelte";
import * as drafts from "../drafts";
import { shortName } from "../people";
import { said } from "../said.svelte";
import { session } from "../session.svelte";
import { count, say } from "../words";
import { worklist } from "../worklist.svelte";
import * as requests from "./requests";
import type { Handover, Handovers } from "./wire";

const DRAFT = "handover";
type Offer = Pick<HandoverDesk, "to" | "note" | "notes">;

export class HandoverDesk {
  all = $state.raw<Handovers | null>(null);
  to = $state("");
  note = $state("");
  /** By alert. */
  notes = $state<Record<string, string>>({});
  mends = $state.raw<Record<string, string>>({});
  sending = $state(false);

  constructor() {
    Object.assign(this, drafts.kept<Offer>(DRAFT));
  }

  typed(): void {
    drafts.keep(DRAFT, { to: this.to, note: this.note, notes: $state.snapshot(this.notes) } satisfies Offer);
  }

  async read(): Promise<void> {
    try {
      this.all = await requests.handovers();
    } catch (trouble) {
      session.trouble(trouble);
    }
  }

  async offer(): Promise<boolean> {
    this.mends = this.to ? {} : { to: say("handover.need_to") };
    if (this.mends.to || this.sending) return false;
    const held = this.all?.held ?? [];
    const notes = held.map((item) => ({ alert: item.id, note: this.notes[item.id]?.trim() ?? "" }));
    const body = { to: this.to, note: this.note.trim(), notes: notes.filter(({ note }) => note) };
    return this.#act(async () => {
      const { offered_to } = await requests.offer(body);
      drafts.clear(DRAFT);
      [this.to, this.note, this.notes] = ["", "", {}];
      return say("handover.offered", { name: shortName(offered_to.name) });
    });
  }

  async accept(handover: Handover): Promise<void> {
    await this.#act(async () => count("handover.accepted", (await requests.accept(handover.id)).passed));
    void worklist.poll();
  }

  async withdraw(handover: Handover): Promise<void> {
    await this.#act(async () => {
      await requests.withdraw(handover.id);
      return say("handover.withdrawn");
    });
  }

  async #act(act: () => Promise<string>): Promise<boolean> {
    this.sending = true;
    try {
      said.show(await act());
      return true;
    } catch (trouble) {
      this.#refused(trouble);
      session.trouble(trouble);
      return false;
    } finally {
      this.sending = false;
      await Promise.all([this.read(), session.refresh()]);
    }
  }

  #refused(trouble: unknown): void {
    const fields = trouble instanceof Problem ? trouble.fields : [];
    this.mends = Object.fromEntries(
      fields.map(({ field, reason, mend }) => [field, say("record.mend", { reason, mend })]),
    );
    if (!this.mends.to && !this.mends.note) said.show(troubleWords(trouble));
  }
}
