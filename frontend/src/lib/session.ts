/** Who is signed in on this phone or desk. The session itself is a cookie that scripts cannot read. */
import { ask, get, ours, Problem, unreachedBy } from "./api";
import { recall, remember } from "./remembered";
import type { Me } from "./types";

const AUTH = "/_allauth/browser/v1/auth";

/** Signs in. Throws Problem with code `wrong_sign_in` or `too_many`, or what kept us from the server. */
export async function signIn(email: string, password: string): Promise<void> {
  try {
    await ask(`${AUTH}/session`);
  } catch (trouble) {
    if (unreachedBy(trouble)) throw trouble; // 401 only says that nobody is signed in
  }
  try {
    await ask(`${AUTH}/login`, { method: "POST", body: { email, password } });
  } catch (trouble) {
    if (!(trouble instanceof Problem)) throw trouble;
    if (trouble.status === 409) return;
    if (trouble.status === 429) throw new Problem(429, "too_many", trouble.detail, [], trouble.extra);
    if (unreachedBy(trouble)) throw trouble;
    throw new Problem(trouble.status, "wrong_sign_in", trouble.detail);
  }
}

/** When a refused sign-in may be tried again: the next whole minute after the time that the server named. */
export function againAt(refused: Problem, now = Date.now()): number {
  const seconds = Number(refused.extra.retry_after);
  const wait = Number.isFinite(seconds) && seconds > 0 ? seconds : 300;
  return Math.ceil((now + wait * 1000) / 60_000) * 60_000;
}

/** Signs out. allauth answers 401 once nobody is signed in: that is the wish fulfilled. */
export async function signOut(): Promise<void> {
  try {
    await ask(`${AUTH}/session`, { method: "DELETE" });
  } catch (trouble) {
    if (!(trouble instanceof Problem) || trouble.status !== 401) throw trouble;
  }
}

const TO_END = "handhold.session_to_end";

/** Notes that the session is to end, for when the server can be reached. */
export function endLater(): void {
  remember(TO_END, "1");
}

/** True when the person has signed out here and the server does not know yet. */
export function endsLater(): boolean {
  return recall(TO_END) !== null;
}

/** Ends the session that was to end. Throws what kept us from the server. */
export async function endNow(): Promise<void> {
  await signOut();
  remember(TO_END, null);
}

/** The person behind the session, their clinic and, for a patient, their treatment. */
export async function whoAmI(): Promise<Me> {
  return ours((await get<Me>("me")).data, "person", "patient", "now");
}
