/** What is read and what is not in the thread between patient and team. Pure; the newest message stands first. */
import type { ThreadKept } from "../../lib/kept";
import type { Message } from "../../lib/types";

const isUnread = (message: Message): boolean => message.origin === "team" && message.read_at === null;

/** The team's messages that the patient has not read, newest first. */
export function unreadIn(thread: ThreadKept | null): Message[] {
  return thread?.results.filter(isUnread) ?? [];
}

/** The thread as it is once the patient has read up to this message; unchanged when it is not there. */
export function readUpTo(thread: ThreadKept, upTo: string | null, now: Date): ThreadKept {
  const place = thread.results.findIndex((message) => message.id === upTo);
  if (place < 0) return thread;
  const results = thread.results.map((message, at) =>
    at >= place && isUnread(message) ? { ...message, read_at: now.toISOString() } : message,
  );
  return { ...thread, results };
}
