/**
 * What this phone keeps, in IndexedDB. Five rooms: `kept` (who I am, the protocol), `logs` (what the server has),
 * `outbox` (what it does not have yet, or refused), `drafts` (a form being filled in) and `called`.
 */
import { openDB, type DBSchema, type IDBPDatabase } from "idb";
import type { Draft, Waiting } from "./kept";
import type { Log } from "./types";

interface Rooms extends DBSchema {
  kept: { key: string; value: unknown };
  logs: { key: string; value: Log };
  outbox: { key: string; value: Waiting };
  drafts: { key: string; value: Draft };
  called: { key: string; value: string };
}
export type Store = IDBPDatabase<Rooms>;

const ROOMS = ["kept", "logs", "outbox", "drafts", "called"] as const;
const SHELF = "handhold";

/** Opens the phone's store, made on the first visit. */
export function openStore(name = SHELF): Promise<Store> {
  return openDB<Rooms>(name, 1, {
    upgrade(store) {
      store.createObjectStore("kept");
      store.createObjectStore("logs", { keyPath: "id" });
      store.createObjectStore("outbox", { keyPath: "id" });
      store.createObjectStore("drafts", { keyPath: "day" });
      store.createObjectStore("called");
    },
  });
}

async function clear(store: Store, rooms: readonly (typeof ROOMS)[number][]): Promise<void> {
  const all = store.transaction(rooms, "readwrite");
  await Promise.all([...rooms.map((room) => all.objectStore(room).clear()), all.done]);
}

/** Removes everything about anybody from this phone. */
export function wipe(store: Store): Promise<void> {
  return clear(store, ROOMS);
}

/** Removes what the last person saw, but never a log that has not reached the server. */
export function wipeAllButOutbox(store: Store): Promise<void> {
  return clear(
    store,
    ROOMS.filter((room) => room !== "outbox"),
  );
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
  await change.store.clear();
  await Promise.all(logs.map((log) => change.store.put(log)));
  await change.done;
}
