/** What a nurse can do to an alert from any page. Each act says what came of it. */
import { Problem } from "../lib/api";
import { kept } from "./drafts";
import { alsoOf } from "./record";
import { onForget } from "./forget";
import { clock } from "./now.svelte";
import { isConflict, isGone, isUnanswered } from "./server";
import * as server from "./server";
import { ownerOf, shortName } from "./people";
import { said } from "./said.svelte";
import { session } from "./session.svelte";
import type { Alert, Me, Snooze, WorkItem } from "./wire";
import { type About, aboutAlert } from "./items/about";
import { whyWords } from "./items/item";
import { assign, take } from "./items/server";
import { type Key, say, wordFor } from "./words";
import { worklist } from "./worklist.svelte";

class Acts {
  /** What a contact is being recorded about, and the alert being reopened. */
  recording = $state.raw<About | null>(null);
  reopening = $state.raw<Alert | null>(null);
  /** The id of the alert last acted on: where the focus goes when its button has gone. */
  last: string | null = null;
  /** The contact is recorded in order to snooze the symptom. */
  snoozing = false;
  /** The id of the alert an act is under way for, so that a second press does nothing. */
  busy = $state<string | null>(null);

  /** True when it is hers now. */
  async acknowledge(alert: Alert): Promise<boolean> {
    return this.#try(alert, () => server.acknowledge(alert.id), "said.acknowledged");
  }

  /** Take all of a patient's alerts that nobody has, most urgent first; what a colleague took meanwhile is said. */
  async acknowledgeAll(alerts: readonly Alert[]): Promise<void> {
    let refused = "";
    for (const alert of alerts) if (!(await this.acknowledge(alert))) refused = said.line;
    const [first] = alerts;
    if (refused) said.show(refused);
    else if (first && alerts.length > 1)
      said.show(say("said.acknowledged_all", { n: alerts.length, name: first.patient.name }));
  }

  /** Refused, naming who has it, when it is not with whom this page shows any more. */
  async assign(alert: Alert, to: string): Promise<void> {
    await this.#try(alert, () => server.assign(alert.id, to, ownerOf(alert)?.id ?? null), "said.assigned");
  }

  /** The computer may have nothing that calls: the number stands on the page as well. */
  call({ name, phone }: { name: string; phone: string }): void {
    said.show(say("said.call", { name, phone }));
    location.href = `tel:${phone.replace(/[^\d+]/g, "")}`;
  }

  record(alert: Alert, snoozing = false): void {
    this.snoozing = snoozing;
    this.recording = aboutAlert(alert);
  }

  /** One contact about an alert and the patient's other ones; an emergency among those has a record of its own. */
  recordAll(alert: Alert, all: readonly Alert[]): void {
    this.snoozing = false;
    this.recording = { ...aboutAlert(alert), also: alsoOf(alert, all).map(({ id }) => id) };
  }

  /** The alert became worse while it was being recorded: the panel shows it as it is now, with what was typed. */
  async lookAgain(about: About, told: string): Promise<void> {
    const patient = await server.patient(about.patient.id).catch(() => null);
    if (this.recording?.id !== about.id) return; // closed meanwhile
    const alert = patient?.alerts.find(({ id }) => id === about.id) ?? about.alert;
    this.recording = { ...about, alert, told };
  }

  /** Record a contact for a work item, or with a patient who rang. */
  recordAbout(about: About): void {
    this.snoozing = false;
    this.recording = about;
  }

  /** Take a work item that nobody has. */
  async take(item: WorkItem): Promise<void> {
    await this.#tryItem(item, () => take(item.id));
  }

  /** Take a work item from a colleague. */
  async takeOver(item: WorkItem, me: Me): Promise<void> {
    await this.#tryItem(item, () => assign(item.id, me.person.id, item.assigned_to?.id ?? null));
  }

  async #tryItem(item: WorkItem, act: () => Promise<WorkItem>): Promise<void> {
    if (this.busy === item.id) return;
    this.busy = item.id;
    try {
      worklist.itemChanged(await act());
      said.show(
        say("said.taken", {
          name: item.patient.name,
          why: whyWords(item, session.me?.clinic.time_zone ?? "UTC"),
        }),
      );
    } catch (trouble) {
      said.show(troubleWords(trouble));
      session.trouble(trouble);
      if (isConflict(trouble)) void worklist.poll();
    } finally {
      this.busy = null;
    }
  }

  async endSnooze(snooze: Snooze, patient: string): Promise<void> {
    if (this.busy === snooze.id) return;
    this.busy = snooze.id;
    try {
      await server.endSnooze(snooze.id);
      said.show(say("said.snooze_ended", { name: patient, symptom: wordFor("symptom", snooze.symptom) }));
    } catch (trouble) {
      said.show(troubleWords(trouble));
      session.trouble(trouble);
    } finally {
      this.busy = null;
      worklist.changes += 1;
    }
  }

  /** After the panel or the reopen form is done with an alert. */
  done(alert: Alert, words: Key): void {
    this.last = alert.id;
    said.show(this.#words(alert, words));
    worklist.changed(alert);
  }

  /** For a minute, what resolved this alert can be undone. */
  offerUndo(alert: Alert, contact: string): void {
    said.offerUndo(clock.ms, async () => {
      await this.#try(alert, () => server.undo(alert.id, contact), "said.undone");
      void worklist.poll();
    });
  }

  forget(): void {
    [this.recording, this.reopening, this.last] = [null, null, null];
    this.snoozing = false;
  }

  #words(alert: Alert, key: Key): string {
    const owner = shortName(ownerOf(alert)?.name ?? "");
    return say(key, { name: alert.patient.name, symptom: wordFor("symptom", alert.symptom), owner });
  }

  async #try(alert: Alert, act: () => Promise<Alert>, words: Key): Promise<boolean> {
    if (this.busy === alert.id) return false;
    this.busy = alert.id;
    try {
      this.done(await act(), words);
      return true;
    } catch (trouble) {
      said.show(
        isConflict(trouble) && kept(alert.id)
          ? say("said.note_kept", { detail: trouble.detail })
          : troubleWords(trouble),
      );
      session.trouble(trouble);
      if (isConflict(trouble)) void worklist.poll();
      return false;
    } finally {
      this.busy = null;
    }
  }
}

/** What to tell a nurse about an act that did not happen. */
export function troubleWords(trouble: unknown): string {
  if (isConflict(trouble)) return trouble.detail;
  if (isGone(trouble)) return say("said.gone");
  if (isUnanswered(trouble)) return say("said.not_sent");
  return say("said.refused", { detail: trouble instanceof Problem ? trouble.detail : "" }).trim();
}

export const acts = new Acts();
onForget(() => acts.forget());
