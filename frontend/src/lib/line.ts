/** The telephone number that is answered now, also on a phone that has had no signal for days. */
import type { Me } from "./types";

type Hours = Omit<Me["clinic"]["hours"], "lines"> & Partial<Pick<Me["clinic"]["hours"], "lines">>;
type Clinic = Pick<Me["clinic"], "care_line"> & { hours?: Hours };

/**
 * The line the server named for this moment. After the time the server knew of, the care line, which is answered at all
 * hours; so too on a phone that last asked before clinics had hours.
 */
export function lineNow({ care_line, hours }: Clinic, now: number): string {
  if (!hours) return care_line;
  const began = (hours.lines ?? []).filter(({ from }) => Date.parse(from) <= now);
  if (began.length) return began.at(-1)?.line ?? care_line;
  const until = hours.opens_at ?? hours.closes_at;
  return until === null || now < Date.parse(until) ? hours.line : care_line;
}
