/** The six questions of a daily log, in order, and the way through them. The doses share the sixth. */
import type { Facts } from "../../lib/types";

export const STEPS = ["hands", "feet", "stools", "tired", "pressure", "signs", "doses", "review"] as const;
export type Step = (typeof STEPS)[number];
export const QUESTIONS = 6;

/** "4 of 6": which question a step belongs to. */
export function numberOf(step: Step): number {
  return Math.min(STEPS.indexOf(step) + 1, QUESTIONS);
}

/** The step after this one; the review has none. */
export function after(step: Step): Step {
  return STEPS[STEPS.indexOf(step) + 1] ?? "review";
}

/** True for the name of a step. */
export function isStep(name: string | undefined): name is Step {
  return STEPS.includes(name as Step);
}

const KEYS: Record<Exclude<Step, "review">, keyof Facts> = {
  hands: "hands",
  feet: "feet",
  stools: "diarrhea",
  tired: "fatigue",
  pressure: "blood_pressure",
  signs: "warning_signs",
  doses: "adherence",
};

/** The group of facts a step fills. */
export function factOf(step: Exclude<Step, "review">): keyof Facts {
  return KEYS[step];
}

/** True when the step has an answer. "None of these" is one; silence is not. */
export function isAnswered(step: Exclude<Step, "review">, facts: Facts): boolean {
  return facts[KEYS[step]] !== undefined;
}

/** True when nothing but the doses was answered, as after "Thinking of stopping": the questions are still open. */
export function onlyDoses(facts: Facts): boolean {
  return STEPS.every((step) => step === "review" || step === "doses" || !isAnswered(step, facts));
}

/** True when the answers so far leave it to the patient to move on; elsewhere a tap does. */
export function waitsForNext(step: Step, facts: Facts): boolean {
  const skin = step === "hands" || step === "feet" ? facts[step] : undefined;
  if (skin?.skin_change) return skin.skin_change !== "none" || !!skin.pain;
  if (step === "stools") return typeof facts.diarrhea?.stools === "number";
  if (step === "tired") return facts.fatigue?.present === true;
  if (step === "signs") return !!facts.warning_signs?.length;
  return step === "doses" && (facts.adherence === "wants_to_stop" || facts.adherence === "stopped");
}

/** True when there is something to save. */
export function hasAnswers(facts: Facts): boolean {
  return Object.values(facts).some((value) => value !== undefined);
}
