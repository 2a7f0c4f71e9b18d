/** Whether a log holds more than doses: Today asks it, without the steps of the log. */
import type { Facts } from "../../lib/types";

const OF_DOSES = ["adherence", "missed_reason", "stopping_reason"];

/**
 * True when nothing but the doses or warning signs was answered, as after "Thinking of stopping" or after signs ticked
 * beside a message: the other questions are still open.
 */
export function onlyDoses(facts: Facts): boolean {
  const known = facts.warning_signs?.length ? [...OF_DOSES, "warning_signs"] : OF_DOSES;
  return Object.entries(facts).every(([fact, answer]) => answer === undefined || known.includes(fact));
}
