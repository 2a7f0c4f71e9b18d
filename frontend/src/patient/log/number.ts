/** A typed number: read as people write it, checked against the bounds of the protocol, shown in the unit they use. */

import { recall, remember } from "../../lib/remembered";
export type Bounds = { from: number; to: number };
export type Misread = "missing" | "not_whole" | "out_of_range";

/** "38,5" and "38.5" are the same number; null when it is none. */
export function read(typed: string): number | null {
  const text = typed.trim().replace(",", ".");
  return /^\d+(\.\d+)?$/.test(text) ? Number(text) : null;
}

/** Why what was typed cannot be taken, or null. Both bounds belong to what may be taken. */
export function misread(typed: string, { from, to }: Bounds, whole: boolean): Misread | null {
  const value = read(typed);
  if (value === null) return "missing";
  if (value < from || value > to) return "out_of_range";
  return whole && !Number.isInteger(value) ? "not_whole" : null;
}

/** True when the number is within its bounds and no further digit could follow: "152", or "96" where 960 is too much. */
export function isComplete(typed: string, { from, to }: Bounds): boolean {
  const value = /^\d+$/.test(typed) ? Number(typed) : NaN;
  return value >= from && value <= to && value * 10 > to;
}

/** A unit a person reads, and the way from it to the unit the log keeps, and back. */
export type Unit = { name: string; kept: (shown: number) => number; shown: (kept: number) => number };

const same = (value: number): number => value;
const hundredths = (value: number): number => Math.round(value * 100) / 100;
const tenths = (value: number): number => Math.round(value * 10) / 10;

const AS_KEPT = (name: string): Unit => ({ name, kept: same, shown: same });
const POUND = 0.45359237; // kilograms, by definition
const OTHERS: Record<string, Unit> = {
  "°C": {
    name: "°F",
    kept: (fahrenheit) => hundredths((fahrenheit - 32) / 1.8),
    shown: (celsius) => tenths(celsius * 1.8 + 32),
  },
  kg: {
    name: "lb",
    kept: (pounds) => hundredths(pounds * POUND),
    shown: (kilograms) => tenths(kilograms / POUND),
  },
};

/** The units a number may be typed in: the one the log keeps, then the other one people use. */
export function unitsOf(kept: string | undefined): Unit[] {
  const other = kept === undefined ? undefined : OTHERS[kept];
  return [AS_KEPT(kept ?? ""), ...(other ? [other] : [])];
}

const REMEMBERED = "units";

/** The unit this person uses: as chosen on this phone, else as people do in the region of their clinic. */
export function unitOf(kept: string | undefined, region: string | undefined): Unit {
  const units = unitsOf(kept);
  const chosen = recall(REMEMBERED) ?? (region === "US" ? "other" : "kept");
  return (chosen === "other" && units[1]) || units[0]!;
}

/** Keeps the choice between the two on this phone: who reads °F also reads lb. */
export function rememberUnit(kept: string | undefined, unit: Unit): void {
  remember(REMEMBERED, unit.name === kept ? "kept" : "other");
}

/** Bounds in the unit shown, rounded inwards, so that whatever they let through can be kept. */
export function shownBounds({ from, to }: Bounds, unit: Unit): Bounds {
  const [low, high] = [unit.shown(from), unit.shown(to)];
  return {
    from: unit.kept(low) < from ? tenths(low + 0.1) : low,
    to: unit.kept(high) > to ? tenths(high - 0.1) : high,
  };
}
