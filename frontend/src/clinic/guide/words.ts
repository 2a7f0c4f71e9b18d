/** The sentences of the call guide: what was heard, when it is due, and what was asked before. */
import type { Zone } from "../calendar";
import { byWhen, span } from "../clock";
import type { Alert, Urgency } from "../wire";
import { answersFinding, type NextStepForm } from "../nextStep";
import type { ContactForm } from "../record";
import { type Key, say } from "../words";
import type { Heard } from "./judge";
import type { Asked } from "./wire";

const RANKS: readonly Urgency[] = ["self_care", "contact_24h", "contact_today", "emergency"];
const MINUTE = 60_000;

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
export function heardWords(heard: Heard, alert: Alert, now: number, zone: Zone): string {
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

type Answer = NextStepForm & Pick<ContactForm, "outcome" | "set_aside">;

/** Why the alert cannot be closed before what was heard has an answer; empty where it can. The server says the same:
    an emergency is answered by emergency care, anything else by a next step too, and all by a reason. */
export function needsAnswer(heard: Heard | null, form: Answer): string {
  if (!heard || form.set_aside.trim() || form.outcome === "sent_to_emergency_care") return "";
  if (form.next_code === "go_to_emergency") return "";
  const emergency = heard.urgency === "emergency";
  if (!emergency && answersFinding(form)) return "";
  const values = { what: whatWasHeard(heard), urgency: urgencyWords(heard) };
  return say(emergency ? "ask.need_care" : "ask.need_answer", values);
}

/** "Asked: no fever, no blood in stool, dizzy on standing."; empty when nothing was answered. */
export function askedWords(asked: readonly Asked[]): string {
  return asked.length ? say("ask.done", { words: asked.map((one) => one.words).join(", ") }) : "";
}
