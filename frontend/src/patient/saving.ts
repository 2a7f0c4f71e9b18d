/** A finished log: judged on this phone, kept in the outbox, sent when it can be. The advice never waits. */
import { dropDraft } from "../lib/drafts";
import type { Waiting } from "../lib/kept";
import { addToOutbox, removeFromOutbox } from "../lib/outbox";
import type { Facts, StoppingReason } from "../lib/types";
import { basisOf } from "./days";
import { judge } from "./judge";
import { phone } from "./phone.svelte";
import { changed, sendNow } from "./sync";

type Finished = { day: string; facts: Facts; corrects: string | null; replaces?: string | null };

/** Saves the log and gives it back with its advice. It is on the phone before anything else happens. */
export async function saveLog({ day, facts, corrects, replaces = null }: Finished): Promise<Waiting> {
  const { me, wire } = phone;
  if (!me?.patient) throw new Error("a log needs a patient");
  const store = await phone.store();
  const judged = wire ? judge({ wire, me, day, facts, factsOf: phone.factsOf }) : null;
  const waiting = await addToOutbox(store, {
    patient: me.patient.id,
    day,
    facts,
    corrects,
    shown: judged?.shown ?? null,
    advice: judged?.advice ?? null,
    dueMinutes: judged?.dueMinutes ?? null,
    now: new Date(),
  });
  if (replaces) await removeFromOutbox(store, replaces);
  await changed();
  void sendNow();
  return waiting;
}

/** "I am thinking of stopping": today's log with that answer, and with what was answered already. */
export async function saveStopping(report: {
  stopped: boolean;
  reason: StoppingReason | null;
}): Promise<Waiting> {
  const day = phone.today;
  const { facts: known, corrects, replaces } = basisOf(day, phone.logs, phone.outbox);
  const draft = phone.drafts.find((begun) => begun.day === day);
  const facts: Facts = { ...known, ...draft?.facts };
  delete facts.stopping_reason;
  facts.adherence = report.stopped ? "stopped" : "wants_to_stop";
  if (report.reason) facts.stopping_reason = report.reason;
  const waiting = await saveLog({ day, facts, corrects, replaces });
  if (draft) await dropDraft(await phone.store(), day);
  await changed();
  return waiting;
}
