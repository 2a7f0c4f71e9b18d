/** The questions of a daily log, in order, and the way through them: six, and the doses where some were to be taken. */
import type { Facts } from "../../lib/types";
import { asksFurther } from "./skin";

export const STEPS = ["hands", "feet", "stools", "tired", "pressure", "signs", "doses", "review"] as const;

/** Asked only of who has something to tell: silence about them is never "none". */
export const EXTRAS = [
  "mouth_sores",
  "nausea",
  "appetite",
  "rash",
  "headache",
  "weight",
  "temperature",
  "note",
] as const;
export type Extra = (typeof EXTRAS)[number];

/** Reached from the review alone, and left back to it: the weekly count of tablets, the list of extras, each extra. */
const ASIDE = ["tablets_left", "more", ...EXTRAS] as const;

export type Step = (typeof STEPS)[number] | (typeof ASIDE)[number];
/** A step that takes an answer. */
export type Question = Exclude<Step, "review" | "more">;
/** Every question in the order in which answers are read. */
export const ANSWERS: readonly Question[] = [
  ...STEPS.filter((step) => step !== "review"),
  "tablets_left",
  ...EXTRAS,
];

const placeOf = (step: Step): number => STEPS.findIndex((one) => one === step);

/** How many questions there are: where nothing was to be taken there is none about doses. */
export const questionsOf = (asksForDoses: boolean): number => placeOf("review") - (asksForDoses ? 0 : 1);

/** "4 of 7": which question a step is; null for what is asked beside them. */
export function numberOf(step: Step): number | null {
  const place = placeOf(step);
  return place < 0 || step === "review" ? null : place + 1;
}

/** The step after this one; the review has none. Where nothing was to be taken there is no question about doses. */
export function after(step: Step, asksForDoses = true): Step {
  const place = placeOf(step);
  const next = place < 0 ? "review" : (STEPS[place + 1] ?? "review");
  return next === "doses" && !asksForDoses ? "review" : next;
}

/** True for the name of a step. */
export function isStep(name: string | undefined): name is Step {
  return [...STEPS, ...ASIDE].some((step) => step === name);
}

const KEYS = {
  hands: "hands",
  feet: "feet",
  stools: "diarrhea",
  tired: "fatigue",
  pressure: "blood_pressure",
  signs: "warning_signs",
  doses: "adherence",
} as const;

/** The group of facts a step fills. */
export function factOf(step: Question): keyof Facts {
  return step in KEYS ? KEYS[step as keyof typeof KEYS] : (step as keyof Facts);
}

/** Every fact that a step may fill. */
export function factsOf(step: Question): (keyof Facts)[] {
  const further: Partial<Record<Question, (keyof Facts)[]>> = {
    doses: ["missed_reason", "stopping_reason"],
    rash: ["rash_symptoms", "rash_limits_daily_activities", "rash_limits_self_care"],
  };
  return [factOf(step), ...(further[step] ?? [])];
}

/** The answers of a step taken back: what was asked further with it goes with it. */
export function nothingFor(step: Question): Partial<Facts> {
  return Object.fromEntries(factsOf(step).map((fact) => [fact, undefined])) as Partial<Facts>;
}

/** True when the step has an answer. "None of these" is one; silence is not. */
export function isAnswered(step: Question, facts: Facts): boolean {
  return facts[factOf(step)] !== undefined;
}

/**
 * Where a log that was begun goes on: at the question left half answered, else at the first without an answer, else at
 * the review. `step` is the question it was left at.
 */
export function goesOnAt({ step, facts }: { step: string; facts: Facts }, asksForDoses: boolean): Step {
  const half =
    waitsForNext(step as Step, facts) || (step === "pressure" && facts.blood_pressure?.length === 1);
  const open = (one: Step): boolean => {
    if (one === "review" || (one === "doses" && !asksForDoses)) return false;
    return !isAnswered(one as Question, facts) || (half && one === step);
  };
  return STEPS.find(open) ?? "review";
}

/** True when doses were missed: the reason is asked on the same screen. */
export function missed(facts: Facts): boolean {
  return facts.adherence === "missed_one_dose" || facts.adherence === "missed_two_or_more_in_7_days";
}

/** True when the patient stopped or thinks of it: the reason is asked on the same screen. */
export function stops(facts: Facts): boolean {
  return facts.adherence === "wants_to_stop" || facts.adherence === "stopped";
}

/** True when the answers so far leave it to the patient to move on; elsewhere a tap does. */
export function waitsForNext(step: Step, facts: Facts): boolean {
  const skin = step === "hands" || step === "feet" ? facts[step] : undefined;
  if (skin?.skin_change) return asksFurther(skin);
  if (step === "stools") return typeof facts.diarrhea?.stools === "number";
  if (step === "tired") return facts.fatigue?.present === true;
  if (step === "rash") return !!facts.rash && facts.rash !== "none";
  if (step === "signs") return !!facts.warning_signs?.length;
  return step === "doses" && (missed(facts) || stops(facts));
}

/** True when there is something to save. */
export function hasAnswers(facts: Facts): boolean {
  return Object.values(facts).some((value) => value !== undefined);
}
