/** Whether this browser's rules of time zones agree with the server's, which count. Browsers bring a copy of their own. */
export type TimeZone = { name: string; offsets: readonly { at: string; minutes: number }[] };

/** Minutes ahead of UTC in this zone at this moment, by the browser's rules. Throws RangeError for an unknown zone. */
export function minutesAhead(at: number, zone: string): number {
  const format = new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "longOffset" });
  const name = format.formatToParts(at).find((part) => part.type === "timeZoneName")?.value ?? "";
  const [, sign, hours, minutes = "0"] = /([+-])(\d+):?(\d+)?/.exec(name) ?? [];
  return hours ? (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) : 0;
}

/** True when the browser shows another clock time than the server now, or after any change of clocks it knows of. */
export function clocksDiffer(zone: TimeZone | null | undefined): boolean {
  try {
    return !!zone?.offsets.some(({ at, minutes }) => minutesAhead(Date.parse(at), zone.name) !== minutes);
  } catch {
    return true;
  }
}
