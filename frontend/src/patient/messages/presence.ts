/** When somebody of the team reads messages, as far as this phone knows it. Pure. */

/** Of the clinic: whether it is open, and when it next opens or closes (ISO 8601), as the server last said. */
export type Hours = { open: boolean; opens_at: string | null; closes_at: string | null };

export type Presence =
  /** Nothing more is known than that the team reads messages during clinic hours. */
  | { kind: "hours" }
  | { kind: "now" }
  | { kind: "until"; at: string }
  | { kind: "back"; at: string }
  | { kind: "closed" };

/**
 * What to tell the patient. What the server said may be hours old when there was no signal: a time that has passed says
 * nothing about now, and is not told.
 */
export function whenSomebodyIsThere(hours: Hours | undefined, now: Date): Presence {
  const ahead = (at: string): boolean => Date.parse(at) > now.getTime();
  if (!hours) return { kind: "hours" };
  const { open, opens_at, closes_at } = hours;
  const changes = open ? closes_at : opens_at;
  if (!changes) return { kind: open ? "now" : "closed" };
  if (!ahead(changes)) return { kind: "hours" };
  return { kind: open ? "until" : "back", at: changes };
}
