/** The day after an advice to call: did it come to something? Known from this phone alone, so it needs no signal. */
import { addDays, localDay } from "../../lib/calendar";
import type { CallWaiting, Waiting } from "../../lib/kept";
import type { Advice, Log } from "../../lib/types";
import { isAnswered } from "../answered";
import { currentOf, type Current } from "../days";
import { callAbout } from "./of";

/**
 * The log that is followed up, and the day on which it asked to call: later than its own when it was filled in later.
 * `rules` are those that fired, the most urgent first.
 */
export type FollowUp = { id: string; askedOn: string; rules: string[]; calledAt: string | null };
type Known = { today: string; logs: Log[]; outbox: Waiting[]; calls: Record<string, CallWaiting> };

const LOOK_BACK = 14;

const adviceOf = (current: Current): Advice | null =>
  current.kind === "log" ? current.log.advice : current.entry.advice;

const asksToCall = (current: Current | null): current is Current =>
  current !== null && ["contact_24h", "contact_today"].includes(adviceOf(current)?.urgency ?? "");

/** The day on which the patient read the advice: that on which the log was written, not the one it is about. */
export function askedOn(current: Current): string {
  const writtenAt =
    current.kind === "log" ? (current.log.written_at ?? current.log.received_at) : current.entry.saved_at;
  return localDay(new Date(writtenAt));
}

/**
 * The newest day whose advice was to call, from the day after that advice, until the team has told them what to do.
 * Null as well when today's own advice is to call: that one is asked about tomorrow.
 */
export function followUpOf({ today, logs, outbox, calls }: Known): FollowUp | null {
  if (asksToCall(currentOf(today, logs, outbox))) return null;
  for (let back = 1; back <= LOOK_BACK; back += 1) {
    const day = addDays(today, -back);
    const current = currentOf(day, logs, outbox);
    if (!asksToCall(current) || askedOn(current) >= today) continue;
    const team = current.kind === "log" ? current.log.team : null;
    const call = calls[current.id];
    if ((team && isAnswered(team)) || call?.reached_at) return null;
    const rules =
      current.kind === "log"
        ? current.log.assessment.rules.map((rule) => rule.id)
        : (current.entry.log.shown?.rules ?? []);
    const { calledAt } = callAbout(current.id, { logs, outbox, calls });
    return { id: current.id, askedOn: askedOn(current), rules, calledAt };
  }
  return null;
}
