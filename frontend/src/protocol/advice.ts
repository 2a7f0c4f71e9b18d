/** What the patient is told now: why, what to do, what helps, what it means, what to watch for. Mirrors advice.py. */
import { ReadyCase } from "./day";
import { medicineValues } from "./medicine";
import type { Assessment, Baseline, Case, Facts, Fired, Own, Protocol } from "./model";
import { capital, fill, inUnits, joined, pick, signsNamed, type Values, valuesOf } from "./wording";

/** What is dangerous and when to call is never cut short. */
const MOST_SENTENCES = { while_you_wait: 4, what_it_means: 4, watch_for: Infinity, when_to_call: Infinity };
export type Advice = {
  urgency: string;
  title: string;
  because: string[];
  paragraphs: string[];
  while_you_wait: string[];
  what_it_means: string[];
  watch_for: string[];
  when_to_call: string[];
};
type Told = {
  days: readonly (Facts | null)[];
  baseline?: Baseline;
  region?: string | null;
  past?: boolean;
  /** Those the patient reads: kg, or lb. Without them, those of the region. */
  units?: "kept" | "other";
};

/**
 * The advice screen as data. `region` ("US", "EU") chooses the drug's own words on missed doses and food; without
 * it the general ones are said. `past`: the day was over when it was logged, so its facts are of "that day"; what to do
 * is of now in any case. "{emergency_number}" stays in the sentences; the caller fills it in.
 */
export function compose(protocol: Protocol, assessment: Assessment, told: Told): Advice {
  const texts = protocol.texts;
  const given = new ReadyCase(protocol, told);
  const { title = "", paragraphs = [] } = ownOf(texts.urgencies[assessment.urgency]!, given, told.past);
  const units = told.units ?? (told.region === "US" ? "other" : "kept");
  const values: Values = new Map([
    ...valuesOf(given, 0, texts),
    ...medicineValues(protocol, told.region),
    ...inUnits(given, texts, units),
  ]);
  for (const [name, [today, past]] of Object.entries(texts.days ?? {}))
    values.set(name, told.past ? past : today);
  const heard = heardOf(protocol, assessment);
  /** The sentences of one list, of all that the patient hears about; those that lack a fact are left out. */
  const lists = heard.map((fired) => ownOf(texts.advice[fired.advice]!, given));
  const listed = (name: keyof typeof MOST_SENTENCES) =>
    once(lists.flatMap((one) => one[name] ?? []).map((sentence) => fill(sentence, values))).slice(
      0,
      MOST_SENTENCES[name],
    );
  return {
    urgency: assessment.urgency,
    title: once([fill(title, values)])[0] ?? "",
    because: once(heard.map((fired) => because(fired, assessment, given, values))),
    paragraphs: once(paragraphs.map((paragraph) => fill(paragraph, values))),
    while_you_wait: listed("while_you_wait"),
    what_it_means: listed("what_it_means"),
    watch_for: listed("watch_for"),
    when_to_call: listed("when_to_call"),
  };
}

/** The rules the patient hears about: one a symptom, of the most urgent ones and those that together made it so. */
function heardOf(protocol: Protocol, assessment: Assessment): Fired[] {
  const combine = protocol.data.combination;
  const combined = assessment.fired.some((fired) => fired.id === combine.id);
  const first = new Map<string, Fired>();
  for (const fired of assessment.fired) {
    const heard = fired.urgency === assessment.urgency || (combined && fired.urgency === combine.at);
    if (heard && !first.has(fired.symptom)) first.set(fired.symptom, fired);
  }
  return [...first.values()];
}

function because(fired: Fired, assessment: Assessment, given: Case, values: Values): string | null {
  const { texts, data } = given.protocol;
  const own: Values = new Map(values);
  const symptom = texts.symptoms[fired.symptom];
  if (symptom) own.set("symptom", symptom.patient);
  const alike = assessment.fired.filter((other) => other.advice === fired.advice);
  const keys = alike.flatMap((other) => Object.keys(other.facts)).filter((key) => key.startsWith("sign."));
  const signs = new Set(keys.map((key) => key.slice("sign.".length)));
  const named = signsNamed(data.facts["warning_signs"]?.values ?? [], signs, values, "sign_");
  if (named.length > 0) own.set("signs", joined(texts, named));
  return pick(texts.advice[fired.advice]!.because, own);
}

/**
 * The lists as they are for this patient: those for the drug, those for a day that is over when it is logged, then those
 * for an answer of the day, replace them.
 */
function ownOf<T extends object>(lists: Own<T>, given: Case, past = false): T {
  const found: T = { ...lists, ...lists.by_drug?.[given.protocol.drug], ...(past && lists.past) };
  for (const [fact, byAnswer] of Object.entries(lists.by_answer ?? {})) {
    Object.assign(found, byAnswer[String(given.day(0)?.values.get(fact))]);
  }
  return found;
}

/** Each sentence once, in order, beginning with a capital. */
function once(sentences: readonly (string | null)[]): string[] {
  return [...new Set(sentences.filter((sentence) => sentence !== null).map(capital))];
}
