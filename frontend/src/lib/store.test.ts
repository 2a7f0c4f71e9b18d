import "fake-indexeddb/auto";
import { openDB } from "idb";
import { beforeEach, describe, expect, it } from "vitest";
import type { Draft, MessageWaiting, PhotoWaiting, Waiting } from "./kept";
import {
  forgetBefore,
  handOver,
  isNewer,
  keep,
  kept,
  openStore,
  wipe,
  wipeAllButUnsent,
  type Store,
} from "./store";
import type { Log } from "./types";

const PHOTO = { id: "photo", patient: "maria", log: "log", part: "hands" } as PhotoWaiting;
const MESSAGE = { id: "message", patient: "maria", text: "May I swim?" } as MessageWaiting;
const CALL = { patient: "maria", at: "2026-05-14T08:20:00-04:00" };
let name: string;
let store: Store;
let shelf = 0;

async function fill(): Promise<void> {
  await keep(store, "me", "Maria");
  await store.put("outbox", { id: "log", patient: "maria" } as Waiting);
  await store.put("photos", PHOTO);
  await store.put("messages", MESSAGE);
  await store.put("calls", CALL, "log");
}

const counts = async (): Promise<number[]> =>
  Promise.all((["outbox", "photos", "calls", "messages"] as const).map((room) => store.count(room)));

beforeEach(async () => {
  shelf += 1;
  name = `store-${shelf}`;
  store = await openStore(name);
});

describe("what the phone keeps", () => {
  it("is all gone after signing out", async () => {
    await fill();
    await wipe(store, "maria");
    expect(await kept(store, "me")).toBeNull();
    expect(await counts()).toEqual([0, 0, 0, 0]);
  });

  it("keeps what somebody else has not sent yet when a person signs out", async () => {
    await fill();
    await wipe(store, "walter");
    expect(await kept(store, "me")).toBeNull();
    expect(await counts()).toEqual([1, 1, 1, 1]);
  });

  it("is at most 28 days: older logs go, with their drafts and calls, and nothing that was not sent", async () => {
    for (const day of ["2026-04-16", "2026-04-17"]) {
      await store.put("logs", { id: `log of ${day}`, day } as Log);
      await store.put("drafts", { day } as Draft);
      await store.put("called", "at noon", `log of ${day}`);
    }
    await store.put("outbox", { id: "waiting", log: { day: "2026-04-02" } } as Waiting);
    await store.put("called", "at noon", "waiting");
    await forgetBefore(store, "2026-04-17");
    expect(await store.getAllKeys("logs")).toEqual(["log of 2026-04-17"]);
    expect(await store.getAllKeys("drafts")).toEqual(["2026-04-17"]);
    expect(await store.getAllKeys("called")).toEqual(["log of 2026-04-17", "waiting"]);
    expect(await store.getAllKeys("outbox")).toEqual(["waiting"]);
  });

  it("loses nothing unsent when somebody else signs in", async () => {
    await fill();
    await wipeAllButUnsent(store);
    expect(await kept(store, "me")).toBeNull();
    expect(await counts()).toEqual([1, 1, 1, 1]);
  });

  it("keeps forms begun for the one who began them, out of sight of the next person", async () => {
    await store.put("drafts", { day: "2026-05-14", step: "feet" } as Draft);
    await handOver(store, { patient: "maria" }, { patient: "walter", me: "Walter" });
    expect(await store.getAll("drafts")).toEqual([]);
    await store.put("drafts", { day: "2026-05-14", step: "tired" } as Draft);
    await handOver(store, { patient: "walter" }, { patient: "maria", me: "Maria" });
    expect(await store.getAll("drafts")).toEqual([{ day: "2026-05-14", step: "feet" }]);
    expect(await kept(store, "me")).toBe("Maria");
    await wipe(store, "maria");
    await handOver(store, { patient: null }, { patient: "walter", me: "Walter" });
    expect(await store.getAll("drafts")).toEqual([{ day: "2026-05-14", step: "tired" }]);
  });

  it("knows a store that a newer page has made", async () => {
    store.close();
    (await openDB(`${name}-newer`, 99)).close();
    const trouble = await openStore(`${name}-newer`).catch((reason: unknown) => reason);
    expect(isNewer(trouble)).toBe(true);
    expect(isNewer(new DOMException("", "QuotaExceededError"))).toBe(false);
  });

  it("survives the update to a version with more rooms", async () => {
    store.close();
    name = `${name}-of-version-1`;
    const old = await openDB(name, 1, {
      upgrade(first) {
        for (const room of ["kept", "called"]) first.createObjectStore(room);
        for (const room of ["logs", "outbox"]) first.createObjectStore(room, { keyPath: "id" });
        first.createObjectStore("drafts", { keyPath: "day" });
      },
    });
    await old.put("outbox", { id: "log" });
    old.close();
    store = await openStore(name);
    await store.put("photos", PHOTO);
    expect(await counts()).toEqual([1, 1, 0, 0]);
  });

  it("keeps photos and calls that wait through the update to a version with messages", async () => {
    store.close();
    name = `${name}-of-version-2`;
    const old = await openDB(name, 2, {
      upgrade(second) {
        for (const room of ["kept", "called", "calls"]) second.createObjectStore(room);
        for (const room of ["logs", "outbox", "photos"]) second.createObjectStore(room, { keyPath: "id" });
        second.createObjectStore("drafts", { keyPath: "day" });
      },
    });
    await old.put("outbox", { id: "log", patient: "maria" });
    await old.put("photos", PHOTO);
    await old.put("calls", CALL, "log");
    old.close();
    store = await openStore(name);
    await store.put("messages", MESSAGE);
    expect(await counts()).toEqual([1, 1, 1, 1]);
  });

  it("forgets the thread with the team, and what was being written, with everything else", async () => {
    await keep(store, "thread", { etag: null, results: [], next: null });
    await keep(store, "message_draft", { text: "May I" });
    await wipe(store, "maria");
    expect([await kept(store, "thread"), await kept(store, "message_draft")]).toEqual([null, null]);
  });
});
