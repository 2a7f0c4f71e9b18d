/** What the care team reads when signing in, or a new password, did not come through. */
import { Problem } from "../lib/api";
import { clock } from "../lib/calendar";
import { againAt } from "../lib/session";
import { say } from "./words";

/** The words when we were not let in or not reached; null when the server refused what was typed. */
export function wordsForTrouble(trouble: unknown): string | null {
  if (!(trouble instanceof Problem) || trouble.status >= 500) return say("sign_in.no_answer");
  return trouble.status === 429 ? say("sign_in.too_many", { time: clock(againAt(trouble)) }) : null;
}
