/** When a cuff measured, by its own clock, which may be wrong. */
import { localDay } from "../../lib/calendar";

/** The moment the cuff says, if that can be true: today and not in the future. Null asks the person instead. */
export function momentOf(at: string | null, now: Date): Date | null {
  if (at === null) return now;
  const moment = new Date(at);
  if (localDay(moment) !== localDay(now)) return null;
  return moment > now ? now : moment;
}
