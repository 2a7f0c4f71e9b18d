/**
 * What the patient says about calling: "I have called", and whether it can wait. Kept on this phone first, then told to
 * the team. Of the calls the first time said counts, of waiting the last word.
 */
import { needsSignIn, NoConnection, ours, post, Problem, put } from "../../lib/api";
import { withOffset } from "../../lib/calendar";
import type { CallWaiting, Waits } from "../../lib/kept";
import type { Outcome } from "../../lib/outbox";
import type { Store } from "../../lib/store";
import type { Log } from "../../lib/types";

type Call = { at: string; reached_at: string | null };
/** How each of the two is told; the server answers with what it keeps. */
export type Tell = {
  called: (log: string, call: Call) => Promise<Call>;
  waits: (log: string, waits: Waits) => Promise<Waits>;
  undone: (log: string, undoneAt: string) => Promise<unknown>;
};
type About = { log: string; patient: string; now: Date };
/** What was told of a waiting word, and how the log shows it from then on. */
type Told = { part: "call" | "waits"; sent: CallWaiting; team: Partial<Log["team"]> };

const NOT_THERE = 404;
/** The server does not ask about this log: it judged it otherwise than this phone. */
const NOT_ASKED = 409;

const tellTheServer: Tell = {
  called: async (log, call) => ours(await post<Call>(`logs/${log}/called`, call), "at"),
  waits: async (log, waits) => ours(await put<Waits>(`logs/${log}/can_wait`, waits), "can_wait"),
  undone: (log, undoneAt) => post(`logs/${log}/called/undo`, { undone_at: undoneAt }),
};

const A_MINUTE = 60_000;

/** True for a minute after the patient said "I have called": until then a press can undo it. */
export function canUndo(calledAt: string | null, now: Date): boolean {
  const since = calledAt ? now.getTime() - Date.parse(calledAt) : Infinity;
  return since >= -A_MINUTE && since < A_MINUTE;
}

/** Takes "I have called" back: as if it had not been said, or told to the server when it has heard of it already. */
export async function keepUndo(store: Store, { log, patient, now }: About): Promise<void> {
  const work = store.transaction(["calls", "logs"], "readwrite");
  const [calls, logs] = [work.objectStore("calls"), work.objectStore("logs")];
  const [said, known] = await Promise.all([calls.get(log), logs.get(log)]);
  const waits = said?.waits;
  await calls.put({ patient, ...(waits && { waits }), undone_at: withOffset(now) }, log);
  if (known) await logs.put({ ...known, team: { ...known.team, called_at: null } });
  await work.done;
}

/** Tells the server that the call was taken back. One it took back too late to know stays with the team. */
async function tellUndone(store: Store, id: string, sent: CallWaiting, tell: Tell): Promise<void> {
  if (!sent.undone_at) return;
  await tell.undone(id, sent.undone_at).catch((trouble: unknown) => {
    if (!(trouble instanceof Problem) || trouble.status !== NOT_ASKED) throw trouble;
  });
  const now = await store.get("calls", id);
  if (now?.undone_at !== sent.undone_at) return;
  const left = { ...now };
  delete left.undone_at;
  if (left.at || left.waits) await store.put("calls", left, id);
  else await store.delete("calls", id);
}

/** Changes what waits about a log, in one transaction: two taps in a row both count. */
async function change(
  store: Store,
  { log, patient }: About,
  by: (said: CallWaiting, known: Log | undefined) => CallWaiting,
): Promise<void> {
  const work = store.transaction(["calls", "logs"], "readwrite");
  const [calls, logs] = [work.objectStore("calls"), work.objectStore("logs")];
  const [said, known] = await Promise.all([calls.get(log), logs.get(log)]);
  await calls.put(by(said ?? { patient }, known), log);
  await work.done;
}

