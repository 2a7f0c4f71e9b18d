/**
 * The language the screens speak: the patient's own, kept on this phone; before anybody is known, the browser's.
 * Add a language: a line here, its words in `src/texts/`, and what CONTRIBUTING names.
 */

/** What each language calls itself, and which way it is written. */
import { recall, remember } from "./remembered";
export const LANGUAGES = {
  en: { name: "English", dir: "ltr" },
  es: { name: "Español", dir: "ltr" },
  "zh-Hans": { name: "简体中文", dir: "ltr" },
} as const;
export type Language = keyof typeof LANGUAGES;
export const LANGUAGE_NAMES = Object.entries(LANGUAGES).map(
  ([tag, { name }]) => [tag as Language, name] as const,
);

const NAME = "handhold.language";

/**
 * The language on the screen now, how many files of English words came after the first, and whether all are there.
 * Screens that read it are written again when it changes.
 */
export const spoken = $state<{ language: Language; files: number; whole: boolean }>({
  language: "en",
  files: 0,
  whole: false,
});

/** True for a language we have words in. */
export function isLanguage(tag: unknown): tag is Language {
  return typeof tag === "string" && Object.hasOwn(LANGUAGES, tag);
}

/** "es-MX" is read as "es-Latn", "zh-CN" as "zh-Hans", "zh-TW" as "zh-Hant". Null for what is no language. */
function languageAndScript(tag: string): string | null {
  try {
    const { language, script } = new Intl.Locale(tag).maximize();
    return `${language}-${script}`;
  } catch {
    return null;
  }
}

/** The first of the wanted languages that we have; English when we have none of them. */
export function firstOf(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const kind = languageAndScript(tag);
    const ours = (Object.keys(LANGUAGES) as Language[]).find((one) => kind === languageAndScript(one));
    if (kind && ours) return ours;
  }
  return "en";
}

/** The language this phone was last used in, or else the browser's. */
export function languageOfThisPhone(): Language {
  const kept = recall(NAME);
  return isLanguage(kept) ? kept : firstOf(navigator.languages);
}

/** Shows the language to the page, and keeps it for the next opening. */
export function settle(language: Language): void {
  remember(NAME, language);
  document.documentElement.lang = language;
  document.documentElement.dir = LANGUAGES[language].dir;
  spoken.language = language;
}
