/** A week of the roster laid out by place and day: who is on, and where nobody is. Pure. */
import { addDays, clockTime, dayOf } from "../calendar";
import type { Gap, Place, Roster, Shift } from "./wire";

export interface Block {
  key: string;
  /** The day it stands under, and its clock times: "07:00", "19:00". From is empty for what began before the week. */
  day: string;
  from: string;
  until: string;
  begins: number;
  shift: Shift | null;
  gap: Gap | null;
}

const DAY = 86_400_000;

export const daysOf = (monday: string): string[] => [0, 1, 2, 3, 4, 5, 6].map((n) => addDays(monday, n));

/** A shift stands under the day on which it begins; one that began before the week stands under its Monday. */
function shiftBlock(shift: Shift, monday: string, zone: string): Block {
  const begins = Date.parse(shift.starts_at);
  const day = dayOf(begins, zone);
  const earlier = day < monday;
  return {
    key: shift.id,
    day: earlier ? monday : day,
    from: earlier ? "" : clockTime(begins, zone),
    until: clockTime(Date.parse(shift.ends_at), zone),
    begins,
    shift,
    gap: null,
  };
}

/** A gap of up to a day stands once, under the day on which it begins; a longer one stands under each of its days. */
function gapBlocks(gap: Gap, zone: string): Block[] {
  const [begins, ends] = [Date.parse(gap.starts_at), Date.parse(gap.ends_at)];
  const block = (day: string, from: string, until: string): Block => {
    return { key: `${gap.place}${day}${from}`, day, from, until, begins, shift: null, gap };
  };
  const [first, last] = [dayOf(begins, zone), dayOf(ends - 1, zone)];
  if (ends - begins <= DAY) return [block(first, clockTime(begins, zone), clockTime(ends, zone))];
  const blocks: Block[] = [];
  for (let day = first; day <= last; day = addDays(day, 1)) {
    const from = day === first ? clockTime(begins, zone) : "00:00";
    blocks.push(block(day, from, day === last ? clockTime(ends, zone) : "00:00"));
  }
  return blocks;
}

/** Everything at one place, by day, in the order of the clock. */
export function blocksOf(roster: Roster, place: Place): Map<string, Block[]> {
  const { week: monday, time_zone: zone } = roster;
  const shifts = roster.shifts.filter((shift) => shift.place === place);
  const gaps = roster.gaps.filter((gap) => gap.place === place);
  const blocks = [
    ...shifts.map((shift) => shiftBlock(shift, monday, zone)),
    ...gaps.flatMap((gap) => gapBlocks(gap, zone)),
  ];
  const byDay = new Map<string, Block[]>(daysOf(monday).map((day) => [day, []]));
  for (const block of blocks) byDay.get(block.day)?.push(block);
  for (const found of byDay.values()) {
    found.sort((a, b) => a.from.localeCompare(b.from) || a.begins - b.begins);
  }
  return byDay;
}
