/** Clock times as an administrator types them, and how stretches of time are said. */
import { plainNumber } from "../../lib/digits";
import { addDays, clockTime, dayOf, weekday } from "../calendar";

/** "07:00" for "7", "07", "700", "7:00", "0700" or "07.00"; null for what is no time of a day. */
export function clockOf(typed: string): string | null {
  const found = /^(\d{1,2})(?:[:.h]?(\d{2}))?$/.exec(plainNumber(typed));
  if (!found) return null;
  const [hour, minute] = [Number(found[1]), Number(found[2] ?? 0)];
  if (hour > 23 || minute > 59) return null;
  return `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}

/** From and until on the clinic's clock. What ends at or before its begin ends on the next day. */
export function stretch(day: string, from: string, until: string): { starts: string; ends: string } {
  const endDay = until > from ? day : addDays(day, 1);
  return { starts: `${day}T${from}`, ends: `${endDay}T${until}` };
}

/** "19:00" on the same day, "Wed 07:00" on another. */
export function until(at: number, day: string, zone: string): string {
  const on = dayOf(at, zone);
  return on === day ? clockTime(at, zone) : `${weekday(on)} ${clockTime(at, zone)}`;
}
