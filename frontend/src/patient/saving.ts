/** A finished log: judged on this phone, kept in the outbox, sent when it can be. The advice never waits. */
import { draftOf, dropDraft, keepDraft } from "../lib/drafts";
import type { Draft, Waiting } from "../lib/kept";
import { finished } from "../lib/finished";
import { inOutbox, refused, removeFromOutbox } from "../lib/outbox";
import { askToKeepForGood } from "../lib/persist";
import { space } from "../lib/space.svelte";
import type { Store } from "../lib/store";
import { t } from "../lib/texts";
import type { Facts, StoppingReason } from "../lib/types";
import { basisOf, cannotBe } from "./days";
import { judged } from "./judged";
import { sorted, withOlder } from "./log/older";
import { phone } from "./phone.svelte";
import { photosToLog } from "./photos/follow";
import { changed } from "./other-tabs";
import { sendNow } from "./sync";
import { withoutWrongTimes } from "./times";

type Finished = {
  day: string;
  facts: Facts;
  corrects: string | null;
  replaces?: string | null;
  /** Shows the advice of the log with this id. The screen is drawn once, with the log and its advice together. */
  show?: (id: string) => void;
};

/** A log being saved: its advice is there, and `kept` tells whether the phone had room for it. */
type Saved = { waiting: Waiting; kept: Promise<boolean> };

/**
 * Saves the log and gives it back with its advice. The store has been told to keep it before anything is drawn; on a
 * phone without room it stays in the page's memory and is sent from there, and the advice is shown all the same.
 */
export async function saveLog({
  day,
  facts: given,
  corrects,
  replaces = null,
  show,
}: Finished): Promise<Saved> {
  const { me } = phone;
  const facts = withoutWrongTimes(given, day);
  if (!me?.patient) throw new Error("a log needs a patient");
  const store = await phone.store();
  const answer = judged(day, facts);
  const waiting = finished(
    {
      patient: me.patient.id,
      day,
      facts,
      corrects,
      shown: answer?.shown ?? null,
      advice: answer?.advice ?? null,
      dueMinutes: answer?.dueMinutes ?? null,
      now: new Date(),
    },
    phone.outbox.at(-1)?.id,
  );
  if (cannotBe(day, phone.lastKnownDay)) waitForTheDay(waiting);
  const kept = keepInOutbox(store, waiting);
  phone.outbox = [...phone.outbox, waiting]; // so that its advice can be shown before the store is read again
  show?.(waiting.id);
  void kept.then((there) => afterSaving(store, waiting, there ? replaces : null));
  return { waiting, kept };
}

/** No clock told which day this log is for: it waits on this phone until the patient has said so. */
function waitForTheDay(waiting: Waiting): void {
  waiting.refusal = { status: 0, code: "day_unknown", detail: "", fields: [], existing: null };
  waiting.due_at = null;
  waiting.log.written_at = null;
}

async function keepInOutbox(store: Store, waiting: Waiting): Promise<boolean> {
  const kept = await space.toKeep(() => store.put("outbox", waiting)).catch(() => false);
  if (!kept) phone.unkept = [...phone.unkept, waiting];
  return kept;
}

/** The screen that follows is drawn; or a moment has passed, where nothing is drawn. */
export function seen(): Promise<void> {
  return new Promise((done) => {
    requestAnimationFrame(() => setTimeout(done));
    setTimeout(done, 300);
  });
}

/** What the advice does not wait for: the log it replaces leaves, its photos follow it, and it is sent. */
async function afterSaving(store: Store, saved: Waiting, replaces: string | null): Promise<void> {
  await seen();
  if (replaces) await removeReplaced(store, saved, replaces);
  await photosToLog(store, { patient: saved.patient, day: saved.log.day, log: saved.id, replaces });
  await changed();
  void sendNow();
  if (saved.advice?.urgency === "self_care") void askToKeepForGood();
}

/** The patient has decided about this day: the refused log it replaces leaves, and older refused ones of that day. */
async function removeReplaced(store: Store, saved: Waiting, replaces: string): Promise<void> {
  const old = refused(await inOutbox(store)).filter(
    ({ id, patient, log }) => patient === saved.patient && log.day === saved.log.day && id < replaces,
  );
  for (const id of [replaces, ...old.map((entry) => entry.id)]) await removeFromOutbox(store, id);
}

type Report = { stopped: boolean; reason: StoppingReason | null; words: string };

/**
 * "I am thinking of stopping": today's log with that answer, and with what was answered already. The patient's own
 * words stand below a note that is there.
 */
export async function saveStopping(report: Report): Promise<Waiting> {
  const day = phone.today;
  const before = { ...basisOf(day, phone.logs, phone.outbox).facts };
  const draft = await draftOf(await phone.store(), day);
  const waiting = await saveOnTop((facts) => {
    delete facts.stopping_reason;
    facts.adherence = report.stopped ? "stopped" : "wants_to_stop";
    if (report.reason) facts.stopping_reason = report.reason;
    const note = [facts.note, report.words.trim()].filter(Boolean).join("\n");
    if (note) facts.note = note;
  });
  lastReport = { id: waiting.id, day, before, draft, at: Date.now() };
  return waiting;
}

/** The last "thinking of stopping", and what was known of the day before it. */
let lastReport: { id: string; day: string; before: Facts; draft: Draft | null; at: number } | null = null;
const A_MINUTE = 60_000;

/** True for a minute after that log was saved: a press by mistake can be undone. */
export function canUndoReport(id: string, now: Date): boolean {
  return lastReport?.id === id && Math.abs(now.getTime() - lastReport.at) < A_MINUTE;
}

/**
 * Corrects today's log to what was answered before "thinking of stopping". With no answers before, the correction says
 * that it was pressed by mistake: the team sees it either way. A form that was begun comes back.
 */
export async function undoStopping(): Promise<void> {
  if (!lastReport) return;
  const { id, day, before, draft } = lastReport;
  lastReport = null;
  const facts = Object.keys(before).length ? before : { note: t("stopping.by_mistake") };
  await saveLog({ day, facts, corrects: id });
  if (draft) await keepDraft(await phone.store(), { ...draft, corrects: id });
  await changed();
}

/** Warning signs ticked outside the log: today's log with them, and with what was answered already. */
export function saveSigns(signs: string[]): Promise<Waiting> {
  return saveOnTop((facts) => {
    facts.warning_signs = [...new Set([...(facts.warning_signs ?? []), ...signs])];
  });
}

/** Saves today's log as it is known, the answers of a form that was begun included, after `add` was done to it. */
async function saveOnTop(add: (facts: Facts) => void): Promise<Waiting> {
  const day = phone.today;
  const { facts: known, corrects, replaces } = basisOf(day, phone.logs, phone.outbox);
  const store = await phone.store();
  const draft = await draftOf(store, day);
  const { facts: answered, older } = sorted(phone.wire, { ...known, ...draft?.facts });
  const facts = withOlder(answered, { ...draft?.older, ...older });
  add(facts);
  const { waiting, kept } = await saveLog({ day, facts, corrects, replaces });
  if (draft && (await kept)) await dropDraft(store, day);
  await changed();
  return waiting;
}
