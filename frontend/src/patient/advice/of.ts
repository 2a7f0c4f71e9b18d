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
  /** When the patient called the team about this day. */
  calledAt: string | null;
  /** They called before they changed these answers. */
  calledBefore: boolean;
  /** Whether it can wait, as the patient said last; null while nothing was said. */
  canWait: boolean | null;
};

type Known = { logs: Log[]; outbox: Waiting[]; calls: Record<string, CallWaiting> };

/** The number to call stands in the sentences as {emergency_number}: each clinic has its own. */
export function withNumber(advice: Advice | null, number: string): Advice | null {
  return advice && (JSON.parse(JSON.stringify(advice).replaceAll("{emergency_number}", number)) as Advice);
}

type Call = { calledAt: string | null; calledBefore: boolean };

/** The newest call about a log or about the log it corrects: a later change of the answers takes no call away. */
export function callAbout(id: string, { logs, outbox, calls }: Known): Call {
  const log = logs.find((one) => one.id === id);
  const entry = outbox.find((one) => one.id === id);
  const before = log?.corrects ?? entry?.log.corrects ?? null;
  const team = logs.filter((one) => one.id === id || one.id === before).map((one) => one.team.called_at);
  const own = calls[id]?.at;
  const calledAt =
    [own, before && calls[before]?.at, ...team]
      .filter((at) => typeof at === "string")
      .toSorted((a, b) => Date.parse(a) - Date.parse(b))
      .at(-1) ?? null;
  const writtenAt = log?.written_at ?? entry?.log.written_at ?? null;
  const calledBefore =
    !own && before !== null && !!calledAt && !!writtenAt && Date.parse(calledAt) < Date.parse(writtenAt);
  return { calledAt, calledBefore };
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
    ...callAbout(id, { logs, outbox, calls }),
    canWait: calls[id]?.waits?.can_wait ?? log?.team.can_wait ?? null,
  };
}
