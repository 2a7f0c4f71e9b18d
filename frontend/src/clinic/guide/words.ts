/** The sentences of the call guide: what was heard, when it is due, and what was asked before. */
import { byWhen, span } from "../clock";
import type { Alert, Urgency } from "../wire";
import { type Key, say } from "../words";
import type { Heard } from "./judge";
import type { Asked } from "./wire";

const RANKS: readonly Urgency[] = ["self_care", "contact_24h", "contact_today", "emergency"];
const MINUTE = 60_000;
/** From here on closing an alert has to say why. The server says the same. */
const ASKS_FOR_A_NOTE: Urgency = "contact_today";

const rank = (urgency: Urgency): number => RANKS.indexOf(urgency);
const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

/** "Dizzy on standing with diarrhea" */
export function whatWasHeard({ signs, symptom }: Heard): string {
  return capital(symptom ? say("ask.with", { signs, symptom }) : signs);
}

/** Whether the alert gets more urgent by it, or only its clock shorter, or neither: it never gets less. */
export function changeOf(heard: Heard, alert: Alert, now: number): "more_urgent" | "sooner" | "none" {
  const more = rank(heard.urgency) - rank(alert.urgency);
  if (more > 0) return "more_urgent";
  return more === 0 && now + heard.minutes * MINUTE < Date.parse(alert.due_at) ? "sooner" : "none";
}

/** "Dizzy on standing with diarrhea: contact today, within 1 h. Due 10:36." */
export function heardWords(heard: Heard, alert: Alert, now: number, zone: string): string {
  const at = Math.min(Date.parse(alert.due_at), now + heard.minutes * MINUTE);
  const values = { what: whatWasHeard(heard), urgency: urgencyWords(heard), time: byWhen(at, now, zone) };
  if (changeOf(heard, alert, now) !== "none") return say("ask.due", values);
  if (rank(heard.urgency) < rank(alert.urgency)) return say("ask.more_urgent_already", values);
  return say(Date.parse(alert.due_at) < now ? "ask.late_already" : "ask.due_already", values);
}

/** "contact today, within 1 h" */
function urgencyWords({ urgency, minutes }: Heard): string {
  const within = minutes % 60 ? span(minutes) : say("span.whole_hours", { h: minutes / 60 });
  return say(`ask.urgency.${urgency}` as Key, { span: within });
}

/** Why closing is refused while the note is empty; empty where it is not. */
export function needsNote(heard: Heard | null): string {
  if (!heard || rank(heard.urgency) < rank(ASKS_FOR_A_NOTE)) return "";
  return say("ask.need_note", { what: whatWasHeard(heard), urgency: urgencyWords(heard) });
}

/** "Asked: no fever, no blood in stool, dizzy on standing."; empty when nothing was answered. */
export function askedWords(asked: readonly Asked[]): string {
  return asked.length ? say("ask.done", { words: asked.map((one) => one.words).join(", ") }) : "";
}
