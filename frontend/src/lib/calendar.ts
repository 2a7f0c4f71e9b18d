/**
 * Calendar days and clock times. A day is a plain string, YYYY-MM-DD: the day on the patient's own calendar when
 * the log was opened. It is stored as it is and never converted, wherever the patient travels.
 */

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

/** "14:05" on this phone's clock. */
export function clock(at: string | number | Date): string {
  const moment = new Date(at);
  return `${pad(moment.getHours())}:${pad(moment.getMinutes())}`;
}

/** "Thursday, May 14" */
export function longDay(day: string, language: string): string {
  const options = { weekday: "long", month: "long", day: "numeric", timeZone: "UTC" } as const;
  return new Intl.DateTimeFormat(language, options).format(midday(day));
}

/** "Thu, May 14" */
export function shortDay(day: string, language: string): string {
  const options = { weekday: "short", month: "short", day: "numeric", timeZone: "UTC" } as const;
  return new Intl.DateTimeFormat(language, options).format(midday(day));
}

/** "Friday" */
export function weekday(day: string, language: string): string {
  return new Intl.DateTimeFormat(language, { weekday: "long", timeZone: "UTC" }).format(midday(day));
}
