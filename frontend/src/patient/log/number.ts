/** A typed number: read as people write it, checked against the bounds of the protocol, shown in the unit they use. */
import { plainNumber } from "../../lib/digits";
import type { Unit } from "../../lib/units";

export type Bounds = { from: number; to: number };
export type Misread = "missing" | "not_whole" | "out_of_range";

/** "38,5", "38.5" and "３８．５" are the same number; null when it is none. */
export function read(typed: string): number | null {
  const text = plainNumber(typed);
  return /^\d+(\.\d+)?$/.test(text) ? Number(text) : null;
}

/** A number typed without a decimal sign; null when it is none. */
export function whole(typed: string): number | null {
  const text = plainNumber(typed);
  return /^\d+$/.test(text) ? Number(text) : null;
}

/** Why what was typed cannot be taken, or null. Both bounds belong to what may be taken. */
export function misread(typed: string, { from, to }: Bounds, onlyWhole: boolean): Misread | null {
  const value = read(typed);
  if (value === null) return "missing";
  if (value < from || value > to) return "out_of_range";
  return onlyWhole && !Number.isInteger(value) ? "not_whole" : null;
}

/** True when the number is within its bounds and no further digit could follow: "152", or "96" where 960 is too much. */
export function isComplete(typed: string, { from, to }: Bounds): boolean {
  const value = whole(typed) ?? NaN;
  return value >= from && value <= to && value * 10 > to;
}

/** Bounds in the unit shown, rounded inwards, so that whatever they let through can be kept. */
export function shownBounds({ from, to }: Bounds, unit: Unit): Bounds {
  const [low, high] = [unit.shown(from), unit.shown(to)];
  return {
    from: unit.kept(low) < from ? tenths(low + 0.1) : low,
    to: unit.kept(high) > to ? tenths(high - 0.1) : high,
  };
}

const tenths = (value: number): number => Math.round(value * 10) / 10;

type Typed = {
  typed: string;
  unit: Unit;
  /** The number as the log keeps it; null when none is kept. */
  held: number | null;
};

/** The number as the log keeps it. What was only looked at, in whichever unit, is the number that is held. */
export function valueOf({ typed, unit, held }: Typed): number | null {
  if (held !== null && plainNumber(typed) === String(unit.shown(held))) return held;
  const value = read(typed);
  return value === null ? null : unit.kept(value);
}

const far = (one: number, from: number): number => Math.abs(Math.log(one / from));

/**
 * The other unit when the number was probably meant in it: "154" in kg is out of bounds, or further from the usual
 * number than 154 lb. Null when there is nothing to ask. Bounds and the usual number are in the unit the log keeps.
 */
export function meantIn(
  typed: string,
  { unit, units, bounds, usual }: { unit: Unit; units: Unit[]; bounds: Bounds; usual: number | null },
): Unit | null {
  const number = read(typed);
  if (!number) return null;
  const within = (value: number): boolean => value >= bounds.from && value <= bounds.to;
  const mine = unit.kept(number);
  const better = (one: Unit): boolean => {
    const other = one.kept(number);
    if (one.name === unit.name || !within(other)) return false;
    return !within(mine) || (usual !== null && far(other, usual) < far(mine, usual));
  };
  return units.find(better) ?? null;
}
