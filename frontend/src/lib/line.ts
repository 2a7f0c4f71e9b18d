/** The telephone number that is answered now, also on a phone that has had no signal since the clinic closed. */
import type { Me } from "./types";

type Clinic = Pick<Me["clinic"], "care_line"> & { hours?: Me["clinic"]["hours"] };

/**
 * The line the server named, as long as what it knew then still holds; after that the care line, which is answered at
 * all hours. A phone that last asked before clinics had hours keeps to the care line.
 */
export function lineNow(clinic: Clinic, now: number): string {
  const { hours } = clinic;
  if (!hours) return clinic.care_line;
  const until = hours.opens_at ?? hours.closes_at;
  return until === null || now < Date.parse(until) ? hours.line : clinic.care_line;
}
