/**
 * What this phone keeps, in IndexedDB. Nine rooms: `kept` (who I am, the protocol, the thread with the team, a message
 * being written), `logs` (what the server has), `drafts` (a form being filled in), `called` (when the patient has called
 * about a log), and what the server does not have yet: `outbox` (logs, refused ones as well), `calls`, `photos` and
 * `messages`. `aside` holds forms begun by somebody who is not signed in here now.
 */
import { openDB, type DBSchema, type IDBPDatabase } from "idb";
import type { CallWaiting, Draft, MessageWaiting, PhotoWaiting, Waiting } from "./kept";
import type { Log } from "./types";

interface Rooms extends DBSchema {
  kept: { key: string; value: unknown };
  logs: { key: string; value: Log };
  outbox: { key: string; value: Waiting };
  drafts: { key: string; value: Draft };
  called: { key: string; value: string };
  /** The key is the id of the log that the patient has called about. */
  calls: { key: string; value: CallWaiting };
  photos: { key: string; value: PhotoWaiting };
  messages: { key: string; value: MessageWaiting };
  /** The key is the id of a patient who is not signed in here now: forms they have begun. */
  aside: { key: string; value: Draft[] };
}
export type Store = IDBPDatabase<Rooms>;

const UNSENT = ["outbox", "calls", "photos", "messages"] as const;
const COPIES = ["kept", "logs", "drafts", "called"] as const;
const SHELF = "handhold";

/** What the phone may tell of its store: an older page still holds it, or it was closed under us. */
type Told = { blocked?: () => void; closed?: () => void };

/** Opens the phone's store, made on the first visit. Throws when the browser keeps nothing for us. */
export async function openStore(name = SHELF, told: Told = {}): Promise<Store> {
  return openDB<Rooms>(name, 4, {
    blocked: () => told.blocked?.(),
    terminated: () => told.closed?.(),
    upgrade(store, before) {
      if (before < 1) {
        store.createObjectStore("kept");
        store.createObjectStore("logs", { keyPath: "id" });
        store.createObjectStore("outbox", { keyPath: "id" });
        store.createObjectStore("drafts", { keyPath: "day" });
        store.createObjectStore("called");
      }
      if (before < 2) {
        store.createObjectStore("calls");
        store.createObjectStore("photos", { keyPath: "id" });
      }
      if (before < 3) store.createObjectStore("messages", { keyPath: "id" });
      if (before < 4) store.createObjectStore("aside");
    },
  });
}

/** True when the store was made by a newer build than this page: loading the page again helps. */
export function isNewer(trouble: unknown): boolean {
  return trouble instanceof DOMException && trouble.name === "VersionError";
}

type Somebody = { patient: string | null };

/**
 * Gives the phone from one person to another, all at once, so that no open page sees it half done: what the first one
 * saw is removed, forms they have begun go out of sight until they come back, and those of the next person return.
 */
export async function handOver(
  store: Store,
  before: Somebody,
  next: Somebody & { me: unknown },
): Promise<void> {
  const change = store.transaction([...COPIES, "aside"], "readwrite");
  const [drafts, aside] = [change.objectStore("drafts"), change.objectStore("aside")];
  const begun = await drafts.getAll();
  const back = next.patient === null ? [] : ((await aside.get(next.patient)) ?? []);
  await Promise.all([
    ...COPIES.map((room) => change.objectStore(room).clear()),
    before.patient !== null && begun.length && aside.put(begun, before.patient),
    next.patient !== null && aside.delete(next.patient),
    ...back.map((draft) => drafts.put(draft)),
    change.objectStore("kept").put(next.me, "me"),
    change.done,
  ]);
}

/**
 * Removes what the last person saw, but never a log, a call, a photo or a message that has not reached the server, nor
 * a form that was set aside.
 */
export async function wipeAllButUnsent(store: Store): Promise<void> {
  const all = store.transaction(COPIES, "readwrite");
  await Promise.all([...COPIES.map((room) => all.objectStore(room).clear()), all.done]);
}

/** Removes everything of this patient. What somebody else who used this phone has not sent yet stays for them. */
export async function wipe(store: Store, patient: string | null): Promise<void> {
  const unsent = store.transaction(UNSENT, "readwrite");
  const remove = async (room: (typeof UNSENT)[number]): Promise<void> => {
    for await (const entry of unsent.objectStore(room))
      if (entry.value.patient === patient) await entry.delete();
  };
  await Promise.all([...UNSENT.map(remove), unsent.done]);
  if (patient) await store.delete("aside", patient);
  await wipeAllButUnsent(store);
}

/** Keeps one thing by name: `me`, `protocol`. */
export async function keep(store: Store, name: string, value: unknown): Promise<void> {
  await store.put("kept", value, name);
}

/** What was kept under that name, or null. */
export async function kept<T>(store: Store, name: string): Promise<T | null> {
  return ((await store.get("kept", name)) as T | undefined) ?? null;
}

/** Replaces the copy of the server's logs, keeping nothing the server no longer shows. */
export async function keepLogs(store: Store, logs: Log[]): Promise<void> {
  const change = store.transaction("logs", "readwrite");
  await Promise.all([change.store.clear(), ...logs.map((log) => change.store.put(log)), change.done]);
}

/** Removes the copies of days before `day`, their drafts, and what was noted about their logs. The outbox stays. */
export async function forgetBefore(store: Store, day: string): Promise<void> {
  const change = store.transaction(["logs", "drafts", "called", "outbox"], "readwrite");
  const [logs, drafts, called, unsent] = await Promise.all([
    change.objectStore("logs").getAll(),
    change.objectStore("drafts").getAll(),
    change.objectStore("called").getAllKeys(),
    change.objectStore("outbox").getAllKeys(),
  ]);
  const old = logs.filter((log) => log.day < day).map((log) => log.id);
  const kept = new Set([...unsent, ...logs.map((log) => log.id).filter((id) => !old.includes(id))]);
  await Promise.all([
    ...old.map((id) => change.objectStore("logs").delete(id)),
    ...drafts
      .filter((draft) => draft.day < day && !draft.day_unknown)
      .map((draft) => change.objectStore("drafts").delete(draft.day)),
    ...called.filter((id) => !kept.has(id)).map((id) => change.objectStore("called").delete(id)),
    change.done,
  ]);
}
