/** "I have called": kept on this phone first, then told to the team. The first time said is the one that counts. */
import { needsSignIn, NoConnection, ours, post, Problem } from "../../lib/api";
import { withOffset } from "../../lib/calendar";
import type { CallWaiting } from "../../lib/kept";
import type { Outcome } from "../../lib/outbox";
import type { Store } from "../../lib/store";
import type { Log } from "../../lib/types";

type Heard = { at: string; reached_at: string | null };
export type Tell = (log: string, call: CallWaiting) => Promise<Heard>;

const NOT_THERE = 404;

const tellTheServer: Tell = async (log, { at, reached_at = null }) =>
  ours(await post<Heard>(`logs/${log}/called`, { at, reached_at }), "at");

/** Keeps that the patient has called about a log; `reached`: somebody has told them what to do. */
export async function keepCall(
  store: Store,
  { log, patient, now, reached = false }: { log: string; patient: string; now: Date; reached?: boolean },
): Promise<void> {
  const [said, known] = [await store.get("calls", log), await store.get("logs", log)];
  const at = said?.at ?? known?.team.called_at ?? withOffset(now);
  const reachedAt = said?.reached_at ?? (reached ? withOffset(now) : null);
  await store.put("calls", { patient, at, ...(reachedAt && { reached_at: reachedAt }) }, log);
}

/** Notes on the log what the server has heard; what was said meanwhile stays to be sent. */
async function settle(store: Store, id: string, sent: CallWaiting, heard: Heard): Promise<void> {
  const change = store.transaction(["calls", "logs"], "readwrite");
  const [calls, logs] = [change.objectStore("calls"), change.objectStore("logs")];
  const [now, log] = await Promise.all([calls.get(id), logs.get(id)]);
  if (now?.reached_at === sent.reached_at) await calls.delete(id);
  if (log) await logs.put(withCall(log, heard));
  await change.done;
}

function withCall(log: Log, { at, reached_at }: Heard): Log {
  return { ...log, team: { ...log.team, called_at: at, reached_at } };
}

/** Tells the server of one call. Gives null when it was heard, or when its log is on neither side any more. */
async function sendCall(store: Store, id: string, call: CallWaiting, tell: Tell): Promise<Error | null> {
  try {
    await settle(store, id, call, await tell(id, call));
    return null;
  } catch (trouble) {
    if (!(trouble instanceof Problem) || trouble.status !== NOT_THERE) return trouble as Error;
    await store.delete("calls", id);
    return null;
  }
}

/** Sends this patient's calls, oldest log first. A call about a log that waits on this phone waits with it. */
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
