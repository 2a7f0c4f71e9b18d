/** What the patient's screens read from the protocol: its words, its bounds, its signs. No number is ours. */
import type { Wire } from "../protocol";
import type { ProtocolFile, Texts } from "../protocol/model";

export type { Wire };
type Range = { from: number; to: number };

const fileOf = (wire: Wire): ProtocolFile => wire.protocol as ProtocolFile;
const textsOf = (wire: Wire): Texts => wire.texts as Texts;

/** The lowest and highest value a field may have. */
export function rangeOf(wire: Wire, group: string, field: string): Range {
  const { from = 0, to = Infinity } = fileOf(wire).facts[group]?.fields?.[field] ?? {};
  return { from, to };
}

/** The warning signs asked for, in the protocol's order: the most pressing first. */
export function signsOf(wire: Wire): string[] {
  return fileOf(wire).facts.warning_signs?.values ?? [];
}

/** A warning sign in the patient's words, beginning with a capital: "Chest pain or pressure". */
export function signLabel(wire: Wire, sign: string): string {
  const words = signInSentence(wire, sign).replace(/^an? /, "");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A warning sign as it stands in a sentence: "chest pain or pressure". */
export function signInSentence(wire: Wire, sign: string): string {
  return (textsOf(wire).signs[sign]?.patient ?? sign).replaceAll("{drug}", drugName(wire));
}

/** A symptom or sign in the patient's words: "diarrhea", "chest pain or pressure"; null without a word for it. */
export function symptomInWords(wire: Wire | null, symptom: string | null): string | null {
  if (wire === null || symptom === null) return null;
  const { symptoms, signs } = textsOf(wire);
  return symptoms[symptom]?.patient ?? (signs[symptom] ? signInSentence(wire, symptom) : null);
}

/** The medicine by its name in the patient's language: "索拉非尼 (sorafenib)". Without `drug`, the one of the protocol. */
export function drugName(wire: Wire, drug = fileOf(wire).drug): string {
  return textsOf(wire).drugs?.[drug] ?? drug;
}

/** The sentences of coded next steps, in the patient's language; none while the protocol is not here. */
export function nextSteps(wire: Wire | null): Texts["next_steps"] {
  return wire ? textsOf(wire).next_steps : undefined;
}

/** The word of an urgency: "Contact today". */
export function urgencyWord(wire: Wire, urgency: string): string {
  return textsOf(wire).urgencies[urgency]?.word ?? urgency;
}

/** What an urgency asks for: "Call your team now." */
export function urgencyTitle(wire: Wire, urgency: string): string {
  return textsOf(wire).urgencies[urgency]?.title ?? "";
}

/** "sorafenib" and 1. */
export function nameOf(wire: Wire): { id: string; version: number } {
  const { id, version } = fileOf(wire);
  return { id, version };
}

/** Minutes after which a first blood pressure reading counts without a second: "PT30M" gives 30. */
export function minutesAlone(wire: Wire): number {
  const { second_reading } = wire.protocol as { second_reading: { counts_alone_after: string } };
  const [, hours, minutes] = /^PT(?:(\d+)H)?(?:(\d+)M)?$/.exec(second_reading.counts_alone_after) ?? [];
  return Number(hours ?? 0) * 60 + Number(minutes ?? 0);
}
