/** Sending what is in the box: the warning signs as today's log, the words as a message that waits until it is sent. */
import { withOffset } from "../../lib/calendar";
import { idAfter } from "../../lib/finished";
import type { MessageWaiting } from "../../lib/kept";
import { over } from "../../lib/message";
import { router } from "../../lib/router.svelte";
import { space } from "../../lib/space.svelte";
import { phone } from "../phone.svelte";
import { saveSigns } from "../saving";
import { changed } from "../other-tabs";
import { sendNow } from "../sync";
import { draft } from "./draft.svelte";

/** Why nothing was sent: nothing is written, too much is written, or this phone has no room for it. */
export type Trouble = "empty" | "too_long" | "no_room";

/** A message ready to be kept. Its id is made here, once, and stays the same for every attempt to send it. */
export function newMessage(
  { patient, text, newest }: { patient: string; text: string; newest: string | undefined },
  now: Date,
): MessageWaiting {
  return {
    id: idAfter(newest),
    patient,
    text: text.trim(),
    written_at: withOffset(now),
    saved_at: now.toISOString(),
    refusal: null,
  };
}

/**
 * Sends the box. With warning signs ticked, today's log is saved with them and its advice comes at once; the message
 * goes as well. Gives why not, with everything still in the box.
 */
export async function say(): Promise<Trouble | null> {
  const { text, signs } = draft;
  if (!draft.begun) return "empty";
  if (over(text) > 0) return "too_long";
  const there = !text.trim() || (await keepMessage(text));
  if (!there && !signs.length) return "no_room";
  const waiting = signs.length ? await saveSigns([...signs]) : null;
  // Words that found no room are still in the box when the patient comes back from the advice.
  if (there) await draft.clear();
  else draft.signs = [];
  if (waiting) router.replace("advice", waiting.id);
  else router.back("messages");
  await changed();
  void sendNow();
  return null;
}

/** Saves the ticked signs as today's log and shows its advice. The words stay in the box. */
export async function tellSigns(): Promise<void> {
  const waiting = await saveSigns([...draft.signs]);
  draft.signs = [];
  await draft.keep();
  router.go("advice", waiting.id);
  void sendNow();
}

async function keepMessage(text: string): Promise<boolean> {
  const patient = phone.me?.patient?.id;
  if (!patient) return false;
  const store = await phone.store();
  const message = newMessage({ patient, text, newest: phone.messages.at(-1)?.id }, new Date());
  return space.toKeep(() => store.put("messages", message));
}

/** Takes a refused message back into the box, to change it; it is sent under a new id then. */
export async function change(message: MessageWaiting): Promise<void> {
  await draft.goOnWith(message.text);
  if (!space.full) await remove(message.id);
  router.go("messages", "write");
}

/** Takes a message off this phone because the patient decided so. */
export async function remove(id: string): Promise<void> {
  await (await phone.store()).delete("messages", id);
  await changed();
}
