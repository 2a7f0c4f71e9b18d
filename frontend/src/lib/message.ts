/** Messages between patient and team, as both pages need them. */
import type { Message } from "./types";

/** The most characters a message may have: what the API's own description says of it (see message.test.ts). */
export const LONGEST = 4000;
/** From here on it is told how many are left. */
const NEARLY = 200;

/** How many characters the message has that count: the server, too, leaves out spaces at its ends. */
export function lengthOf(text: string): number {
  return [...text.trim()].length;
}

/** By how many characters it is too long; 0 when it is not. */
export function over(text: string): number {
  return Math.max(0, lengthOf(text) - LONGEST);
}

/** How many characters are left, once it is worth saying; else null. */
export function left(text: string): number | null {
  const rest = LONGEST - lengthOf(text);
  return rest >= 0 && rest <= NEARLY ? rest : null;
}

/** Two pages as one thread: a message that is on both stands once. */
export function together(newest: readonly Message[], more: readonly Message[]): Message[] {
  const here = new Set(newest.map((message) => message.id));
  return [...newest, ...more.filter((message) => !here.has(message.id))];
}
