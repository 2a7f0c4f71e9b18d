/** When a cuff measured, by its own clock, which may be wrong, and whose measurement it may be. */
import { dayAndYear, localDay, shortDay } from "../../lib/calendar";
import type { Measurement } from "./measurement";

/** The moment the cuff says, if that can be true: today and not in the future. Null asks the person instead. */
export function momentOf(at: string | null, now: Date): Date | null {
  if (at === null) return now;
  const moment = new Date(at);
  if (localDay(moment) !== localDay(now)) return null;
  return moment > now ? now : moment;
}

/** "Wed, May 13"; with its year when that is not this year. */
export function dayInWords(at: string, now: Date): string {
  const day = at.slice(0, 10);
  return day.slice(0, 4) === localDay(now).slice(0, 4) ? shortDay(day) : dayAndYear(day);
}

type Known = { now: Date; own: number | null };

/**
 * What a cuff handed over, each once, the likeliest first: of this person before of nobody known before of another
 * person; of today before of another day; the newest first. None is hidden: the clock or the person may be set wrong.
 */
export function byLikelihood(all: Measurement[], { now, own }: Known): Measurement[] {
  const stranger = ({ person }: Measurement): number =>
    typeof person !== "number" || own === null ? 1 : person === own ? 0 : 2;
  const otherDay = ({ at }: Measurement): number => (momentOf(at, now) === null ? 1 : 0);
  const when = ({ at }: Measurement): string => at ?? "9999";
  const once = [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
  return once
    .reverse()
    .sort((a, b) => stranger(a) - stranger(b) || otherDay(a) - otherDay(b) || when(b).localeCompare(when(a)));
}
