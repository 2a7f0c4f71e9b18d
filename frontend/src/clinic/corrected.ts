/** What the patient corrected in the answers behind an alert. The alert, its urgency and its place stay. */
import type { Zone } from "./calendar";
import { timeSaid } from "./called";
import type { Alert } from "./wire";
import { say } from "./words";

/** "Taken back by the patient at 14:24", "Corrected by the patient at 10:02: 6, now 0"; null when nothing was. */
export function correctedWords({ corrected }: Alert, today: string, zone: Zone): string | null {
  if (!corrected) return null;
  const { kind, detail } = corrected;
  const values = { time: timeSaid(corrected.at, today, zone), detail };
  if (kind === "corrected") return say("corrected.corrected", values);
  return say(detail ? "corrected.taken_back_what" : "corrected.taken_back", values);
}
