/** What a follow-up is about, in the patient's words, and the question of the daily log that asks for it. */
import type { ProtocolFile, Wire } from "../../protocol/model";
import { isStep, type Step } from "../log/steps";

const STEP_OF: Record<string, Step> = {
  hand_foot: "hands",
  diarrhea: "stools",
  fatigue: "tired",
  blood_pressure: "pressure",
  adherence: "doses",
};

/** The symptom of the most urgent of these rules; null for none the protocol knows. */
export function symptomOf(wire: Wire, rules: string[]): string | null {
  const known = (wire.protocol as ProtocolFile).rules;
  const found = rules.map((id) => known.find((rule) => rule.id === id)).find((rule) => rule);
  return found?.symptom ?? null;
}

/** The question to begin with: the one about this symptom, the warning signs for a sign. */
export function stepOf(symptom: string | null): Step {
  if (symptom === null) return "hands";
  return STEP_OF[symptom] ?? (isStep(symptom) ? symptom : "signs");
}