/** Keeps that the patient has called about a log; `reached`: somebody has told them what to do. */
export async function keepCall(store: Store, about: About & { reached?: boolean }): Promise<void> {
  const now = withOffset(about.now);
  await change(store, about, (said, known) => {
    const at = said.at ?? known?.team.called_at ?? now;
    const reachedAt = said.reached_at ?? (about.reached ? now : null);
    return { ...said, at, ...(reachedAt && { reached_at: reachedAt }) };
  });
}

/** Keeps whether it can wait, as the patient says now. */
export async function keepWaits(store: Store, about: About & { canWait: boolean }): Promise<void> {
  const waits: Waits = { can_wait: about.canWait, said_at: withOffset(about.now) };
  await change(store, about, (said) => ({ ...said, waits }));
}

/** What is left to tell once one part was heard; what was said meanwhile stays. */
function left(now: CallWaiting, { part, sent }: Told): CallWaiting {
  const { at, reached_at, waits, ...rest } = now;
  const called = at ? { at, ...(reached_at && { reached_at }) } : {};
  if (part === "call" && reached_at === sent.reached_at) return { ...rest, ...(waits && { waits }) };
  if (part === "waits" && waits?.said_at === sent.waits?.said_at) return { ...rest, ...called };
  return now;
}

/** Notes on the log what the server has heard, and removes it from what waits. */
async function settle(store: Store, id: string, told: Told): Promise<void> {
  const work = store.transaction(["calls", "logs"], "readwrite");
  const [calls, logs] = [work.objectStore("calls"), work.objectStore("logs")];
  const [now, log] = await Promise.all([calls.get(id), logs.get(id)]);
  const rest = now && left(now, told);
  if (rest && !rest.at && !rest.waits) await calls.delete(id);
  else if (rest) await calls.put(rest, id);
  if (log) await logs.put({ ...log, team: { ...log.team, ...told.team } });
  await work.done;
}

async function tellCall(store: Store, id: string, sent: CallWaiting, tell: Tell): Promise<void> {
  const { at, reached_at = null } = sent;
  if (!at) return;
  const heard = await tell.called(id, { at, reached_at });
  const team = { called_at: heard.at, reached_at: heard.reached_at };
  await settle(store, id, { part: "call", sent, team });
}

async function tellWaits(store: Store, id: string, sent: CallWaiting, tell: Tell): Promise<void> {
  if (!sent.waits) return;
  let team = {};
  try {
    team = { can_wait: (await tell.waits(id, sent.waits)).can_wait };
  } catch (trouble) {
    if (!(trouble instanceof Problem) || trouble.status !== NOT_ASKED) throw trouble;
  }
  await settle(store, id, { part: "waits", sent, team });
}

/** Tells the server about one log. Gives null when it was heard, or when its log is on neither side any more. */
async function sendCall(store: Store, id: string, call: CallWaiting, tell: Tell): Promise<Error | null> {
  try {
    await tellUndone(store, id, call, tell);
    await tellCall(store, id, call, tell);
    await tellWaits(store, id, call, tell);
    return null;
  } catch (trouble) {
    if (!(trouble instanceof Problem) || trouble.status !== NOT_THERE) return trouble as Error;
    await store.delete("calls", id);
    return null;
  }
}

/** Sends what this patient said, oldest log first. What is about a log that waits on this phone waits with it. */
export async function sendCalls(store: Store, patient: string, tell: Tell = tellTheServer): Promise<Outcome> {
  const outcomes = new Set<Outcome>();
  for (const id of (await store.getAllKeys("calls")).sort()) {
    const call = await store.get("calls", id);
    if (call?.patient !== patient || (await store.get("outbox", id))) continue;
    const trouble = await sendCall(store, id, call, tell);
    if (needsSignIn(trouble)) return "sign_in";
    if (trouble instanceof NoConnection && !trouble.answered) return "try_again";
    outcomes.add(trouble ? "try_again" : "all_sent");
  }
  if (outcomes.has("try_again")) return "try_again";
  return outcomes.has("all_sent") ? "all_sent" : "nothing_to_do";
}
