/** The units people read a measured number in, and the way to the unit the log keeps. */
import { recall, remember } from "./remembered";

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
/** The units of the log, kg and °C, or the others people use, lb and °F. */
export type Units = "kept" | "other";

/** Those this person uses: as chosen on this phone, else as people do in the region of their clinic. */
export function unitsUsed(region: string | null | undefined): Units {
  const chosen = recall(REMEMBERED);
  return chosen === "other" || chosen === "kept" ? chosen : unitsOfRegion(region);
}

/** Those people use in a region. The server writes its advice in them. */
export const unitsOfRegion = (region: string | null | undefined): Units =>
  region === "US" ? "other" : "kept";

/** The unit this person uses for a number kept in `kept`. */
export function unitOf(kept: string | undefined, region: string | null | undefined): Unit {
  const units = unitsOf(kept);
  return (unitsUsed(region) === "other" && units[1]) || units[0]!;
}

/** Keeps the choice between the two on this phone: who reads °F also reads lb. */
export function rememberUnit(kept: string | undefined, unit: Unit): void {
  remember(REMEMBERED, unit.name === kept ? "kept" : "other");
}
