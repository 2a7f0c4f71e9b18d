/** A new password by a link in a mail: asking for the link, and what to mend when it is refused. */
import { ask, Problem } from "./api";

const PASSWORD = "/_allauth/browser/v1/auth/password";

/** Why a new password was refused: the link is used or too old, or the password is too easy to guess. */
export type Refused = "link" | "short" | "easy" | "alike";

const REFUSED: Record<string, Refused> = {
  invalid_password_reset: "link",
  password_too_short: "short",
  password_too_similar: "alike",
};

/** Asks for a link. The answer is the same whether anybody has this address or not. */
export async function askForLink(email: string): Promise<void> {
  await ask(`${PASSWORD}/request`, { method: "POST", body: { email } });
}

/** Whether this link still works. Throws when the server was not reached. */
export async function linkWorks(key: string): Promise<boolean> {
  try {
    await ask(`${PASSWORD}/reset`, { headers: { "X-Password-Reset-Key": key } });
    return true;
  } catch (trouble) {
    if (trouble instanceof Problem && trouble.status === 400) return false;
    throw trouble;
  }
}

/** Sets the new password and signs in. Throws Problem with what `refusedBecause` reads. */
export async function setNewPassword(key: string, password: string): Promise<void> {
  await ask(`${PASSWORD}/reset`, { method: "POST", body: { key, password } });
}

/** What to mend, or null when it was something else that kept us from it. */
export function refusedBecause(trouble: unknown): Refused | null {
  if (!(trouble instanceof Problem) || trouble.status !== 400) return null;
  const errors = Array.isArray(trouble.extra.errors) ? (trouble.extra.errors as { code?: string }[]) : [];
  const codes = errors.map((one) => one.code ?? "");
  if (codes.includes("invalid_password_reset")) return "link";
  return REFUSED[codes[0] ?? ""] ?? "easy";
}
