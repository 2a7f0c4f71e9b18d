import "fake-indexeddb/auto";
import { beforeEach, describe, expect, it } from "vitest";
import { NoConnection, Problem } from "../../lib/api";
import type { CallWaiting, Waits } from "../../lib/kept";
import { openStore, type Store } from "../../lib/store";
import type { Log } from "../../lib/types";
import { canUndo, keepCall, keepUndo, keepWaits, sendCalls, type Tell } from "./calls";

const AT = new Date("2026-05-14T14:05:00Z");
const LATER = new Date("2026-05-15T08:10:00Z");
const MARIA = "maria";
let store: Store;
let told: [string, Omit<CallWaiting, "patient" | "reached_at"> & { reached_at?: string | null }][];
let toldToWait: [string, Waits][];
let takenBack: [string, string][];
let shelf = 0;

const hears: Tell = {
  called: async (log, call) => {
    told.push([log, call]);
    return call;
  },
  waits: async (log, waits) => {
    toldToWait.push([log, waits]);
    return waits;
  },
  undone: async (log, undoneAt) => {
    takenBack.push([log, undoneAt]);
  },
};
const says = (trouble: Error): Tell => ({
  called: () => Promise.reject(trouble),
  waits: () => Promise.reject(trouble),
  undone: () => Promise.reject(trouble),
});
const canItWait = (canWait: boolean, now = AT): Promise<void> =>
  keepWaits(store, { log: "monday", patient: MARIA, now, canWait });
const call = (more: { log?: string; now?: Date; reached?: boolean } = {}): Promise<void> =>
  keepCall(store, { log: "monday", patient: MARIA, now: AT, ...more });
const logOf = (id: string): Log => ({ id, day: "2026-05-14", team: { called_at: null } }) as unknown as Log;

beforeEach(async () => {
  store = await openStore(`calls ${(shelf += 1)}`);
  told = [];
  toldToWait = [];
  takenBack = [];
});

describe("I have called", () => {
  it("is kept first and told when the server is there; then the log says so", async () => {
    await store.put("logs", logOf("monday"));
    await call();
    expect(await sendCalls(store, MARIA, hears)).toBe("all_sent");
    expect(Date.parse((await store.get("logs", "monday"))?.team.called_at ?? "")).toBe(AT.getTime());
    expect(await store.count("calls")).toBe(0);
  });

  it("keeps the first time said, and adds when somebody told them what to do", async () => {
    await call();
    await call({ now: LATER, reached: true });
    await sendCalls(store, MARIA, hears);
    const [, said] = told[0]!;
    expect([Date.parse(said.at ?? ""), Date.parse(said.reached_at ?? "")]).toEqual([
      AT.getTime(),
      LATER.getTime(),
    ]);
  });

  it("waits with a log that waits on this phone", async () => {
    await store.put("outbox", { id: "monday", patient: MARIA } as never);
    await call();
    expect(await sendCalls(store, MARIA, hears)).toBe("nothing_to_do");
    expect([told, await store.count("calls")]).toEqual([[], 1]);
  });

  it("stays when nobody answers, when the server is unwell, and when the session has ended", async () => {
    await call();
    expect(await sendCalls(store, MARIA, says(new NoConnection("offline")))).toBe("try_again");
    expect(await sendCalls(store, MARIA, says(new Problem(503, "down", "")))).toBe("try_again");
    expect(await sendCalls(store, MARIA, says(new Problem(401, "sign_in", "")))).toBe("sign_in");
    expect(await store.count("calls")).toBe(1);
  });

  it("is let go when its log is on neither side any more", async () => {
    await call();
    expect(await sendCalls(store, MARIA, says(new Problem(404, "not_found", "")))).toBe("all_sent");
    expect(await store.count("calls")).toBe(0);
  });

  it("is not told in the name of somebody else who signed in on this phone", async () => {
    await call();
    expect(await sendCalls(store, "walter", hears)).toBe("nothing_to_do");
    expect(await store.count("calls")).toBe(1);
  });

  it("said again while the first one was on its way is told as well", async () => {
    await call();
    const slow: Tell = {
      ...hears,
      called: async (log, sent) => {
        await call({ now: LATER, reached: true });
        return hears.called(log, sent);
      },
    };
    await sendCalls(store, MARIA, slow);
    expect((await store.get("calls", "monday"))?.reached_at).toBeDefined();
  });
});

