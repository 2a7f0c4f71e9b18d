/** What Today says below a day that asks for a call. */
import type { Urgency } from "../../lib/types";
import { isAnswered } from "../answered";
import type { Given } from "./of";

/** `urgency`: null where no call is asked for any more. `until`: by when to reach the team. `calledAt`: they have called. */
export type ToCall = { urgency: Urgency | null; until: string | null; calledAt: string | null };

/** Null where no call is needed, or somebody of the team has spoken with the patient. */
export function toCall(given: Given | null, now: Date): ToCall | null {
  const urgency = given?.advice?.urgency;
  if (!given || !urgency || urgency === "self_care" || (given.log && isAnswered(given.log.team))) return null;
  const { calledAt, calledBefore } = given;
  if (calledAt && !calledBefore) return { urgency: null, until: null, calledAt };
  const isLate = given.log?.team.state === "overdue";
  const inTime = !isLate && given.callBy !== null && Date.parse(given.callBy) > now.getTime();
  return { urgency, until: urgency !== "emergency" && inTime ? given.callBy : null, calledAt };
}

/** Whether a day before today asks too: one call is enough for both, but an emergency does not wait for it. */
export function alsoSays(own: ToCall | null, today: ToCall | null): boolean {
  return own !== null && (today === null || own.urgency === "emergency");
}
