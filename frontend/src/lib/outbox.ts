/**
 * Logs that this phone has and the server does not. What is unsent is read from the store itself, never counted
 * beside it. How they are sent is in send-outbox.ts.
 */
import type { Waiting } from "./kept";
import type { Store } from "./store";

export type Outcome = "nothing_to_do" | "all_sent" | "try_again" | "sign_in";
const A_DAY = 24 * 60 * 60 * 1000;

/** Oldest first: ids are made in the order of writing. */
export const oldestFirst = (entries: Waiting[]): Waiting[] =>
  entries.sort((a, b) => a.id.localeCompare(b.id));

/** Everything in the outbox, oldest first. */
export async function inOutbox(store: Store): Promise<Waiting[]> {
  return oldestFirst(await store.getAll("outbox"));
}

/** Those still to be sent. */
export const unsent = (entries: Waiting[]): Waiting[] => entries.filter((entry) => !entry.refusal);

/** Those the server refused. */
export const refused = (entries: Waiting[]): Waiting[] => entries.filter((entry) => entry.refusal);

/**
 * True when something has waited for longer than a day: the patient should call. A log from more than a day ahead was
 * written before the clock was set right: nobody knows how long it has waited.
 */
export function waitsTooLong(entries: Waiting[], now: Date): boolean {
  return entries.some((entry) => Math.abs(now.getTime() - Date.parse(entry.saved_at)) > A_DAY);
}

/** Takes a log out because the patient decided so, for instance by sending a changed one instead. */
export async function removeFromOutbox(store: Store, id: string): Promise<void> {
  await store.delete("outbox", id);
}

/** Runs `work` in one tab of this phone at a time; the others find nothing left to do. */
export async function oneTabAtATime<T>(work: () => Promise<T>, busy: T): Promise<T> {
  if (!navigator.locks) return work();
  return navigator.locks.request("handhold-outbox", { ifAvailable: true }, (lock) => (lock ? work() : busy));
}

const LONGEST_PAUSE = 300;
/** No server may keep a log on the phone for longer than this by asking to wait, in seconds. */
const LONGEST_WISH = 900;

/**
 * How long to wait before the next attempt, in milliseconds: 5 s, 10 s, 20 s ... at most 5 minutes, and at least as long
 * as the server asked (Retry-After, in seconds), up to a quarter of an hour.
 */
export function pauseBefore(attempt: number, asked = 0): number {
  const growing = Math.min(5 * 2 ** Math.max(0, attempt - 1), LONGEST_PAUSE);
  return Math.max(growing, Math.min(asked, LONGEST_WISH)) * 1000;
}