describe("whether it can wait", () => {
  it("is kept first and told when the server is there; then the log says so", async () => {
    await store.put("logs", logOf("monday"));
    await canItWait(false);
    expect(await sendCalls(store, MARIA, hears)).toBe("all_sent");
    expect((await store.get("logs", "monday"))?.team.can_wait).toBe(false);
    expect([toldToWait.length, told.length, await store.count("calls")]).toEqual([1, 0, 0]);
  });

  it("is the last word said", async () => {
    await canItWait(true);
    await canItWait(false, LATER);
    await sendCalls(store, MARIA, hears);
    expect(toldToWait.map(([, waits]) => waits.can_wait)).toEqual([false]);
  });

  it("stands beside the call, and neither is lost for the other", async () => {
    await canItWait(false);
    await call();
    await sendCalls(store, MARIA, hears);
    expect([told.length, toldToWait.length]).toEqual([1, 1]);
  });

  it("waits without signal, also when the call was heard before the signal went", async () => {
    await canItWait(false);
    await call();
    const half: Tell = { ...hears, waits: () => Promise.reject(new NoConnection("offline")) };
    expect(await sendCalls(store, MARIA, half)).toBe("try_again");
    expect(await store.get("calls", "monday")).toMatchObject({ waits: { can_wait: false } });
    await sendCalls(store, MARIA, hears);
    expect([told.length, toldToWait.length, await store.count("calls")]).toEqual([1, 1, 0]);
  });

  it("changed while the first word was on its way is told as well", async () => {
    await canItWait(true);
    const slow: Tell = {
      ...hears,
      waits: async (log, sent) => {
        await canItWait(false, LATER);
        return hears.waits(log, sent);
      },
    };
    await sendCalls(store, MARIA, slow);
    expect((await store.get("calls", "monday"))?.waits?.can_wait).toBe(false);
  });

  it("is let go where the server does not ask it, and the call is told all the same", async () => {
    await canItWait(true);
    await call();
    const refuses: Tell = { ...hears, waits: () => Promise.reject(new Problem(409, "not_asked", "")) };
    expect(await sendCalls(store, MARIA, refuses)).toBe("all_sent");
    expect([told.length, await store.count("calls")]).toEqual([1, 0]);
  });
});

describe("I have called, undone within a minute", () => {
  const undo = (): Promise<void> => keepUndo(store, { log: "monday", patient: MARIA, now: AT });

  it("is never told when the server had not heard of it, and leaves nothing behind", async () => {
    await call();
    await undo();
    expect(await sendCalls(store, MARIA, hears)).toBe("all_sent");
    expect(told).toEqual([]);
    expect(await store.count("calls")).toBe(0);
  });

  it("is told when the server had heard of it, and the log shows it at once", async () => {
    await store.put("logs", logOf("monday"));
    await call();
    await sendCalls(store, MARIA, hears);
    await undo();
    expect((await store.get("logs", "monday"))?.team.called_at).toBeNull();
    await sendCalls(store, MARIA, hears);
    expect(takenBack.map(([log]) => log)).toEqual(["monday"]);
    expect(await store.count("calls")).toBe(0);
  });

  it("stays with the team when the server says that it is too late", async () => {
    await undo();
    await sendCalls(store, MARIA, { ...hears, ...says(new Problem(409, "too_late", "")) });
    expect(await store.count("calls")).toBe(0);
  });

  it("is offered for a minute and no longer", () => {
    const at = AT.toISOString();
    expect(canUndo(at, new Date(AT.getTime() + 59_000))).toBe(true);
    expect(canUndo(at, new Date(AT.getTime() + 61_000))).toBe(false);
    expect(canUndo(null, AT)).toBe(false);
  });
});
