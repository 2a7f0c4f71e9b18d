/** The question of the daily log that asks for a symptom. */
import { isStep, type Step } from "./steps";

const STEP_OF: Record<string, Step> = {
  hand_foot: "hands",
  diarrhea: "stools",
  fatigue: "tired",
  blood_pressure: "pressure",
  adherence: "doses",
};

/** The question to begin with: the one about this symptom, the warning signs for a sign. */
export function stepOf(symptom: string | null): Step {
  if (symptom === null) return "hands";
  return STEP_OF[symptom] ?? (isStep(symptom) ? symptom : "signs");
}
