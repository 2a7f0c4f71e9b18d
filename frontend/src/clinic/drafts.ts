/** A contact, a dose decision or a handover being written, kept in this window only (sessionStorage) and cleared when it
 * is recorded. */
import { onForget } from "./forget";
import type { ContactForm } from "./record";

const PREFIX = "handhold.contact.";
/** What is written in this window and not sent yet: those, and messages (`messages/box.ts`). */
const WRITTEN = [PREFIX, "handhold.message."];

export function keep(alert: string, form: unknown): void {
  try {
    sessionStorage.setItem(PREFIX + alert, JSON.stringify(form));
  } catch {
    // A full or blocked storage must not stop the nurse from typing; the form itself still holds the words.
  }
}

export function kept<Form = ContactForm>(alert: string): Form | null {
  try {
    const found = sessionStorage.getItem(PREFIX + alert);
    return found ? (JSON.parse(found) as Form) : null;
  } catch {
    return null;
  }
}

export function clear(alert: string): void {
  sessionStorage.removeItem(PREFIX + alert);
}

/** The next person at this computer must not find another's notes. */
export function clearAll(): void {
  for (const key of Object.keys(sessionStorage))
    if (WRITTEN.some((prefix) => key.startsWith(prefix))) sessionStorage.removeItem(key);
}

onForget(clearAll);
