/** The days on which the dose was held, by the dose decisions on record. */
import type { DoseDecision } from "../wire";

/** A decision that says the dose goes on as it is changes nothing about a hold. */
const SAYS_NOTHING: DoseDecision["kind"] = "no_change";

/** Whether the last decision that counted on that day was to hold. */
export function isHeld(day: string, decisions: readonly DoseDecision[]): boolean {
  const counting = decisions.filter((one) => one.kind !== SAYS_NOTHING && one.effective_on <= day);
  // Newest first, as the server sends them: of two on one day the later recorded comes first.
  const newest = counting.reduce<DoseDecision | null>(
    (found, one) => (!found || one.effective_on > found.effective_on ? one : found),
    null,
  );
  return newest?.kind === "hold";
}

export type HeldRun<Day> = { first: Day; last: Day };

/** Neighboring held days as one stretch each. */
export function heldRuns<Day extends { held: boolean }>(days: readonly Day[]): HeldRun<Day>[] {
  const runs: HeldRun<Day>[] = [];
  days.forEach((day, i) => {
    if (!day.held) return;
    const run = runs[runs.length - 1];
    if (run && days[i - 1]?.held) run.last = day;
    else runs.push({ first: day, last: day });
  });
  return runs;
}
