/** Where things stand in the chart, in its own pixels. Pure geometry. */
import type { Bounds } from "../protocol";
import type { Reading } from "../wire";
import { DAYS } from "./days";

export const WIDTH = 894;
export const LEFT = 164;
export const COLUMN = 26;
export const LANE = 35;

/** Left edge and middle of the column of one day; day 0 is the oldest. */
export const columnAt = (i: number): number => LEFT + i * COLUMN;
export const middleAt = (i: number): number => columnAt(i) + COLUMN / 2 - 1.5;
export const RIGHT = columnAt(DAYS);

export type Scale = (value: number) => number;

/** A straight scale from values to pixels; the first value stands at the first pixel. */
export function straight(
  [fromValue, toValue]: [number, number],
  [fromPixel, toPixel]: [number, number],
): Scale {
  const each = (toPixel - fromPixel) / (toValue - fromValue || 1);
  return (value) => fromPixel + (value - fromValue) * each;
}

/** Height of a bar of stools: never higher than the lane, whatever was counted. */
export function stoolsScale(counts: readonly number[], height: number): Scale {
  const most = Math.max(6, ...counts);
  return straight([0, most], [0, height]);
}

const ROOM_ABOVE = 37;
const ROOM_BELOW = 28;

/** Pressure from the top of its lane to the bottom, wide enough for the bounds and for every reading. */
export function pressureScale(
  readings: readonly Reading[],
  bounds: Bounds | null,
  top: number,
  bottom: number,
): Scale {
  const highs = readings.map((reading) => reading.systolic);
  const lows = readings.map((reading) => reading.diastolic);
  if (bounds) {
    highs.push(bounds.systolic + ROOM_ABOVE);
    lows.push(bounds.diastolic - ROOM_BELOW);
  }
  return straight([Math.max(...highs, 1), Math.min(...lows, Math.max(...highs, 1) - 1)], [top, bottom]);
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
