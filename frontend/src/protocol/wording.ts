/** Fill sentences with the facts of a day; one whose facts are missing gives way. Mirrors wording.py. */
import { READINGS_COMPARED } from "./grade";
import type { Case, Fragment, Texts } from "./model";

export type Values = Map<string, string>;
const PLACEHOLDER = /\{([a-z0-9_]+)\}/g;

/** The sentence with every {placeholder} filled, or null when one has no value. */
export function fill(sentence: string, values: Values): string | null {
  for (const [, name] of sentence.matchAll(PLACEHOLDER)) if (!values.has(name!)) return null;
  return sentence.replace(PLACEHOLDER, (_, name: string) => values.get(name)!);
}

/** The sentence with these placeholders replaced, one after the other; "" where this document has no words for it. */
export function put(sentence: string | undefined, values: Record<string, unknown>): string {
  return Object.entries(values).reduce(
    (said, [name, value]) => said.replaceAll(`{${name}}`, () => String(value)),
    sentence ?? "",
  );
}

/** The sentence beginning with a capital, also where it begins with the name of a drug. */
export function capital(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

/** The name of a drug in the patient's language. */
export function drugName(texts: Texts, drug: string): string {
  return texts.drugs[drug] ?? drug;
}

/** The first variant that can be filled. */
export function pick(variants: readonly string[], values: Values): string | null {
  for (const variant of variants) {
    const filled = fill(variant, values);
    if (filled !== null) return filled;
  }
  return null;
}

/** "1 stool", "8 stools". */
export function counted(texts: Texts, what: string, number: number): string {
  const [one, many] = texts.counted[what]!;
  return (number === 1 ? one : many).replaceAll("{n}", String(number));
}

/** "fever, vomiting and confusion". */
export function joined(texts: Texts, parts: readonly string[]): string {
  if (parts.length < 2) return parts.join("");
  return parts.slice(0, -1).join(texts.joined.comma) + texts.joined.and + parts[parts.length - 1]!;
}

/** A number as people write it: 70, 70.5; at most one decimal. */
function plain(texts: Texts, number: number): string {
  const tenths = Math.floor(number * 10 + 0.5);
  return tenths % 10 === 0 ? String(tenths / 10) : `${Math.floor(tenths / 10)}${texts.decimal}${tenths % 10}`;
}

/** What the sentences about one day may name. Only what was answered is there. */
export function valuesOf(given: Case, ago: number, texts: Texts): Values {
  const values: Values = new Map([
    ["drug", drugName(texts, given.protocol.drug)],
    ["emergency_number", "{emergency_number}"],
  ]);
  const day = given.day(ago);
  if (day === null) return values;
  const answers = day.values;
  const usual = given.baseline;
  stoolsInto(
    values,
    answers.get("diarrhea.stools") as number | undefined,
    usual["stools_per_day"] ?? null,
    texts,
  );
  weightInto(values, answers.get("weight") as number | undefined, usual["weight"] ?? null, texts);
  if (answers.has("temperature"))
    values.set("temperature", plain(texts, answers.get("temperature") as number));
  if (day.readings.length > 0) {
    values.set("systolic", String(answers.get("blood_pressure.systolic")));
    values.set("diastolic", String(answers.get("blood_pressure.diastolic")));
    values.set("confirmed", texts.confirmed[day.readings.length >= READINGS_COMPARED ? "two" : "one"]);
  }
  choicesInto(values, "", texts.choices, answers);
  choicesInto(values, "nurse_", texts.nurse_choices, answers);
  const words = summary(texts.fatigue_words, answers, values);
  if (words.length > 0 && answers.get("fatigue.present") === true)
    values.set("fatigue_words", joined(texts, words));
  for (const sign of day.signs) {
    values.set(`sign_${sign}`, fill(texts.signs[sign]!.patient, values) ?? sign);
    values.set(`nurse_sign_${sign}`, fill(texts.signs[sign]!.nurse ?? sign, values) ?? sign);
  }
  return values;
}

function choicesInto(
  values: Values,
  prefix: string,
  choices: Record<string, Record<string, string>>,
  answers: ReadonlyMap<string, unknown>,
): void {
  for (const [path, words] of Object.entries(choices)) {
    const word = words[String(answers.get(path))];
    if (word !== undefined) values.set(prefix + path.split(".").pop()!, word);
  }
}

function stoolsInto(values: Values, stools: number | undefined, usual: number | null, texts: Texts): void {
  if (stools !== undefined) {
    values.set("stools_counted", counted(texts, "stools", stools));
    if (usual !== null && stools > usual) values.set("more", String(stools - usual));
  }
  if (usual !== null) values.set("usual_stools", String(usual));
}

function weightInto(values: Values, weight: number | undefined, usual: number | null, texts: Texts): void {
  if (weight !== undefined) {
    values.set("weight", plain(texts, weight));
    if (usual !== null && usual > weight) values.set("lost", plain(texts, usual - weight));
  }
  if (usual !== null) values.set("usual_weight", plain(texts, usual));
}

const POUND = 0.45359237; // kilograms, by definition

/** {own_weight} and {own_lost} with their unit: "70 kg" for the units that are kept, "154.3 lb" for the other ones. */
export function inUnits(given: Case, texts: Texts, units: "kept" | "other"): Values {
  const weight = given.day(0)?.values.get("weight") as number | undefined;
  const usual = given.baseline["weight"] ?? null;
  const values: Values = new Map();
  const words = texts.weight_units?.[units];
  if (weight === undefined || words === undefined) return values;
  const say = (number: number): string =>
    words.replaceAll("{n}", plain(texts, number / (units === "other" ? POUND : 1)));
  values.set("own_weight", say(weight));
  if (usual !== null && usual > weight) values.set("own_lost", say(usual - weight));
  return values;
}

/** The fragments that hold: "if" wants a yes, "unless" a no, and all its values are there. */
export function summary(
  fragments: readonly Fragment[],
  answers: ReadonlyMap<string, unknown>,
  values: Values,
): string[] {
  return fragments
    .filter((one) => one.if === undefined || answers.get(one.if) === true)
    .filter((one) => one.unless === undefined || answers.get(one.unless) === false)
    .map((one) => fill(one.text, values))
    .filter((said) => said !== null);
}

/** The words for these signs, in the order of the protocol. */
export function signsNamed(
  order: readonly string[],
  signs: ReadonlySet<string>,
  values: Values,
  prefix: string,
) {
  return order.filter((sign) => signs.has(sign)).map((sign) => values.get(prefix + sign) ?? sign);
}
