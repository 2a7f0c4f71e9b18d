/** Times of readings that a wrong clock has written. A reading counts without its time; a wrong time counts for nothing. */
import { daysBetween, localDay } from "../lib/calendar";
import type { Facts } from "../lib/types";
import { isMoment } from "../protocol/moment";

/** The facts of a day; a reading's time is left out when it cannot be read, or is more than a day from that day. */
export function withoutWrongTimes(facts: Facts, day: string): Facts {
  if (!facts.blood_pressure?.some(({ taken_at }) => taken_at && !canBe(taken_at, day))) return facts;
  const readings = facts.blood_pressure.map(({ taken_at, ...reading }) =>
    taken_at && canBe(taken_at, day) ? { ...reading, taken_at } : reading,
  );
  return { ...facts, blood_pressure: readings };
}

/** A phone that says an earlier year has lost its clock. */
const CLOCKS_WERE_SET = "2000";

function canBe(taken_at: string, day: string): boolean {
  return (
    taken_at >= CLOCKS_WERE_SET &&
    isMoment(taken_at) &&
    Math.abs(daysBetween(day, localDay(new Date(taken_at)))) <= 1
  );
}
