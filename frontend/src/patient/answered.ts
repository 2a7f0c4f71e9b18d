/**
 * What the team has answered to a log, alert by alert: "Joan called you at 14:34 about diarrhea. Still waiting: blood
 * pressure." Nothing is said to be read that nobody read, and where nobody was asked, nobody is said to look.
 */
import { clock, shortDay } from "../lib/calendar";
import { calledBy, clockAndDay, didWords, type NextSteps, whatComesNext, whatTheyDid } from "../lib/team";
import { listed, t } from "../lib/texts";
import type { AlertAnswer, TeamAnswer } from "../lib/types";

export type Answered = {
  /** What somebody did about it since the log came in. */
  did: string[];
  next: string | null;
  /** "Still waiting: blood pressure.", where something else is answered or known. */
  waiting: string | null;
  /** What a nurse knows from before, and nobody is asked to look at. */
  known: string[];
  /** Answers the patient has taken back, for which a nurse calls all the same. */
  takenBack: string[];
};
/** `told` is the day that is being told of; `name` gives a symptom in the patient's words. */
type Reader = {
  told: string;
  today: string;
  /** The day of the log, where another day is told of: what comes next is dated by it. */
  day?: string;
  name: (symptom: string) => string | null;
  /** The sentences of coded next steps, in the language on the screen. */
  steps?: NextSteps;
};

const NONE: Answered = { did: [], next: null, waiting: null, known: [], takenBack: [] };
export const IS_WAITING = ["waiting", "overdue"];
const DONE = ["acknowledged", "contacted", "resolved"];

/** Outcomes of a contact in which the patient was spoken with, or is to be seen. */
const SPOKEN = ["spoke_with_patient", "visit_booked", "sent_to_emergency_care"];

/** True when the team has told the patient what to do about all of a log, or has closed it. A message left is not enough. */
export function isAnswered(team: TeamAnswer): boolean {
  const alerts = (team.alerts as AlertAnswer[] | undefined) ?? [];
  const each: Pick<AlertAnswer, "state" | "outcome">[] = alerts.length ? alerts : [team];
  return (
    !!team.reached_at ||
    each.every(
      ({ state, outcome }) =>
        state === "resolved" || (state === "contacted" && SPOKEN.includes(outcome ?? "")),
    )
  );
}

/** Puts together what reads the same but for the symptom: one call may be about several. Screens show the minute. */
function grouped(alerts: AlertAnswer[]): AlertAnswer[][] {
  const groups = new Map<string, AlertAnswer[]>();
  for (const alert of alerts) {
    const { state, by, at, outcome, until } = alert;
    const minute = at && Math.floor(Date.parse(at) / 60_000);
    const same = JSON.stringify(state === "held_back" ? [by, until] : [by, minute, outcome]);
    groups.set(same, [...(groups.get(same) ?? []), alert]);
  }
  return [...groups.values()];
}

function knownWords(group: AlertAnswer[], about: string | null): string {
  const [{ by, until } = { by: null, until: null }] = group;
  const values = { name: calledBy(by), symptom: about ?? "", day: until ? shortDay(until) : "" };
  if (about) return t(until ? "team.knows_about_until" : "team.knows_about", values);
  return t(until ? "team.knows_until" : "team.knows", values);
}

function takenBackWords(alert: AlertAnswer, { told, today, name }: Reader): string {
  const values = {
    symptom: name(alert.symptom) ?? alert.symptom,
    time: clockAndDay(alert.taken_back_at ?? "", told, today),
    due: alert.due_at ? clockAndDay(alert.due_at, told, today) : "",
    name: calledBy(alert.by),
  };
  if (alert.state === "acknowledged") return t("team.taken_back_who", values);
  return t(alert.state === "waiting" && values.due ? "team.taken_back_by" : "team.taken_back", values);
}

/** True while somebody still has to call about an answer that was taken back. */
const stillCalls = ({ taken_back_at, state }: AlertAnswer): boolean =>
  taken_back_at !== null && ["waiting", "overdue", "acknowledged"].includes(state);

/** The sentences about one log. A log kept by an older page has no alerts of its own: then the whole counts. */
export function answeredOf(team: TeamAnswer, reader: Reader): Answered {
  const { told, today, name, day = told, steps } = reader;
  const all = (team.alerts as AlertAnswer[] | undefined) ?? [];
  if (!all.length) {
    const did = whatTheyDid(team, told, today);
    return { ...NONE, did: did ? [did] : [], next: did && whatComesNext(team, day, today, steps) };
  }
  const alerts = all.filter((alert) => !stillCalls(alert));
  const about = (group: AlertAnswer[]): string | null => {
    const names = group.flatMap(({ symptom }) => name(symptom) ?? []);
    return all.length > 1 && names.length ? listed(names) : null;
  };
  const done = grouped(alerts.filter(({ state }) => DONE.includes(state)));
  const known = grouped(alerts.filter(({ state }) => state === "held_back"));
  const waits = alerts.filter(({ state }) => IS_WAITING.includes(state));
  const waiting = waits.length && (done.length || known.length) ? about(waits) : null;
  const next = done.flatMap(([first]) => (first && whatComesNext(first, day, today, steps)) ?? []);
  return {
    did: done.flatMap((group) => (group[0] && didWords(group[0], about(group), { told, today })) ?? []),
    next: next[0] ?? null,
    waiting: waiting && t("team.still_waiting", { symptoms: waiting }),
    known: known.map((group) => knownWords(group, about(group))),
    takenBack: all.filter(stillCalls).map((alert) => takenBackWords(alert, reader)),
  };
}

/** "Sent at 14:24. Nobody has read it yet.", said only where nobody has. */
export function sentWords(team: TeamAnswer, receivedAt: string): string | null {
  const alerts = (team.alerts as AlertAnswer[] | undefined) ?? [];
  const nobody = alerts.every(({ state }) => IS_WAITING.includes(state));
  return nobody ? t("rail.waiting", { time: clock(receivedAt) }) : null;
}
