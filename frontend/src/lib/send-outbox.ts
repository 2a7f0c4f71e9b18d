/**
 * Sends the logs of the outbox. A log leaves it only when the server has answered for that very id, or has one of that
 * day that says the very same; a refused one stays, with the server's words, until the patient decides. Sending twice
 * is harmless: the server knows a log by its id.
 */
import { needsSignIn, NoConnection, Problem } from "./api";
import type { Refusal, Waiting } from "./kept";
import { inOutbox, unsent, type Outcome } from "./outbox";
import { inTheWay, saysTheSame } from "./same";
import type { Store } from "./store";
import type { Log, LogToSend } from "./types";

export type Sender = (id: string, log: LogToSend) => Promise<Log>;
/** Reads a log of this patient's that the server has. */
export type Looker = (id: string) => Promise<Log>;
export type Attempt = { log?: Log; refusal?: Refusal; trouble?: Error };

const REFUSALS = new Set([400, 403, 404, 405, 409, 410, 413, 415, 422]);
/** The page's anti-forgery token was old: the log itself was not looked at. */
const OUT_OF_DATE = "csrf";

/** The server's refusal, to be kept with what it refused; null for a trouble that is worth another try. */
export function refusalOf(trouble: unknown): Refusal | null {
  if (!(trouble instanceof Problem)) return null;
  const { status, code, detail, fields, extra } = trouble;
  if (!REFUSALS.has(status) || code === OUT_OF_DATE) return null;
  return { status, code, detail, fields, existing: extra.existing ? String(extra.existing) : null };
}

/** Tries to send one log, and says what came of it: the server's log, its refusal, or what went wrong on the way. */
export async function attempt(entry: Waiting, send: Sender, look?: Looker): Promise<Attempt> {
  try {
    const log = await send(entry.id, entry.log);
    if (log?.id === entry.id) return { log };
    return { trouble: new NoConnection("answered for another log", true, 200) };
  } catch (trouble) {
    const there = inTheWay(trouble);
    const log = there && look ? await look(there).catch(() => null) : null;
    if (log?.id === there && log && saysTheSame(log, entry.log)) return { log };
    const refusal = refusalOf(trouble);
    return refusal ? { refusal } : { trouble: trouble as Error };
  }
}

/** Sends one log. Gives null when it left or was refused, else what went wrong. */
async function sendOne(store: Store, entry: Waiting, send: Sender, look?: Looker): Promise<Error | null> {
  const { log, refusal, trouble } = await attempt(entry, send, look);
  try {
    if (log) await moveToHistory(store, entry, log);
    if (refusal) await store.put("outbox", { ...entry, refusal });
  } catch (full) {
    return full as Error; // sending again is harmless
  }
  return trouble ?? null;
}

async function moveToHistory(store: Store, entry: Waiting, log: Log): Promise<void> {
  const change = store.transaction(["logs", "outbox"], "readwrite");
  const logs = change.objectStore("logs");
  await Promise.all([
    entry.log.corrects && logs.delete(entry.log.corrects),
    logs.put(log),
    change.objectStore("outbox").delete(entry.id),
    change.done,
  ]);
}

/**
 * Sends this patient's waiting logs, oldest first. A refused log moves to "needs help" and the next one still
 * goes. Stops when the network is gone, the server asks to wait, or the session has ended.
 */
export async function sendAll(store: Store, patient: string, send: Sender, look?: Looker): Promise<Outcome> {
  const entries = unsent(await inOutbox(store)).filter((entry) => entry.patient === patient);
  if (entries.length === 0) return "nothing_to_do";
  const left = new Set<string>();
  for (const entry of entries) {
    if (entry.log.corrects && left.has(entry.log.corrects)) {
      left.add(entry.id);
      continue;
    }
    const trouble = await sendOne(store, entry, send, look);
    if (trouble === null) continue;
    if (needsSignIn(trouble)) return "sign_in";
    left.add(entry.id);
    if (trouble instanceof NoConnection && !trouble.answered) return "try_again";
    if (trouble instanceof Problem && trouble.status === 429) return "try_again";
  }
  return left.size === 0 ? "all_sent" : "try_again";
}
