/** What a drug's own leaflet says about a missed dose and food, by region. Mirrors medicine.py. */
import type { Protocol, Topic } from "./model";
import { capital, counted, drugName, fill, type Values } from "./wording";

const TOPICS: readonly Topic[] = ["missed_dose", "food"];
export type AboutMedicine = Record<Topic, string[]>;

/** The sentences of each topic for this drug and region; no sentence where nothing verified is known. */
export function aboutMedicine(protocol: Protocol, region?: string | null): AboutMedicine {
  return { missed_dose: said(protocol, region, "missed_dose"), food: said(protocol, region, "food") };
}

function said(
  { medicine, texts, drug }: Protocol,
  region: string | null | undefined,
  topic: Topic,
): string[] {
  const known = region && Object.hasOwn(medicine, region) ? medicine[region]![topic] : undefined;
  if (!known) return [];
  const values: Values = new Map([["drug", drugName(texts, drug)]]);
  for (const [name, number] of Object.entries(known.numbers)) {
    values.set(name, name.startsWith("hours") ? counted(texts, "hours", number) : String(number));
  }
  return known.says
    .map((key) => fill(texts.medicine[topic][key]!, values))
    .filter((sentence) => sentence !== null)
    .map(capital);
}

/** What {missed_dose} and {food} stand for in advice. Where nothing is known {food} has no value. */
export function medicineValues(protocol: Protocol, region?: string | null): Values {
  const told = aboutMedicine(protocol, region);
  const { joined, medicine } = protocol.texts;
  if (told.missed_dose.length === 0) {
    told.missed_dose = [
      medicine.missed_dose_in_the_pack.replaceAll("{drug}", drugName(protocol.texts, protocol.drug)),
    ];
  }
  const known = TOPICS.filter((topic) => told[topic].length > 0);
  return new Map(known.map((topic) => [topic, told[topic].join(joined.sentences)]));
}
