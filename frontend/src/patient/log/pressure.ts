/** Two typed numbers: are they a reading, and when is it time for the second one? */
import type { Reading } from "../../lib/types";
import { read } from "./number";

export type Bounds = { from: number; to: number };
export type Mistake = {
  kind: "missing" | "not_whole" | "out_of_range" | "swapped" | "equal";
  field: "systolic" | "diastolic";
};

/** What has to be mended before the two numbers are a reading, or null. The bounds are the protocol's. */
export function mistakeIn(
  typed: { systolic: string; diastolic: string },
  bounds: { systolic: Bounds; diastolic: Bounds },
): Mistake | null {
  for (const field of ["systolic", "diastolic"] as const) {
    const number = read(typed[field]);
    if (number === null) return { kind: "missing", field };
    if (!Number.isInteger(number)) return { kind: "not_whole", field };
  }
  const [systolic, diastolic] = [read(typed.systolic)!, read(typed.diastolic)!];
  if (systolic === diastolic) return { kind: "equal", field: "systolic" };
  if (systolic < diastolic) return { kind: "swapped", field: "systolic" };
  if (!inside(systolic, bounds.systolic)) return { kind: "out_of_range", field: "systolic" };
  if (!inside(diastolic, bounds.diastolic)) return { kind: "out_of_range", field: "diastolic" };
  return null;
}

const inside = (value: number, { from, to }: Bounds): boolean => value >= from && value <= to;

/** Seconds until the second reading, 0 when it is time. The clock runs on when the phone sleeps or reloads. */
export function secondsLeft(first: Reading, waitMinutes: number, now: Date): number {
  if (!first.taken_at) return 0;
  const due = Date.parse(first.taken_at) + waitMinutes * 60_000;
  return Math.max(0, Math.ceil((due - now.getTime()) / 1000));
}

/** True while a second reading is still wanted: not measured yet, and not so long ago that the first counts alone. */
export function secondIsWanted(
  readings: Reading[],
  waitMinutes: number | null,
  alone: number,
  now: Date,
): boolean {
  const [first, second] = readings;
  if (!first || second || waitMinutes === null || !first.taken_at) return false;
  return now.getTime() - Date.parse(first.taken_at) < alone * 60_000;
}
