/** Whether it can wait, as the patient said; what was not said is never taken for a yes. */
import { shortName } from "./people";
import type { Alert } from "./wire";
import { say } from "./words";

const NO_LOG = "no_log";

/** "Yes", "No", "Not said", "Not asked" on an emergency, "No log" where there is none to ask about. */
export function canWaitWord(alert: Alert): string {
  if (alert.symptom === NO_LOG) return say("waits.no_log");
  if (alert.can_wait !== null) return say(alert.can_wait ? "waits.yes" : "waits.no");
  return say(alert.urgency === "emergency" ? "waits.not_asked" : "waits.not_said");
}

/** "Maria says it cannot wait."; null when nothing was said. */
export function canWaitSentence(alert: Alert): string | null {
  if (alert.can_wait === null) return null;
  return say(alert.can_wait ? "waits.can" : "waits.cannot", { name: shortName(alert.patient.name) });
}
