/** What a nurse records about a contact: what must be filled in, what is sent, and what the patient will see. */
import { v7 as newId } from "uuid";
import { localDay } from "../lib/calendar";
import type { ProblemField, TeamAnswer } from "../lib/types";
import { type NextSteps, whatComesNext, whatTheyDid } from "../lib/team";
import { addDays, clockTime, dayOf, monthDay } from "./calendar";
import { agreedAt, codeOf, mendsOfStep, type NextStepForm, NO_STEP, ownWords, stepInput } from "./nextStep";
import { decisionInput, type DoseForm, emptyDose, mendsOfDose } from "./treatment/decision";
import type { Alert, ContactInput, Grade, Outcome, PlainContactInput } from "./wire";
import { say } from "./words";

/** What is expected of the symptom once the alert is resolved: this grade or less, until that day. */
export interface SnoozeForm {
  on: boolean;
  until: string;
  grade: number;
}

export interface ContactForm extends NextStepForm {
  outcome: Outcome | "";
  note: string;
  grade: number | null;
  /** Answers to the call guide, by question. */
  guide: Record<string, boolean>;
  /** Why what they found needs nothing more. */
  set_aside: string;
  /** Other alerts the contact was also about. */
  also: string[];
  dose: DoseForm;
  snooze: SnoozeForm;
  /** The last attempt to send it: whether that one arrived is not known. */
  tried: { id: string; words: string } | null;
}

/** A sentence for each field that needs mending, by the field's name in the API. */
export type Mends = Record<string, string>;

export const LONGEST_NOTE = 2000;
/** Days. The server says the same. */
export const LONGEST_SNOOZE = 28;
const USUAL_SNOOZE = 7;
const GRADE_NEVER_EXPECTED = 4;

export function emptyForm(today: string): ContactForm {
  const snooze: SnoozeForm = { on: false, until: addDays(today, USUAL_SNOOZE), grade: 1 };
  const dose = emptyDose(today);
  return {
    outcome: "",
    note: "",
    ...NO_STEP,
    grade: null,
    guide: {},
    set_aside: "",
    also: [],
    dose,
    snooze,
    tried: null,
  };
}

/** While nobody has answered, the alert cannot end. */
export function keepsOpen(outcome: Outcome | ""): boolean {
  return outcome === "message_left" || outcome === "could_not_reach";
}

export function asksForDose(form: ContactForm): boolean {
  return form.outcome === "prescriber_informed";
}

function mendsOfDecision(dose: DoseForm): Mends {
  return Object.fromEntries(
    Object.entries(mendsOfDose(dose)).map(([field, words]) => [`dose_decision.${field}`, words]),
  );
}

/** Other open alerts of the patient that one contact may also be about. An emergency has a record of its own. */
export function alsoOf(alert: Alert, all: readonly Alert[]): Alert[] {
  return all.filter((one) => one.id !== alert.id && one.state !== "resolved" && one.urgency !== "emergency");
}

/** Whether the alert may be snoozed: a symptom with a grade, and no emergency. */
export function canBeSnoozed(alert: Alert, estimate: Grade | undefined): boolean {
  return alert.urgency !== "emergency" && typeof estimate === "number";
}

/** The highest grade that may be expected when it is this grade now. */
export function highestExpected(grade: Grade | undefined): number {
  return typeof grade === "number" ? Math.min(grade, GRADE_NEVER_EXPECTED - 1) : 0;
}

/** "Snooze diarrhea until May 18, expecting grade 1 or less." */
export function snoozeWords(symptom: string, snooze: SnoozeForm): string {
  const day = snooze.until ? monthDay(snooze.until) : say("snooze.a_day");
  const words = snooze.grade ? "snooze.offer" : "snooze.offer_zero";
  return say(words, { symptom: symptom.toLowerCase(), day, grade: snooze.grade });
}

function mendsOfSnooze(snooze: SnoozeForm, today: string): Mends {
  const [first, last] = [addDays(today, 1), addDays(today, LONGEST_SNOOZE)];
  if (snooze.until >= first && snooze.until <= last) return {};
  return { "snooze.until": say("snooze.need_until", { first: monthDay(first), last: monthDay(last) }) };
}

/** What must be mended before it is sent; empty when all is well. `now` is the clinic's clock, "2026-05-14T09:33". */
export function mendsOf(form: ContactForm, now: string): Mends {
  const mends: Mends = mendsOfStep(form, now);
  const [today] = now.split("T") as [string];
  if (!form.outcome) mends.outcome = say("record.need_outcome");
  if (form.outcome === "no_action_needed" && !form.note.trim()) mends.note = say("record.need_reason");
  if (form.outcome === "prescriber_informed" && !form.dose.kind && !form.note.trim())
    mends.note = say("record.need_said");
  if (form.note.length > LONGEST_NOTE)
    mends.note = say("record.too_long", { n: LONGEST_NOTE, has: form.note.length });
  if (form.snooze.on && !keepsOpen(form.outcome)) Object.assign(mends, mendsOfSnooze(form.snooze, today));
  if (asksForDose(form) && form.dose.kind) Object.assign(mends, mendsOfDecision(form.dose));
  return mends;
}

