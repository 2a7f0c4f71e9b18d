/** What a patient reads when signing in, or a new password, did not come through. */
import { Problem, unreachedBy } from "../lib/api";
import { clock } from "../lib/calendar";
import { againAt } from "../lib/session";
import { addWords, t } from "../lib/texts";
import words from "../texts/sign-in/en.json";

addWords(words); // of both screens

/** The words when we were not let in or not reached; null when the server refused what was typed. */
export function wordsForTrouble(reason: unknown): string | null {
  if (reason instanceof Problem && reason.status === 429)
    return t("sign_in.too_many", { time: clock(againAt(reason)) });
  const unreached = unreachedBy(reason) ?? (reason instanceof Problem ? null : "server");
  if (unreached === "no_signal") return t("sign_in.out_of_reach");
  return unreached ? t(`sign_in.${unreached}`) : null;
}
