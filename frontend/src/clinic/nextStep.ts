/** What comes next, as a nurse chooses it: a coded sentence or her own words, a day, and an hour on the clinic's clock. */
import { clockTime, dayOf, monthDay, weekday } from "./calendar";
import { clockOf } from "./roster/times";
import type { NextCode, PlainContactInput } from "./wire";
import { codes, say } from "./words";

export const OWN_WORDS = "own_words";

export type NextStepForm = {
  /** "" while nothing was agreed. */
  next_code: NextCode | typeof OWN_WORDS | "";
  /** Her own words; sent only where she chose to use them. */
  next_step: string;
  next_on: string;
  /** As typed: "930", "9:30". */
  next_time: string;
};
type Mends = Record<string, string>;

export const NO_STEP: NextStepForm = { next_code: "", next_step: "", next_on: "", next_time: "" };
/** A promise without a day is nothing to be held to. The server says the same. */
const NEEDS_DAY = new Set<string>(["call_again", "prescriber_calls", "come_to_clinic", OWN_WORDS]);

/** Every coded next step, in the order of the text file. */
export const nextCodes = (): NextCode[] => codes("next_code") as NextCode[];

/** What was kept in this window before next steps had codes is in the nurse's own words. */
export function asChosen<Form extends NextStepForm>(form: Form): Form {
  return form.next_step && !form.next_code ? { ...form, next_code: OWN_WORDS } : form;
}

/** The coded sentence that was chosen; null for her own words, or none. */
export function codeOf({ next_code }: Pick<NextStepForm, "next_code">): NextCode | null {
  return next_code === "" || next_code === OWN_WORDS ? null : next_code;
}

export function ownWords({ next_code, next_step }: NextStepForm): string {
  return next_code === OWN_WORDS ? next_step.trim() : "";
}

/** Whether it answers what the call guide found. "Nothing more for now" does not. */
export function answersFinding(form: NextStepForm): boolean {
  const code = codeOf(form);
  return code ? code !== "log_as_before" : ownWords(form) !== "";
}

/** What must be mended. `now` is the clinic's clock, "2026-05-14T09:33". */
export function mendsOfStep(form: NextStepForm, now: string): Mends {
  const mends: Mends = {};
  const { next_code, next_on, next_time } = form;
  const [today] = now.split("T") as [string];
  const time = clockOf(next_time);
  if (next_code === OWN_WORDS && !form.next_step.trim()) mends.next_step = say("record.need_words");
  if (!next_code && (next_on || next_time.trim())) mends.next_code = say("record.need_step");
  if (NEEDS_DAY.has(next_code) && !next_on) mends.next_on = say("record.need_day");
  if (next_time.trim() && !time) mends.next_time = say("record.need_hour");
  if (next_time.trim() && next_code && !next_on) mends.next_on = say("record.need_day");
  if (next_on && next_on < today) mends.next_on = say("record.day_past");
  if (time && next_on && `${next_on}T${time}` < now && next_on >= today)
    mends.next_time = say("record.hour_past");
  return mends;
}

type StepInput = Pick<PlainContactInput, "next_code" | "next_step" | "next_on" | "next_time">;

export function stepInput(form: NextStepForm): StepInput {
  if (!form.next_code) return { next_code: null, next_step: "", next_on: null, next_time: null };
  const next_on = form.next_on || null;
  return {
    next_code: codeOf(form),
    next_step: ownWords(form),
    next_on,
    next_time: next_on && clockOf(form.next_time),
  };
}

/** The moment at which clocks in this zone show this time on this day; null for an hour that they skip. For showing
    only: the server makes the moment that is kept. */
export function momentAt(day: string, time: string, zone: string): number | null {
  const wall = Date.parse(`${day}T${time}:00Z`);
  if (Number.isNaN(wall)) return null;
  const shown = (at: number) => Date.parse(`${dayOf(at, zone)}T${clockTime(at, zone)}:00Z`);
  const found = [wall - 86_400_000, wall + 86_400_000]
    .map((near) => wall - (shown(near) - near))
    .filter((at) => shown(at) === wall);
  return found.length ? Math.min(...found) : null;
}

/** The hour that was agreed, as a moment; null without one. */
export function agreedAt(form: NextStepForm, zone: string): number | null {
  const time = form.next_code && form.next_on && clockOf(form.next_time);
  return time ? momentAt(form.next_on, time, zone) : null;
}

/** "Fri, May 15, 06:30 in Los Angeles": the hour on the patient's clock, where it is not the clinic's; else empty. */
export function hourThere(at: number, patient: string, clinic: string): string {
  const day = dayOf(at, patient);
  const time = clockTime(at, patient);
  if (day === dayOf(at, clinic) && time === clockTime(at, clinic)) return "";
  const place = (patient.split("/").pop() ?? patient).replaceAll("_", " ");
  return say("reads.hour_there", { day: `${weekday(day)}, ${monthDay(day)}`, time, place });
}
