/** What the answers of a call mean, by the patient's protocol: a Yes to a warning sign counts as if she had logged it. */
import { compose, evaluate, type Assessment, type Facts, type Fired, type Protocol } from "../../protocol";
import { joined } from "../../protocol/wording";
import { addDays, dayOf, daysBetween } from "../calendar";
import type { Alert, DayLog, Patient, Urgency } from "../wire";
import type { Answers, Question } from "./wire";

export { explain, load } from "../../protocol";

/** What is known of the patient beside the answers: the alert's day first, null where there is no log. */
export type Known = {
  days: (Facts | null)[];
  baseline: Record<string, number | null>;
  reviewed: { symptom: string; days_ago: number; grade: number | null }[];
};
/** The most urgent rule that speaks of a sign answered with Yes, in the protocol's words. */
export type Heard = {
  rule: string;
  urgency: Urgency;
  /** "dizzy on standing", "diarrhea"; the symptom is empty where the sign stands alone. */
  signs: string;
  symptom: string;
  /** Within how many minutes a nurse has to act. */
  minutes: number;
  /** What the patient is told in an emergency; else empty. `{emergency_number}` stays in it. */
  tell: string;
};
export type Judgment = {
  heard: Heard | null;
  /** Questions whose answer worries and that no rule judges: they are the nurse's to judge. */
  unjudged: Question[];
};

const LOOKED_BACK = 28;

/** The case of an alert: its day, the days before, the usual values, and what nurses have closed lately. */
export function knownOf(alert: Pick<Alert, "day">, patient: Patient, logs: readonly DayLog[]): Known {
  const byDay = new Map(logs.map((log) => [log.day, log.facts as Facts]));
  const days = Array.from({ length: LOOKED_BACK }, (_, ago) => byDay.get(addDays(alert.day, -ago)) ?? null);
  const reviewed = patient.alerts
    .filter((one) => one.resolved_at !== null && one.grade !== null)
    .map((one) => {
      const on = dayOf(Date.parse(one.resolved_at ?? ""), patient.time_zone);
      return { symptom: one.symptom, days_ago: daysBetween(on, alert.day), grade: one.grade };
    })
    .filter((one) => one.days_ago >= 0);
  return { days, baseline: { ...patient.baseline }, reviewed };
}

/** Judge the answers. Pure; nothing answered, and every No, changes nothing. */
export function judge(
  protocol: Protocol,
  known: Known,
  questions: readonly Question[],
  answers: Answers,
): Judgment {
  const yes = questions.filter((question) => question.sign && answers[question.id]).map(({ id }) => id);
  const [today, ...before] = known.days;
  const reported = (today?.["warning_signs"] ?? []) as string[];
  const days = [{ ...today, warning_signs: [...new Set([...reported, ...yes])] }, ...before];
  const assessment = evaluate(protocol, { ...known, days });
  const spoken = about(protocol, assessment, yes);
  const named = new Set(spoken.flatMap((fired) => signsIn(fired)));
  const unjudged = questions.filter(({ id, sign, worry }) =>
    sign ? answers[id] === true && !named.has(id) : worry !== null && answers[id] === (worry === "yes"),
  );
  return { heard: wordsOf(protocol, spoken, { ...known, days }, assessment), unjudged };
}

const signsIn = (fired: Fired): string[] =>
  Object.keys(fired.facts)
    .filter((name) => name.startsWith("sign."))
    .map((name) => name.slice("sign.".length));

/** The rules above self-care that speak of one of these signs, and the combination of symptoms with one of them. */
function about(protocol: Protocol, { fired }: Assessment, yes: readonly string[]): Fired[] {
  const lowest = protocol.urgencies[0];
  const spoken = fired.filter(
    (one) => one.urgency !== lowest && signsIn(one).some((sign) => yes.includes(sign)),
  );
  const together = fired.filter(
    (one) =>
      one.id === protocol.data.combination.id &&
      spoken.some((other) => (one.facts["symptoms"] as string[]).includes(other.symptom)),
  );
  return [...together, ...spoken];
}

/** Those of the rules that are the most urgent and due soonest, said as one. */
function wordsOf(
  protocol: Protocol,
  spoken: readonly Fired[],
  known: Known,
  assessment: Assessment,
): Heard | null {
  const rank = (one: Fired) => protocol.urgencies.indexOf(one.urgency);
  const due = (one: Fired) => one.nurse_due_minutes ?? 0;
  const [top] = [...spoken].sort((one, other) => rank(other) - rank(one) || due(one) - due(other));
  if (!top) return null;
  const { texts } = protocol;
  const alike = spoken.filter(
    (one) => one.symptom === top.symptom && one.urgency === top.urgency && due(one) === due(top),
  );
  const order = protocol.data.facts["warning_signs"]?.values ?? [];
  const signs = order.filter((sign) => alike.some((one) => signsIn(one).includes(sign)));
  const together = (top.facts["symptoms"] ?? []) as string[];
  const nameOf = (name: string) => lower(texts.signs[name]?.nurse ?? texts.symptoms[name]?.nurse ?? name);
  return {
    rule: top.id,
    urgency: top.urgency as Urgency,
    signs: joined(texts, (together.length ? together : signs).map(nameOf)),
    symptom: together.length ? "" : (texts.symptoms[top.symptom]?.nurse ?? ""),
    minutes: due(top),
    tell: rank(top) === protocol.urgencies.length - 1 ? told(protocol, assessment, known) : "",
  };
}

function told(protocol: Protocol, assessment: Assessment, { days, baseline }: Known): string {
  const { title, paragraphs } = compose(protocol, assessment, { days, baseline });
  return [title, ...paragraphs].join(protocol.texts.joined.sentences);
}

const lower = (words: string): string => words.charAt(0).toLowerCase() + words.slice(1);
