/** The rail: one entry per calendar day, made from what the server has and what still waits on this phone. */
import { addDays, daysBetween } from "../lib/calendar";
import type { Waiting } from "../lib/kept";
import type { Facts, Log } from "../lib/types";

export type DayState =
  "not_sent" | "waiting" | "overdue" | "held_back" | "needs_help" | "seen" | "quiet" | "no_log";
export type Current =
  | { kind: "waiting"; id: string; facts: Facts; entry: Waiting }
  | { kind: "log"; id: string; facts: Facts; log: Log };
export type Day = { day: string; state: DayState; current: Current | null; refused: Waiting | null };

/** What counts for a day: a log waiting on this phone before one the server has, the newest of each. */
export function currentOf(day: string, logs: Log[], outbox: Waiting[]): Current | null {
  const entry = outbox.filter((waiting) => waiting.log.day === day && !waiting.refusal).at(-1);
  if (entry) return { kind: "waiting", id: entry.id, facts: entry.log.facts, entry };
  const log = logs
    .filter((candidate) => candidate.day === day)
    .reduce<Log | null>((newest, next) => (newest && newest.revision > next.revision ? newest : next), null);
  return log ? { kind: "log", id: log.id, facts: log.facts, log } : null;
}

function refusedOf(day: string, outbox: Waiting[]): Waiting | null {
  return outbox.filter((waiting) => waiting.log.day === day && waiting.refusal).at(-1) ?? null;
}

/**
 * The answers of a day, or null for a day without a log. Answers the server refused count when nothing else is
 * known of that day: the patient did give them.
 */
export function factsOfDay(day: string, logs: Log[], outbox: Waiting[]): Facts | null {
  return currentOf(day, logs, outbox)?.facts ?? refusedOf(day, outbox)?.log.facts ?? null;
}

/** True when the answers ask for contact, or were never judged: until they are sent, only a call tells the team. */
export function asksForContact(entry: Waiting): boolean {
  return entry.advice?.urgency !== "self_care";
}

export type Basis = { facts: Facts; corrects: string | null; replaces: string | null };

/** What a change of a day starts from: its answers, the log it corrects, the refused log it stands in for. */
export function basisOf(day: string, logs: Log[], outbox: Waiting[]): Basis {
  const current = currentOf(day, logs, outbox);
  const refused = refusedOf(day, outbox);
  const corrects = current?.id ?? null;
  if (refused)
    return {
      facts: refused.log.facts,
      corrects: refused.refusal?.existing ?? corrects,
      replaces: refused.id,
    };
  return { facts: current?.facts ?? {}, corrects, replaces: null };
}

const OF_TEAM: Record<Log["team"]["state"], DayState> = {
  not_needed: "quiet",
  waiting: "waiting",
  overdue: "overdue",
  held_back: "held_back",
  acknowledged: "seen",
  contacted: "seen",
  resolved: "seen",
};

/** How a day stands: what needs the patient's help comes before everything else. */
export function dayOn(day: string, logs: Log[], outbox: Waiting[]): Day {
  const refused = refusedOf(day, outbox);
  const current = currentOf(day, logs, outbox);
  const known: DayState = !current
    ? "no_log"
    : current.kind === "waiting"
      ? "not_sent"
      : OF_TEAM[current.log.team.state];
  return { day, current, refused, state: refused ? "needs_help" : known };
}

/** How many days back a log may be written; the server refuses older ones. */
export const DAYS_BACK = 14;

/** True for today and the days before it that the server still takes. */
export function canBeLogged(day: string, today: string): boolean {
  const back = daysBetween(day, today);
  return back >= 0 && back <= DAYS_BACK;
}

/**
 * True for a day that only a wrong clock can show: too long before the last day that the server named. Nobody knows
 * which day such answers are for; the patient is asked.
 */
export function cannotBe(day: string, lastKnownDay: string): boolean {
  return lastKnownDay !== "" && daysBetween(day, lastKnownDay) > DAYS_BACK;
}

/** The days of refused logs that are not among those shown: a wrong clock wrote them. */
export function strayDays(shown: Day[], refused: Waiting[], logs: Log[], outbox: Waiting[]): Day[] {
  const known = new Set(shown.map(({ day }) => day));
  const stray = new Set(refused.map(({ log }) => log.day).filter((day) => !known.has(day)));
  return [...stray].sort().map((day) => dayOn(day, logs, outbox));
}

/** The last `count` days, newest first. */
export function daysFrom(today: string, count: number, logs: Log[], outbox: Waiting[]): Day[] {
  return Array.from({ length: count }, (_, back) => dayOn(addDays(today, -back), logs, outbox));
}
