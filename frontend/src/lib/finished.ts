/** A finished log as it waits in the outbox, with the id it keeps for good. */
import { v7 as newId } from "uuid";
import { daysBetween, withOffset } from "./calendar";
import type { Waiting } from "./kept";
import type { Advice, Facts, LogToSend, Shown } from "./types";

type NewLog = {
  patient: string;
  day: string;
  facts: Facts;
  corrects: string | null;
  shown: Shown | null;
  advice: Advice | null;
  dueMinutes: number | null;
  now: Date;
};

const dueAt = (now: Date, minutes: number | null): string | null =>
  minutes === null ? null : new Date(now.getTime() + minutes * 60_000).toISOString();

/** The date that the clock showed which wrote this time, such as 2026-05-14 of 2026-05-14T23:50:00-04:00. */
const dateOf = (moment: string): string => moment.slice(0, 10);

/**
 * The answers as they are sent. A reading keeps its time only where that lies on the day of the log, the day before or
 * the day after: anything else comes from a clock that was wrong, or from a log moved to the day the patient chose.
 */
function asSent(facts: Facts, day: string): Facts {
  if (!facts.blood_pressure) return facts;
  const blood_pressure = facts.blood_pressure.map(({ taken_at, ...reading }) =>
    taken_at && Math.abs(daysBetween(dateOf(taken_at), day)) <= 1 ? { ...reading, taken_at } : reading,
  );
  return { ...facts, blood_pressure };
}

/** A finished log, ready to be kept and sent. Its id is made here, once, and stays the same for every attempt. */
export function finished(made: NewLog, newest?: string): Waiting {
  const { day, facts, corrects, shown } = made;
  const log: LogToSend = {
    day,
    facts: asSent(facts, day),
    corrects,
    written_at: withOffset(made.now),
    shown,
  };
  const waiting: Waiting = {
    id: idAfter(newest),
    patient: made.patient,
    log,
    advice: made.advice,
    due_at: dueAt(made.now, made.dueMinutes),
    saved_at: made.now.toISOString(),
    refusal: null,
  };
  return JSON.parse(JSON.stringify(waiting)) as Waiting;
}

/** An id later than the newest that waits: ids keep the order of writing also when the phone's clock is set back. */
export function idAfter(newest: string | undefined): string {
  const id = newId();
  if (!newest || id > newest) return id;
  return newId({ msecs: parseInt(newest.replaceAll("-", "").slice(0, 12), 16) + 1 });
}
