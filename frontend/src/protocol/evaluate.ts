/** Judge one day: estimated grades, the rules that fired, and the urgency. Pure. Mirrors evaluate.py. */
import { type Given, ReadyCase } from "./day";
import { assessmentGrades } from "./grade";
import type { Assessment, Case, Day, Fired, Protocol, Reading, Rule } from "./model";

/** Assess `days[0]`; `days[1]` is the day before, null a day without a log. All input has been read before. */
export function evaluate(protocol: Protocol, given: Given): Assessment {
  const judged = new ReadyCase(protocol, given);
  const day = judged.day(0);
  if (day === null) throw new Error("days[0] is the day judged and must be a log");
  const rules = protocol.rules.filter((rule) => rule.test(judged, 0));
  const fired = rules.map((rule) => firedBy(rule, judged, day));
  const combined = combination(protocol, rules);
  if (combined) fired.unshift(combined);
  return {
    urgency: fired[0]?.urgency ?? protocol.urgencies[0]!,
    grades_ctcae5: assessmentGrades(judged, day, "ctcae5"),
    grades_ctcae6: assessmentGrades(judged, day, "ctcae6"),
    fired,
  };
}

/** Two different symptoms at contact_24h make contact_today (UKONS); null when that lifts nothing. */
function combination(protocol: Protocol, rules: readonly Rule[]): Fired | null {
  const combine = protocol.data.combination;
  if (rules[0]?.urgency !== combine.at) return null;
  const symptoms = new Set(rules.filter((rule) => rule.urgency === combine.at).map((rule) => rule.symptom));
  if (symptoms.size < combine.different_symptoms) return null;
  return {
    id: combine.id,
    symptom: combine.symptom,
    urgency: combine.makes,
    advice: combine.advice,
    nurse_due_minutes: protocol.nurseDueMinutes[combine.makes] ?? null,
    facts: { symptoms: [...symptoms].sort() },
    source: combine.source,
    tags: [],
  };
}

function firedBy(rule: Rule, judged: Case, day: Day): Fired {
  const { id, symptom, urgency, advice, nurse_due_minutes, source, tags } = rule;
  return {
    id,
    symptom,
    urgency,
    advice,
    nurse_due_minutes,
    facts: factsUsed(rule, judged, day),
    source,
    tags,
  };
}

/** Answers, signs, grades and baseline of today that the rule speaks about, unanswered ones left out. */
function factsUsed(rule: Rule, judged: Case, day: Day): Record<string, unknown> {
  const facts: Record<string, unknown> = {};
  for (const [kind, name] of rule.uses) {
    let value: unknown;
    if (kind === "fact") value = day.values.get(name);
    else if (kind === "grade") value = judged.grade(name, 0);
    else if (kind === "sign") value = day.signs.has(name) ? true : null;
    else value = judged.baseline[name];
    if (value !== null && value !== undefined) facts[kind === "fact" ? name : `${kind}.${name}`] = value;
  }
  return facts;
}

/** Minutes to wait before a second blood pressure reading, or null when the first is enough. */
export function secondReadingMinutes(
  protocol: Protocol,
  first: Reading,
  parameters: Record<string, number> = {},
): number | null {
  const judged = new ReadyCase(protocol, { days: [{ blood_pressure: [first] }], parameters });
  return protocol.secondReading.find(([, holds]) => holds(judged, 0))?.[0] ?? null;
}
