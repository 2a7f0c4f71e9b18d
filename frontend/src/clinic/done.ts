/** What the team, and the patient, did before: one line each, newest first. */
import { clockTime, dayOf, fullDay, monthDay, type Zone } from "./calendar";
import { askedWords } from "./guide/words";
import { shortName } from "./people";
import type { Contact, Patient } from "./wire";
import { type Key, say, wordFor } from "./words";

export type DoneLine = {
  at: string;
  what: string;
  note: string;
  next: string;
  aside?: string;
  about?: string;
  asked?: string;
};
/** Each contact once, also where it was about several alerts. */
export const wholeContacts = (all: readonly Contact[]): Contact[] =>
  all.filter((contact) => contact.part_of === null);
type DayAndTime = (at: string) => string;

/** "Wed, Nov 11, 09:17" in that zone. */
export function dayAndTime(at: string, zone: Zone): string {
  const moment = Date.parse(at);
  return `${fullDay(dayOf(moment, zone))}, ${clockTime(moment, zone)}`;
}

/** "Next: We call you again, by Fri, May 15, 09:30." */
function next({ next_step, next_on, next_at }: Contact, when: DayAndTime): string {
  if (!next_step) return "";
  const step = next_step.replace(/[.\s]+$/, "");
  if (next_at) return say("patient.next_at", { step, day: when(next_at) });
  return next_on ? say("patient.next_by", { step, day: fullDay(next_on) }) : say("patient.next", { step });
}

/** "Diarrhea, high blood pressure": every symptom one contact was about; empty where no alert asked for it. */
function aboutWhat(contact: Contact, all: readonly Contact[]): string {
  const parts = [contact, ...all.filter((one) => one.part_of === contact.id)];
  const symptoms = parts.map((one) => one.symptom).filter((symptom) => symptom !== null);
  return symptoms.map((symptom) => wordFor("symptom", symptom)).join(", ");
}

function contacts(who: Patient, when: DayAndTime): DoneLine[] {
  return wholeContacts(who.contacts).map((contact) => {
    const what = say(`outcome_done.${contact.outcome}` as Key, { name: shortName(contact.by) });
    const line = say("patient.done_on", { day: when(contact.at), what });
    return {
      at: contact.at,
      what: line,
      about: aboutWhat(contact, who.contacts),
      asked: askedWords(contact.asked),
      note: contact.note,
      next: next(contact, when),
      aside: contact.set_aside && say("patient.set_aside", { reason: contact.set_aside }),
    };
  });
}

/** One call may be about several alerts. */
function calls(who: Patient, when: DayAndTime): DoneLine[] {
  const times = new Set(who.alerts.map((alert) => alert.called_at).filter((at) => at !== null));
  const name = shortName(who.name);
  return [...times].map((at) => ({
    at,
    what: say("called.done", { day: when(at), name }),
    note: "",
    next: "",
  }));
}

function reopenings(who: Patient, when: DayAndTime): DoneLine[] {
  return who.alerts.flatMap(({ reopened, symptom }) => {
    if (!reopened) return [];
    const values = {
      day: when(reopened.at),
      name: shortName(reopened.by),
      symptom: wordFor("symptom", symptom),
    };
    return [{ at: reopened.at, what: say("patient.reopened", values), note: reopened.note, next: "" }];
  });
}

/** The note of a grade that came with a contact stands at the contact already. */
function grades(who: Patient, when: DayAndTime): DoneLine[] {
  const noted = new Set(who.contacts.map((contact) => contact.at));
  return who.grades.map(({ at, by, symptom, day, grade, estimate, note }) => {
    const values = { name: shortName(by), symptom: wordFor("symptom", symptom), of: monthDay(day), grade };
    const words = say("grade.done", { ...values, day: when(at) });
    const answers = estimate === null ? "" : say("grade.estimate", { grade: estimate });
    return { at, what: `${words} ${answers}`.trim(), note: noted.has(at) ? "" : note, next: "" };
  });
}

export function doneBefore(who: Patient, zone: Zone): DoneLine[] {
  const when: DayAndTime = (at) => dayAndTime(at, zone);
  const all = [...contacts(who, when), ...calls(who, when), ...reopenings(who, when), ...grades(who, when)];
  return all.sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
}
