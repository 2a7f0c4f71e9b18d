/** ISO 8601 durations as the protocol writes them (PT15M, PT4H, P7D), in minutes. Mirrors duration.py. */
export function minutes(duration: string | null | undefined): number | null {
  if (duration === null || duration === undefined) return null;
  const found = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?$/.exec(duration);
  if (!found) throw new Error(`${duration} is not a duration such as PT4H`);
  const [days, hours, rest] = [found[1], found[2], found[3]].map((part) => Number(part ?? 0));
  return (days! * 24 + hours!) * 60 + rest!;
}
