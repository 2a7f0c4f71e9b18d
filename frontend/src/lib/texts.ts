/**
 * The words of the screens. Clinical sentences are not here: they travel with the protocol.
 * A missing key is a type error. Example: t("log.steps", { number: 2, of: 7 }).
 * The English words of Today come with the page, those of the log with the log, those of signing in with that screen.
 * The words of the other screens, and the other languages, are fetched when they are needed. The service worker keeps
 * them all, for use without signal.
 */
import en from "../texts/en.json";
import type later from "../texts/later/en.json";
import type log from "../texts/log/en.json";
import type signIn from "../texts/sign-in/en.json";
import { numeral } from "./calendar";
import { type Language, settle, spoken } from "./language.svelte";

export type TextKey = keyof typeof en | keyof typeof log | keyof typeof signIn | keyof typeof later;
type Values = Record<string, string | number>;
type Words = Partial<Record<TextKey, string>>;
type Fetch = () => Promise<{ default: Words }>;

const english: Words = { ...en };
const loaded: Partial<Record<Language, Words>> = { en: english };
const fetched: Record<Exclude<Language, "en">, Fetch> = {
  es: () => import("../texts/es.json"),
  "zh-Hans": () => import("../texts/zh-Hans.json"),
};
/** The language asked for last: one that comes later than the next wish is not shown any more. */
let wanted: Language = "en";
let more: Promise<void> | null = null;

/** Adds the English words that came with the code of a screen. */
export function addWords(words: Words): void {
  Object.assign(english, words);
  spoken.files += 1;
}

/** Fetches the English words of all screens. Throws when they cannot be fetched. */
export function moreWords(): Promise<void> {
  more ??= Promise.all([
    import("../texts/log/en.json"),
    import("../texts/sign-in/en.json"),
    import("../texts/later/en.json"),
  ]).then(
    (files) => {
      for (const file of files) addWords(file.default);
      spoken.whole = true;
    },
    (reason: unknown) => {
      more = null;
      throw reason;
    },
  );
  return more;
}

/** Speaks this language from now on. Throws, and goes on as before, when its words cannot be fetched. */
export async function speak(language: Language): Promise<void> {
  wanted = language;
  if (language !== "en") loaded[language] ??= (await fetched[language]()).default;
  if (wanted === language) settle(language);
}

/** The words under this key. Words that are still to come are empty, and are written when they are there. */
function words(key: string): string | undefined {
  const found = loaded[spoken.language]?.[key as TextKey] ?? english[key as TextKey];
  if (found === undefined && !spoken.whole) {
    void spoken.files;
    void moreWords().catch(() => undefined);
  }
  return found;
}

/** The words for `key`, with {name} filled in from `values`; numbers as this language writes them. */
export function t(key: TextKey, values: Values = {}): string {
  return (words(key) ?? "").replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    return typeof value === "number" ? numeral(value) : (value ?? whole);
  });
}

/** The words for a key made from a code of the API, or the fallback when we have no words for it. */
export function tCode(prefix: string, code: string, fallback: TextKey, values: Values = {}): string {
  const key = `${prefix}.${code}`;
  return t(words(key) === undefined ? fallback : (key as TextKey), values);
}

/** Several things in one sentence: "fever, vomiting, and confusion". */
export function listed(parts: readonly string[]): string {
  return new Intl.ListFormat(spoken.language, { type: "conjunction" }).format(parts);
}

/** Begins as a heading does: "jueves, 14 de mayo" becomes "Jueves, 14 de mayo". */
export function asHeading(text: string): string {
  return text.charAt(0).toLocaleUpperCase(spoken.language) + text.slice(1);
}
