/** The advice of one log, wherever the log is: still on this phone, refused, or with the team. */
import type { CallWaiting, Waiting } from "../../lib/kept";
import type { Advice, Facts, Log } from "../../lib/types";

export type Given = {
  id: string;
  day: string;
  facts: Facts;
  advice: Advice | null;
  entry: Waiting | null;
  log: Log | null;
  /** By when the patient should have called; null when no call is needed. */
  callBy: string | null;
  /** When the patient called the team about it. */
  calledAt: string | null;
  /** Whether it can wait, as the patient said last; null while nothing was said. */
  canWait: boolean | null;
};

type Known = { logs: Log[]; outbox: Waiting[]; calls: Record<string, CallWaiting> };

/** The number to call stands in the sentences as {emergency_number}: each clinic has its own. */
function withNumber(advice: Advice | null, number: string): Advice | null {
  return advice && (JSON.parse(JSON.stringify(advice).replaceAll("{emergency_number}", number)) as Advice);
}

/** The advice for a log id, or null when this phone does not know that log. The server's word counts once it has spoken. */
export function adviceOf(id: string, { logs, outbox, calls }: Known, emergencyNumber: string): Given | null {
  const log = logs.find((candidate) => candidate.id === id) ?? null;
  const entry = outbox.find((candidate) => candidate.id === id) ?? null;
  const from = log ?? entry?.log;
  if (!from) return null;
  return {
    id,
    day: from.day,
    facts: from.facts,
    advice: withNumber(log?.advice ?? entry?.advice ?? null, emergencyNumber),
    entry,
    log,
    callBy: log?.nurse_due_at ?? entry?.due_at ?? null,
    calledAt: log?.team.called_at ?? calls[id]?.at ?? null,
    canWait: calls[id]?.waits?.can_wait ?? log?.team.can_wait ?? null,
  };
}
