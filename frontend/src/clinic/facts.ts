/** One day's answers as short lines for a nurse. What was not answered gets no line: it is not zero. */
import type { Baseline, Facts, Skin } from "./wire";
import { unitsOf } from "../lib/units";
import { type Key, say, wordFor } from "./words";

export interface FactLine {
  label: string;
  words: string;
}

function joined(parts: (string | null | undefined | false)[]): string {
  const text = parts.filter(Boolean).join(", ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

interface Limits {
  limits_daily_activities?: boolean | null;
  limits_self_care?: boolean | null;
}

function limits(of: Limits): string[] {
  return (["limits_self_care", "limits_daily_activities"] as const)
    .filter((key) => of[key])
    .map((key) => say(`fact.${key}`));
}

function skinWords(skin: Skin): string {
  return joined([
    skin.skin_change && wordFor("skin", skin.skin_change),
    skin.pain && wordFor("pain", skin.pain),
    ...limits(skin),
  ]);
}

function stoolsWords(diarrhea: NonNullable<Facts["diarrhea"]>, baseline: Baseline): string {
  const usual = baseline.stools_per_day ?? say("fact.usual_unknown");
  const counted =
    typeof diarrhea.stools !== "number" ? null : say("fact.stools_value", { n: diarrhea.stools, usual });
  return joined([counted, diarrhea.loose && say("fact.loose").toLowerCase(), ...limits(diarrhea)]);
}

function fatigueWords(fatigue: NonNullable<Facts["fatigue"]>): string {
  if (fatigue.present === false) return say("fact.no");
  const rest = fatigue.relieved_by_rest;
  const restWords =
    typeof rest !== "boolean" ? null : say(rest ? "fact.relieved_by_rest" : "fact.not_relieved");
  return joined([fatigue.present && say("fact.yes"), restWords, ...limits(fatigue)]);
}

/** "70 kg (154.3 lb)": as the log keeps it, and as the patient may say it on the phone. */
function inBothUnits(kept: "kg" | "°C", value: number): string {
  const [first, other] = unitsOf(kept).map((unit) => `${unit.shown(value)} ${unit.name}`);
  return say("fact.both_units", { kept: first!, other: other! });
}

function rashWords(facts: Facts): string | null {
  if (!facts.rash) return null;
  const feels = facts.rash_symptoms && wordFor("rash_symptoms", facts.rash_symptoms).toLowerCase();
  const { rash_limits_daily_activities: daily, rash_limits_self_care: self } = facts;
  const hard = limits({ limits_daily_activities: daily ?? null, limits_self_care: self ?? null });
  return joined([wordFor("rash", facts.rash), feels, ...hard]);
}

function signsWords(signs: string[]): string {
  return signs.length ? joined(signs.map((sign) => sign.replaceAll("_", " "))) : say("fact.none");
}

type Line = [Key, string | null | undefined];
/** Symptoms a patient may add to a log. */
const OPTIONAL = ["mouth_sores", "nausea", "appetite", "headache"] as const;
const isNumber = (value: unknown): value is number => typeof value === "number";

/** The lines of one log, in the order the patient was asked. */
export function factLines(facts: Facts, baseline: Baseline): FactLine[] {
  const lines: Line[] = [
    ["fact.warning_signs", facts.warning_signs && signsWords(facts.warning_signs)],
    ["fact.hands", facts.hands && skinWords(facts.hands)],
    ["fact.feet", facts.feet && skinWords(facts.feet)],
    ["fact.hand_foot", facts.hands || facts.feet ? null : facts.hand_foot && skinWords(facts.hand_foot)],
    ["fact.blood_pressure", facts.blood_pressure?.map((r) => `${r.systolic}/${r.diastolic}`).join(", ")],
    ["fact.stools", facts.diarrhea && stoolsWords(facts.diarrhea, baseline)],
    ["fact.fatigue", facts.fatigue && fatigueWords(facts.fatigue)],
    ["fact.adherence", facts.adherence && wordFor("adherence", facts.adherence)],
    ["fact.missed_reason", facts.missed_reason && wordFor("missed_reason", facts.missed_reason)],
    ["fact.tablets_left", isNumber(facts.tablets_left) ? String(facts.tablets_left) : null],
    ["fact.stopping_reason", facts.stopping_reason && wordFor("stopping_reason", facts.stopping_reason)],
    ...OPTIONAL.map((symptom): Line => [
      `fact.${symptom}`,
      facts[symptom] && wordFor(symptom, facts[symptom]),
    ]),
    ["fact.rash", rashWords(facts)],
    ["fact.temperature", isNumber(facts.temperature) ? inBothUnits("°C", facts.temperature) : null],
    ["fact.weight", isNumber(facts.weight) ? inBothUnits("kg", facts.weight) : null],
    ["fact.note", facts.note],
  ];
  return lines
    .filter(([, words]) => words)
    .map(([key, words]) => ({ label: say(key), words: words as string }));
}
