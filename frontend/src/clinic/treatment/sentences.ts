/** Figures, gaps and intentions in sentences; what is not known says so. */
import { fullDay, monthDay } from "../calendar";
import { shortName } from "../people";
import { type Key, say, wordFor } from "../words";
import type { Course, Decision, Gap, Intention, Share } from "./wire";

/** "93 %", or that it is not known. */
export function percent(share: Share): string {
  return share.share === null
    ? say("patient.unknown")
    : say("treatment.percent", { n: Math.round(share.share * 100) });
}

/** How the share was counted: "11200 of 16000 mg over 20 days; 4 days not known." */
export function counted(share: Share): string {
  const n = share.days_not_known;
  if (share.share === null) return say("treatment.not_counted");
  const words = say("treatment.counted", {
    taken: grouped(share.taken_mg),
    planned: grouped(share.planned_mg),
    days: share.days,
  });
  const silent = say(n === 1 ? "treatment.day_not_known" : "treatment.days_not_known", { n });
  return n ? `${words} ${silent}` : words;
}

const grouped = (mg: number): string => Math.round(mg).toLocaleString("en-US");

export function daysOnDrug(course: Course): string {
  const { days, days_on_hold, days_on_drug } = course.figures;
  return say(days_on_hold ? "treatment.days_but_hold" : "treatment.days_all", {
    days,
    days_on_hold,
    days_on_drug,
  });
}

export function gapWords(gap: Gap): string {
  const days = say(gap.days === 1 ? "treatment.gap_day" : "treatment.gap_days", { n: gap.days });
  const span = gap.last
    ? say("treatment.from_to", { first: monthDay(gap.first), last: monthDay(gap.last), days })
    : say("treatment.since", { first: monthDay(gap.first), days });
  const silent = gap.unanswered ? ` ${say("treatment.gap_unanswered", { n: gap.unanswered })}` : "";
  return `${wordFor("treatment.gap", gap.kind)}: ${span}${silent}`;
}

/** "Reduction to 400 mg once a day from Tue, May 5" */
export function decidedWords(decision: Decision): string {
  const kind = wordFor("dose_kind", decision.kind);
  const dose = doseWords(decision);
  return say("treatment.decided", { kind, dose: dose && ` ${dose}`, day: fullDay(decision.effective_on) });
}

function doseWords({ kind, drug, dose }: Decision): string {
  if (drug) return say("treatment.to_drug", { drug, dose });
  if (!dose) return "";
  return say(kind === "start" ? "treatment.with_dose" : "treatment.to_dose", { dose });
}

/** The decision by which a course began, where it was a switch from another drug. */
export function beganWith(
  course: Course,
  all: readonly Course[],
): { from: Course; decision: Decision } | null {
  for (const from of all) {
    const decision = from.decisions.find(
      (one) => !one.withdrawn && one.drug === course.drug && one.effective_on === course.started_on,
    );
    if (decision) return { from, decision };
  }
  return null;
}

/** Only what nothing stands on is offered to be taken back: the newest decision, and one that changed nothing. */
export function mayBeTakenBack(decision: Decision, course: Course): boolean {
  if (decision.withdrawn) return false;
  const newest = course.decisions.find((one) => !one.withdrawn && one.kind !== "no_change");
  return decision.kind === "no_change" || decision.id === newest?.id;
}

export function decidedBy(decision: Decision): string {
  const [by, recorder] = [shortName(decision.decided_by), shortName(decision.recorded_by)];
  return by === recorder
    ? say("treatment.decided_recorded", { by })
    : say("treatment.decided_by", { by, recorder });
}

/** What was said, what the team did, what was decided: each a sentence. */
export function intentionWords(one: Intention): string[] {
  const reason = one.reason ? wordFor("stopping_reason", one.reason).toLowerCase() : "";
  const said = say(`treatment.said.${one.rule}`, { day: fullDay(one.day) });
  return [
    reason ? `${said} ${say("treatment.because", { reason })}` : `${said} ${say("treatment.no_reason")}`,
    contactWords(one),
    decisionWords(one),
  ];
}

function contactWords(one: Intention): string {
  if (!one.outcome) return say(one.state === "open" ? "treatment.nobody_yet" : "treatment.no_contact_yet");
  return say(`outcome_done.${one.outcome}` as Key, { name: shortName(one.contact_by ?? "") });
}

function decisionWords(one: Intention): string {
  if (!one.decision || !one.decision_on) return say("treatment.no_decision");
  const kind = wordFor("dose_kind", one.decision).toLowerCase();
  return say("treatment.then", { kind, day: monthDay(one.decision_on) });
}
