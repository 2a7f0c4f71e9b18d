/** What the patient said about calling, in the words of the buttons on their phone. */
import { clockTime, dayOf, recentDay, type Zone } from "./calendar";
import { shortName } from "./people";
import type { Alert, Reopened } from "./wire";
import { say } from "./words";

/** "14:05", "Wed, 14:05" */
export function timeSaid(at: string, today: string, zone: Zone): string {
  const moment = Date.parse(at);
  const day = dayOf(moment, zone);
  const time = clockTime(moment, zone);
  return day === today ? time : say("called.day_and_time", { day: recentDay(day, today), time });
}

/** "Maria says she called at 14:05", without guessing who is she or he; null when nothing was said. */
export function calledWords(alert: Alert, today: string, zone: Zone): string | null {
  const name = shortName(alert.patient.name);
  if (alert.reached_at) return say("called.reached", { name, time: timeSaid(alert.reached_at, today, zone) });
  if (alert.called_at) return say("called.called", { name, time: timeSaid(alert.called_at, today, zone) });
  return null;
}

/** "Reopened by Priya at 09:31: “Called again.”" */
export function reopenedWords({ at, by, note }: Reopened, today: string, zone: Zone): string {
  return say("called.reopened", { name: shortName(by), time: timeSaid(at, today, zone), note });
}
