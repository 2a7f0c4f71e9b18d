/** Clock times and calendar days, always in a named time zone, always with the 24-hour clock. */

const formats = new Map<string, Intl.DateTimeFormat>();

function format(zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = zone + JSON.stringify(options);
  let made = formats.get(key);
  if (!made) {
    made = new Intl.DateTimeFormat("en-US", { ...options, timeZone: zone });
    formats.set(key, made);
  }
  return made;
}

/** A time zone; or the clinic's and a patient's: then clock times name the clinic's zone where the two clocks differ. */
export type Zone = string | { clinic: string; patient: string };
const TIME: Intl.DateTimeFormatOptions = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };

/** The clinic's clock for times about this patient. */
export function zoneFor(clinic: string, patient: string | null | undefined): Zone {
  return patient ? { clinic, patient } : clinic;
}

const clinicOf = (zone: Zone): string => (typeof zone === "string" ? zone : zone.clinic);

/** "09:31"; "09:31 EST" where nurse and patient have different clocks at that moment. */
export function clockTime(at: number, zone: Zone): string {
  const time = format(clinicOf(zone), TIME).format(at);
  return differ(at, zone) ? `${time} ${zoneName(at, clinicOf(zone))}` : time;
}

/** Whether it is another hour, or another day, for the patient. A zone this browser does not know counts as the same. */
function differ(at: number, zone: Zone): boolean {
  if (typeof zone === "string" || zone.clinic === zone.patient) return false;
  const full: Intl.DateTimeFormatOptions = { ...TIME, day: "numeric" };
  try {
    return format(zone.clinic, full).format(at) !== format(zone.patient, full).format(at);
  } catch {
    return false;
  }
}

/** "EST", "GMT+1" */
function zoneName(at: number, zone: string): string {
  const parts = format(zone, { ...TIME, timeZoneName: "short" }).formatToParts(at);
  return parts.find((part) => part.type === "timeZoneName")?.value ?? zone;
}

/** The calendar day at that moment in that zone, "2026-05-14". */
export function dayOf(at: number, zone: Zone): string {
  const parts = format(clinicOf(zone), { year: "numeric", month: "2-digit", day: "2-digit" }).formatToParts(
    at,
  );
  const part = (type: string) => parts.find((p) => p.type === type)?.value ?? "";
  return `${part("year")}-${part("month")}-${part("day")}`;
}

function middayOf(day: string): number {
  return Date.parse(`${day}T12:00:00Z`);
}

/** "May 14" */
export function monthDay(day: string): string {
  return format("UTC", { month: "short", day: "numeric" }).format(middayOf(day));
}

/** "Thu" */
export function weekday(day: string): string {
  return format("UTC", { weekday: "short" }).format(middayOf(day));
}

/** Monday is 0. */
export function weekdayOf(day: string): number {
  return (new Date(middayOf(day)).getUTCDay() + 6) % 7;
}

/** "Thu, May 14" */
export function fullDay(day: string): string {
  return `${weekday(day)}, ${monthDay(day)}`;
}

export function addDays(day: string, n: number): string {
  return new Date(middayOf(day) + n * 86_400_000).toISOString().slice(0, 10);
}

/** Whole calendar days from one day to a later one. */
export function daysBetween(from: string, to: string): number {
  return Math.round((middayOf(to) - middayOf(from)) / 86_400_000);
}

/** "Tue, Nov 10: " before what was reported for another day than today; nothing before what is of today. */
export function dayBefore(day: string, today: string): string {
  return day === today ? "" : `${fullDay(day)}: `;
}

/** The shortest words that cannot be mistaken: "Mon" within the last week, else "May 7". */
export function recentDay(day: string, today: string): string {
  const ago = daysBetween(day, today);
  return ago > 0 && ago < 7 ? weekday(day) : monthDay(day);
}
