/** The patient's language: chosen at once on this phone, and told to the server as soon as it answers. */
import { ask, needsSignIn, Problem } from "../lib/api";
import { isLanguage, type Language, languageOfThisPhone } from "../lib/language.svelte";
import type { Outcome } from "../lib/outbox";
import { keep, kept, type Store } from "../lib/store";
import { speak } from "../lib/texts";
import { phone } from "./phone.svelte";

/** The name a wish is kept under until the server knows it. */
const WISH = "language";

/** Speaks as this phone last did, before anything is drawn. Without the words of that language it is English. */
export async function greet(): Promise<void> {
  await speak(languageOfThisPhone()).catch(() => undefined);
}

/**
 * Chooses the language; `sendLanguage` tells the server. Throws, and changes nothing, when its words are not on this
 * phone and cannot be fetched.
 */
export async function chooseLanguage(language: Language): Promise<void> {
  await speak(language);
  await keep(await phone.store(), WISH, language);
}

/** Speaks the language the server knows the patient by, unless something else was wished on this phone since. */
export async function follow(own: string): Promise<void> {
  if (!isLanguage(own) || (await kept<Language>(await phone.store(), WISH))) return;
  await speak(own).catch(() => undefined);
}

/** Tells the server what was wished. "all_sent" means that the advice now comes in that language; a refused wish is let go. */
export async function sendLanguage(store: Store): Promise<Outcome> {
  const wish = await kept<Language>(store, WISH);
  if (!wish) return "nothing_to_do";
  try {
    await ask("/api/v1/me", { method: "PATCH", body: { language: wish } });
  } catch (trouble) {
    if (needsSignIn(trouble)) return "sign_in";
    if (!(trouble instanceof Problem) || trouble.status >= 500 || trouble.status === 429) return "try_again";
  }
  if ((await kept<Language>(store, WISH)) === wish) await store.delete("kept", WISH);
  return "all_sent";
}