/** The form about to be sent. The same words keep their id, so that an attempt whose answer was lost is kept once. */
export function toSend(form: ContactForm, ending: boolean): ContactForm {
  const { tried, ...told } = form;
  const words = JSON.stringify([ending, told]);
  return { ...form, tried: tried?.words === words ? tried : { id: newId(), words } };
}

/** What is sent, whether the alert is resolved by it or stays open. Only what is resolved is snoozed. `shown` are the
    alerts it is about, as the nurse saw them: none is ended that became worse meanwhile. */
export function contactInput(form: ContactForm, resolving: boolean, shown: readonly Alert[]): ContactInput {
  const { on, until, grade } = form.snooze;
  return {
    ...plainInput(form),
    grade: form.grade,
    guide: form.guide,
    set_aside: form.set_aside.trim(),
    also: form.also,
    seen: shown.map(({ id, urgency, grade }) => ({ alert: id, urgency, grade })),
    dose_decision: asksForDose(form) && form.dose.kind ? decisionInput(form.dose) : null,
    snooze: on && resolving ? { expected_grade: grade, until } : null,
  };
}

/** What is sent of a contact that is about no alert: neither grade nor dose nor snooze. */
export function plainInput(form: ContactForm): PlainContactInput {
  return {
    id: form.tried?.id ?? null,
    outcome: form.outcome as Outcome,
    note: form.note.trim(),
    ...stepInput(form),
  };
}

/** The value a mend speaks about, by the field's name in the API. */
function valueAt(form: ContactForm, field: string): unknown {
  const [group, name] = field.split(".");
  if (group === "also") return form.also.join();
  if (group === "snooze") return name === "expected_grade" ? form.snooze.grade : form.snooze.until;
  if (group === "dose_decision" && name === "level") return form.dose.chosen;
  return group === "dose_decision" ? form.dose[name as keyof DoseForm] : form[field as keyof ContactForm];
}

/** Whose words they are, and when they last changed. */
type Mended = { sent: ContactForm; form: ContactForm; asked: Mends; still: Mends };

/**
 * What is left to mend after typing: what is still wrong, and what the server refused and was not changed since.
 * `asked` is what this page found wrong with what was sent: it goes as soon as it is right.
 */
export function leftToMend(mends: Mends, { sent, form, asked, still }: Mended): Mends {
  const left = Object.entries(mends).filter(
    ([field, words]) =>
      still[field] === words ||
      (asked[field] !== words && !(field in still) && valueAt(sent, field) === valueAt(form, field)),
  );
  return Object.fromEntries(left);
}

/** The fields of the form that show what is to be mended beside them. */
const HAVE_A_PLACE = new Set([
  ...[
    "outcome",
    "note",
    "next_code",
    "next_step",
    "next_on",
    "next_time",
    "grade",
    "set_aside",
    "also",
    "snooze",
    "snooze.expected_grade",
    "snooze.until",
  ],
  ...["kind", "drug", "use", "level", "dose", "mg_a_day", "reason", "decided_by", "effective_on"].map(
    (name) => `dose_decision.${name}`,
  ),
]);

/** The server's words at their fields; what names no field of this form stands under "". */
export function mendsFromServer(fields: ProblemField[], detail: string): Mends {
  const mends: Mends = {};
  for (const { field, reason, mend } of fields) {
    const place = HAVE_A_PLACE.has(field) ? field : "";
    mends[place] = [mends[place], say("record.mend", { reason, mend }).trim()].filter(Boolean).join(" ");
  }
  if (!fields.length) mends[""] = detail;
  return mends;
}

/** The clock on the wall in a zone, "2026-05-14T09:33". */
export function wallClock(at: number, zone: string): string {
  return `${dayOf(at, zone)}T${clockTime(at, zone)}`;
}

/** Who records it, when, on which clocks, and the sentences of coded next steps as a patient reads them in English. */
export type Sight = { nurse: string; now: number; clinic: string; patient: string; steps: NextSteps };

/** What the patient's own page will say, in its very words: "Joan called you at 09:33. Next: cream, on Friday."
    Clock times are the patient's, whatever zone this desk computer is set to. */
export function patientSees(form: ContactForm, { nurse, now, clinic, patient, steps }: Sight): string {
  if (!form.outcome) return "";
  const there = (at: number): Date => new Date(wallClock(at, patient));
  const today = localDay(there(now));
  const next = agreedAt(form, clinic);
  const team: TeamAnswer = {
    state: "contacted",
    by: nurse,
    at: there(now).toISOString(),
    outcome: form.outcome,
    next_code: codeOf(form),
    next_step: ownWords(form),
    next_on: (form.next_code && form.next_on) || null,
    next_at: next === null ? null : there(next).toISOString(),
    due_at: null,
    called_at: null,
    reached_at: null,
    can_wait: null,
    until: null,
    alerts: [],
  };
  return [whatTheyDid(team, today), whatComesNext(team, today, today, steps)].filter(Boolean).join(" ");
}
