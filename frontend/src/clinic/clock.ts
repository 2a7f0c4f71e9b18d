/** The due clock of one alert in words, with the share of the time that has passed. */
import { clockTime, dayOf, weekday, type Zone } from "./calendar";
import { lacksContact, passedOnTo, shortName } from "./people";
import type { Alert } from "./wire";
import { say } from "./words";

export interface DueWords {
  words: string;
  /** Under the clock, a few words; on a page of its own the same as a sentence. */
  under: string;
  sentence: string;
  late: boolean;
  /** 0 to 1 of the time allowed that has passed; null when there is no clock to draw. */
  passed: number | null;
}

const MINUTE = 60_000;

/** "41 min", "2 h 41", "6 h 05", "3 days". Minutes are never negative. */
export function span(minutes: number): string {
  if (minutes < 60) return say("span.minutes", { n: minutes });
  if (minutes < 48 * 60)
    return say("span.hours", { h: Math.floor(minutes / 60), m: String(minutes % 60).padStart(2, "0") });
  return say("span.days", { n: Math.floor(minutes / 1440) });
}

/** "4 h", "90 min": how long was allowed. */
function allowed(minutes: number): string {
  return minutes % 60 === 0
    ? say("span.whole_hours", { h: minutes / 60 })
    : say("span.minutes", { n: minutes });
}

/** "12:12" today, "Fri 06:33" on another day. */
export function byWhen(at: number, now: number, zone: Zone): string {
  const day = dayOf(at, zone);
  const time = clockTime(at, zone);
  return day === dayOf(now, zone) ? time : `${weekday(day)} ${time}`;
}

type Under = {
  key:
    | "passed_on"
    | "passed_on_from"
    | "no_contact"
    | "no_contact_late"
    | "second_try"
    | "was"
    | "call_back"
    | "of"
    | "by";
  values: Record<string, string>;
};

function underline(alert: Alert, due: number, late: boolean, now: number, zone: Zone): Under {
  const { at, from } = alert.escalation;
  const to = passedOnTo(alert);
  if (to) {
    const time = at ? byWhen(Date.parse(at), now, zone) : "";
    const values = { name: shortName(to), from: shortName(from ?? ""), time };
    return { key: from ? "passed_on_from" : "passed_on", values };
  }
  const by = byWhen(due, now, zone);
  const values = { span: allowed(alert.due_minutes), time: by };
  if (lacksContact(alert)) return { key: late ? "no_contact_late" : "no_contact", values };
  if (late) return { key: "was", values };
  if (triedInVain(alert)) return { key: "second_try", values };
  if (alert.urgency === "emergency" && alert.due_minutes) return { key: "call_back", values };
  return { key: alert.due_minutes && alert.due_minutes < 24 * 60 ? "of" : "by", values };
}

/** The patient was not reached yet: the last contact was an attempt, made since somebody took the alert. */
function triedInVain({ state, acknowledged_at, last_contact, needs_contact }: Alert): boolean {
  if (state !== "acknowledged" || needs_contact || !last_contact || !acknowledged_at) return false;
  return (
    last_contact.at >= acknowledged_at && ["could_not_reach", "message_left"].includes(last_contact.outcome)
  );
}

/** The words of the clock of an open or acknowledged alert at the moment `now`. */
export function dueWords(alert: Alert, now: number, zone: Zone): DueWords {
  const due = Date.parse(alert.due_at);
  const left = due - now;
  const late = left < 0;
  const { key, values } = underline(alert, due, late, now, zone);
  const below = {
    under: say(`due.${key}`, values).trim(),
    sentence: say(`due_sentence.${key}`, values).replace(" .", "."),
  };
  if (late)
    return {
      words: say("due.late", { span: span(Math.floor(-left / MINUTE)) }),
      ...below,
      late,
      passed: null,
    };
  const total = alert.due_minutes * MINUTE || due - Date.parse(alert.raised_at);
  const passed = total > 0 ? Math.min(1, Math.max(0, 1 - left / total)) : 1;
  return { words: say("due.left", { span: span(Math.floor(left / MINUTE)) }), ...below, late, passed };
}

/** "4 s", "2 min": how long ago the list was last confirmed by the server. */
export function agoWords(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  return seconds < 60 ? say("span.seconds", { n: seconds }) : span(Math.floor(seconds / 60));
}
