/** Whether a log that is there already says what is being sent: it arrived once before the phone could note that. */
import { Problem } from "./api";
import type { Log, LogToSend } from "./types";

const DAY_IS_LOGGED = "day_already_logged";

/** The id of the log that is in the way of a first log for its day; null for any other trouble. */
export function inTheWay(trouble: unknown): string | null {
  if (!(trouble instanceof Problem) || trouble.code !== DAY_IS_LOGGED) return null;
  return trouble.extra.existing ? String(trouble.extra.existing) : null;
}

/** The same day and the same answers, in whatever order they stand. */
export function saysTheSame(there: Log, sent: LogToSend): boolean {
  return there.day === sent.day && inOrder(there.facts) === inOrder(sent.facts);
}

/** The same text for the same value, in whatever order its keys are. */
export function inOrder(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    inner !== null && typeof inner === "object" && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1)))
      : inner,
  );
}
