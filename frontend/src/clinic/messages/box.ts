/** A message being written to a patient, kept in this window only (sessionStorage) and cleared when it is sent. */
import { v7 as newId } from "uuid";

/** `tried` is the last attempt to send it: whether that one arrived is not known. */
export type Box = { text: string; tried: { id: string; text: string } | null };

const PREFIX = "handhold.message.";
export const EMPTY: Box = { text: "", tried: null };

export function keep(patient: string, box: Box): void {
  try {
    sessionStorage.setItem(PREFIX + patient, JSON.stringify(box));
  } catch {
    // A full or blocked storage must not stop the nurse from typing; the box itself still holds the words.
  }
}

export function kept(patient: string): Box {
  try {
    const found = sessionStorage.getItem(PREFIX + patient);
    return found ? (JSON.parse(found) as Box) : EMPTY;
  } catch {
    return EMPTY;
  }
}

export function clear(patient: string): void {
  sessionStorage.removeItem(PREFIX + patient);
}

/** The box about to be sent. The same words keep their id, so that an attempt nobody answered is not sent twice. */
export function toSend(box: Box): Box & { tried: { id: string; text: string } } {
  const text = box.text.trim();
  return { text: box.text, tried: box.tried?.text === text ? box.tried : { id: newId(), text } };
}
