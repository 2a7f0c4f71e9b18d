/** What the patient is told now: title, why, what it means, what helps meanwhile. Mirrors advice.py. */
import { ReadyCase } from "./day";
import type { Assessment, Baseline, Case, Facts, Fired, Protocol } from "./model";
import { fill, joined, lasting, pick, signsNamed, type Values, valuesOf } from "./wording";

const MOST_TIPS = 4;
export type Advice = {
  urgency: string;
  title: string;
  because: string[];
  paragraphs: string[];
  while_you_wait: string[];
};
type Told = { days: readonly (Facts | null)[]; baseline?: Baseline };

/** The advice screen as data. "{emergency_number}" stays in the sentences; the caller fills it in. */
export function compose(protocol: Protocol, assessment: Assessment, told: Told): Advice {
  const texts = protocol.texts;
  const given = new ReadyCase(protocol, told);
  const urgency = texts.urgencies[assessment.urgency]!;
  const values = valuesOf(given, 0, texts);
  const due = protocol.nurseDueMinutes[assessment.urgency] ?? null;
  if (due !== null) values.set("nurse_due", lasting(texts, due));
  const heard = heardOf(protocol, assessment);
  const tips = heard.flatMap((fired) => texts.advice[fired.advice]!.while_you_wait);
  return {
    urgency: assessment.urgency,
    title: once([fill(urgency.title, values)])[0] ?? "",
    because: once(heard.map((fired) => because(fired, assessment, given, values))),
    paragraphs: once(urgency.paragraphs.map((paragraph) => fill(paragraph, values))),
    while_you_wait: once(tips.map((tip) => fill(tip, values))).slice(0, MOST_TIPS),
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

/** Each sentence once, in order. */
function once(sentences: readonly (string | null)[]): string[] {
  return [...new Set(sentences.filter((sentence) => sentence !== null))];
}
