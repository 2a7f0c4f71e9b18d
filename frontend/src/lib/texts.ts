/**
 * The words of the screens. Clinical sentences are not here: they travel with the protocol.
 * A missing key is a type error. Example: t("today.day_on_drug", { day: 23, drug: "sorafenib" }).
 */
import en from "../texts/en.json";

export type TextKey = keyof typeof en;
type Values = Record<string, string | number>;

export const language: string = "en";
const texts: Record<TextKey, string> = en;

/** The words for `key`, with {name} filled in from `values`. */
export function t(key: TextKey, values: Values = {}): string {
  return texts[key].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** The words for a key made from a code of the API, or the fallback when we have no words for it. */
export function tCode(prefix: string, code: string, fallback: TextKey, values: Values = {}): string {
  const key = `${prefix}.${code}`;
  return t(key in texts ? (key as TextKey) : fallback, values);
}
