/** What stands in each lane of the chart, and how much room it has. The chart's library makes the scales from it. */
import type { Bounds } from "../protocol";
import type { Reading } from "../wire";

/** Room beside the columns of days, for the names of the lanes; above them, for the dates. */
export const NAMES = 164;
export const DATES = 22;
/** Heights of the lanes, in CSS pixels. */
export const HEIGHT = { grade: 35, stools: 76, pressure: 162, doses: 50, alerts: 36, messages: 36, team: 58 };
export const CELL = 24;
/** Of the width of a day, what stays empty beside its cell. */
export const GAP = 0.08;

const USUAL_ROOM = 6;

/** From none to the tallest bar of stools: never higher than the lane, whatever was counted. */
export function stoolsDomain(counts: readonly number[]): [number, number] {
  return [0, Math.max(USUAL_ROOM, ...counts)];
}

const ROOM_ABOVE = 37;
const ROOM_BELOW = 28;

/** From the lowest to the highest pressure: wide enough for the bounds and for every reading. */
export function pressureDomain(readings: readonly Reading[], bounds: Bounds | null): [number, number] {
  const highs = readings.map((reading) => reading.systolic);
  const lows = readings.map((reading) => reading.diastolic);
  if (bounds) {
    highs.push(bounds.systolic + ROOM_ABOVE);
    lows.push(bounds.diastolic - ROOM_BELOW);
  }
  const highest = Math.max(...highs, 1);
  return [Math.min(...lows, highest - 1), highest];
}

/** A pressure is drawn filled when either number reaches its bound. */
export function isRaised(reading: Reading, bounds: Bounds | null): boolean {
  return bounds !== null && (reading.systolic >= bounds.systolic || reading.diastolic >= bounds.diastolic);
}

/** Of each run of neighboring true days, the one with the highest value: only that one gets a label. */
export function peaks(values: readonly (number | null)[]): Set<number> {
  const found = new Set<number>();
  let best = -1;
  values.forEach((value, i) => {
    if (value === null) best = -1;
    else if (best < 0 || value > (values[best] ?? 0)) {
      found.delete(best);
      found.add((best = i));
    }
  });
  return found;
}

/** Which labels under a line may be written without touching: the newest first. */
export function roomFor(at: readonly number[], apart: number): Set<number> {
  const kept = new Set<number>();
  let limit = Infinity;
  for (let i = at.length - 1; i >= 0; i--) {
    const x = at[i] ?? 0;
    if (x > limit - apart) continue;
    kept.add(i);
    limit = x;
  }
  return kept;
}
