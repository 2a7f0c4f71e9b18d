/** When somebody of the team reads messages, as far as this phone knows it. Pure. */

/** Of the clinic: whether it is open, and when it next opens or closes (ISO 8601), where the server says so. */
export type Hours = {
  open_now?: boolean | null;
  opens_at?: string | null;
  closes_at?: string | null;
};

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
export function whenSomebodyIsThere({ open_now, opens_at, closes_at }: Hours, now: Date): Presence {
  const ahead = (at: string | null | undefined): at is string => !!at && Date.parse(at) > now.getTime();
  if (open_now === true && closes_at)
    return ahead(closes_at) ? { kind: "until", at: closes_at } : { kind: "hours" };
  if (open_now === true) return { kind: "now" };
  if (open_now === false && opens_at)
    return ahead(opens_at) ? { kind: "back", at: opens_at } : { kind: "hours" };
  if (open_now === false) return { kind: "closed" };
  return { kind: "hours" };
}
