/**
 * Calendar days and clock times. A day is a plain string, YYYY-MM-DD: the day on the patient's own calendar when
 * the log was opened. It is stored as it is and never converted, wherever the patient travels.
 * How days, clock times and numbers are written is up to the language on the screen.
 */
import { spoken } from "./language.svelte";

const pad = (n: number): string => String(n).padStart(2, "0");

/** The calendar day on this phone at that moment. */
export function localDay(at: Date): string {
  return `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}`;
}

/** True for a day that exists, written YYYY-MM-DD. */
export function isDay(text: string | undefined): text is string {
  if (!text || !/^\d{4}-\d\d-\d\d$/.test(text) || Number.isNaN(midday(text))) return false;
  return addDays(text, 0) === text; // February 30 would be read as a day of March
}

function midday(day: string): number {
  return Date.parse(`${day}T12:00:00Z`);
}

/** The day so many days later; negative for earlier. */
export function addDays(day: string, days: number): string {
  return new Date(midday(day) + days * 86_400_000).toISOString().slice(0, 10);
}

/** How many calendar days from `earlier` to `later`; negative when they are the other way round. */
export function daysBetween(earlier: string, later: string): number {
  return Math.round((midday(later) - midday(earlier)) / 86_400_000);
}

/** The moment with this phone's offset, "2026-05-14T08:12:05-04:00": it says what the patient's clock showed. */
export function withOffset(at: Date): string {
  const minutes = -at.getTimezoneOffset();
  const sign = minutes < 0 ? "-" : "+";
  const offset = `${sign}${pad(Math.floor(Math.abs(minutes) / 60))}:${pad(Math.abs(minutes) % 60)}`;
  return `${localDay(at)}T${pad(at.getHours())}:${pad(at.getMinutes())}:${pad(at.getSeconds())}${offset}`;
}

type Form = Intl.DateTimeFormatOptions;
const DAY: Form = { month: "long", day: "numeric", timeZone: "UTC" };
const LONG_DAY: Form = { ...DAY, weekday: "long" };
const SHORT_DAY: Form = { ...DAY, weekday: "short", month: "short" };
const DAY_AND_YEAR: Form = { ...DAY, year: "numeric" };
const WEEKDAY: Form = { weekday: "long", timeZone: "UTC" };
const CLOCK: Form = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };

const formats = new Map<string, Intl.DateTimeFormat>();

/** The format of the language on the screen. Each is made once: making one takes longer than using it. */
function written(form: Form): Intl.DateTimeFormat {
  const name = spoken.language + JSON.stringify(form);
  const format = formats.get(name) ?? new Intl.DateTimeFormat(spoken.language, form);
  formats.set(name, format);
  return format;
}

/** "14:05" on this phone's clock. */
export function clock(at: string | number | Date): string {
  return written(CLOCK).format(new Date(at));
}

/** "Thursday, May 14" */
export function longDay(day: string): string {
  return written(LONG_DAY).format(midday(day));
}

/** "Thu, May 14" */
export function shortDay(day: string): string {
  return written(SHORT_DAY).format(midday(day));
}

/** "May 14, 1962" */
export function dayAndYear(day: string): string {
  return written(DAY_AND_YEAR).format(midday(day));
}

/** "Friday" */
export function weekday(day: string): string {
  return written(WEEKDAY).format(midday(day));
}

/** 1250.5 as "1,250.5" */
export function numeral(number: number): string {
  return new Intl.NumberFormat(spoken.language).format(number);
}
