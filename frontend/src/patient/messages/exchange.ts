/**
 * Messages between this phone and the server. A message waits in the store until the server has answered for that very
 * id; a refused one stays with the server's words, and the others still go. Sending twice is harmless.
 */
import { ask, get, needsSignIn, NoConnection, ours, post, Problem, put } from "../../lib/api";
import type { MessageWaiting, ThreadKept } from "../../lib/kept";
import type { Outcome } from "../../lib/outbox";
import { refusalOf } from "../../lib/send-outbox";
import { keep, kept, type Store } from "../../lib/store";
import type { Message } from "../../lib/types";
import { readUpTo } from "./thread";

type Page = Pick<ThreadKept, "results" | "next">;
export type Wire = {
  put: (message: MessageWaiting) => Promise<Message>;
  read: (upTo: string) => Promise<unknown>;
};

/** What the patient has read on this phone and the server does not know yet, kept under this name. */
const READ = "messages_read";
const THREAD = "thread";

export const server: Wire = {
  put: async ({ id, text, written_at }) => {
    const message = await put<Message>(`messages/${id}`, { text, written_at });
    if (message?.id !== id) throw new NoConnection("answered for another message", true, 200);
    return message;
  },
  read: (up_to) => post("messages/read", { up_to }),
};

/** Sends this patient's messages, oldest first, then how far the patient has read. */
export async function sendMessages(store: Store, patient: string, wire: Wire = server): Promise<Outcome> {
  let outcome: Outcome = "nothing_to_do";
  // The key is the id, and ids are made in the order of writing.
  for (const message of await store.getAll("messages")) {
    if (message.patient !== patient || message.refusal) continue;
    const trouble = await sendOne(store, message, wire);
    if (needsSignIn(trouble)) return "sign_in";
    if (trouble instanceof NoConnection && !trouble.answered) return "try_again";
    if (trouble) outcome = "try_again";
    else if (outcome === "nothing_to_do") outcome = "all_sent";
  }
  const told = await sendRead(store, wire);
  return told === "nothing_to_do" || outcome === "try_again" ? outcome : told;
}

/** Sends one message. Gives null when it left or was refused, else what went wrong. */
async function sendOne(store: Store, message: MessageWaiting, wire: Wire): Promise<Error | null> {
  try {
    await arrived(store, await wire.put(message));
    return null;
  } catch (trouble) {
    const refusal = refusalOf(trouble);
    if (!refusal) return trouble as Error;
    // The patient may have taken it away meanwhile.
    if (await store.get("messages", message.id)) await store.put("messages", { ...message, refusal });
    return null;
  }
}

/** The server has it: it moves from what waits to the thread, in one step. */
async function arrived(store: Store, message: Message): Promise<void> {
  const change = store.transaction(["messages", "kept"], "readwrite");
  const shelf = change.objectStore("kept");
  const thread = ((await shelf.get(THREAD)) as ThreadKept | undefined) ?? { results: [], next: null };
  const others = thread.results.filter((one) => one.id !== message.id);
  await Promise.all([
    shelf.put({ ...thread, etag: null, results: [message, ...others] }, THREAD),
    change.objectStore("messages").delete(message.id),
    change.done,
  ]);
}

/** Tells how far the patient has read. A message the server does not know is let go. */
async function sendRead(store: Store, wire: Wire): Promise<Outcome> {
  const upTo = await kept<string>(store, READ);
  if (upTo === null) return "nothing_to_do";
  try {
    await wire.read(upTo);
  } catch (trouble) {
    if (needsSignIn(trouble)) return "sign_in";
    if (!(trouble instanceof Problem) || trouble.status >= 500 || trouble.status === 429) return "try_again";
  }
  if ((await kept<string>(store, READ)) === upTo) await store.delete("kept", READ);
  return "all_sent";
}

/** The newest messages, or null when nothing is new. */
export async function askForThread(store: Store): Promise<ThreadKept | null> {
  const held = await kept<ThreadKept>(store, THREAD);
  const answer = await get<Page>("messages", held?.etag ?? null);
  if (answer.notModified) return null;
  const { results, next } = ours(answer.data, "results", "next");
  return { etag: answer.etag, results, next };
}

/** Keeps them. What was read on this phone stays read, also before the server has heard of it. */
export async function keepThread(store: Store, thread: ThreadKept): Promise<void> {
  await keep(store, THREAD, readUpTo(thread, await kept<string>(store, READ), new Date()));
}

/** The patient has seen everything on the screen: noted here at once, and told to the server by `sendMessages`. */
export async function noteRead(store: Store, upTo: string, now: Date): Promise<void> {
  const thread = await kept<ThreadKept>(store, THREAD);
  if (thread) await keep(store, THREAD, readUpTo(thread, upTo, now));
  await keep(store, READ, upTo);
}

/** Older messages, which are not kept. Throws without a network. */
export async function older(next: string): Promise<Page> {
  const url = new URL(next, location.origin);
  return ours((await ask<Page>(url.pathname + url.search)).data, "results", "next");
}
