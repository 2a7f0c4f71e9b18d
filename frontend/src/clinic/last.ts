/** The last contact with a patient, as a row of the worklist has room for it. */
import { clockTime, dayOf, recentDay, type Zone } from "./calendar";
import { shortName } from "./people";
import type { Alert } from "./wire";
import { say, wordFor } from "./words";

/** "09:33, Joan" today, "Mon, Joan" before, and what came of it. */
export function lastWords(
  contact: Alert["last_contact"],
  today: string,
  zone: Zone,
): { when: string; what: string } {
  if (!contact) return { when: say("worklist.last_never"), what: "" };
  const at = Date.parse(contact.at);
  const day = dayOf(at, zone);
  const when = day === today ? clockTime(at, zone) : recentDay(day, today);
  return { when: `${when}, ${shortName(contact.by)}`, what: wordFor("outcome_short", contact.outcome) };
}
