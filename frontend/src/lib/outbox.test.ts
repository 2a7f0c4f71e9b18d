import "fake-indexeddb/auto";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { NoConnection, Problem } from "./api";
import { finished } from "./finished";
import { inOutbox, pauseBefore, refused, unsent, waitsTooLong } from "./outbox";
import { sendAll, type Sender } from "./send-outbox";
import { openStore, type Store } from "./store";
import type { Log } from "./types";

const MARIA = "maria";
const MORNING = new Date("2026-05-14T08:12:00Z");
let store: Store;
let shelf = 0;

async function write(day: string, corrects: string | null = null, patient = MARIA) {
  const newest = (await inOutbox(store)).at(-1)?.id;
  const facts = { diarrhea: { stools: 8 } };
  const untold = { shown: null, advice: null, dueMinutes: 240 };
  const waiting = finished({ patient, day, facts, corrects, ...untold, now: MORNING }, newest);
  await store.put("outbox", waiting);
  return waiting;
}

const accepted: Sender = async (id, log) =>
  ({ id, day: log.day, revision: 1, corrects: log.corrects, facts: log.facts }) as Log;

/** A server that answers by day: with trouble where there is some, else it accepts. */
function serverWith(trouble: Record<string, Error>, asked: string[] = []): Sender {
  return async (id, log) => {
    asked.push(log.day);
    const wrong = trouble[log.day];
    if (wrong) throw wrong;
    return accepted(id, log);
  };
}

const logged = (existing: string) => new Problem(409, "day_already_logged", "", [], { existing });

beforeEach(async () => {
  shelf += 1;
  store = await openStore(`outbox-${shelf}`);
});

describe("the outbox", () => {
  it("counts what is not sent from the store itself, also after a reload", async () => {
    await write("2026-05-14");
    store.close();
    store = await openStore(`outbox-${shelf}`);
    expect(unsent(await inOutbox(store))).toHaveLength(1);
  });

  it("moves an accepted log to the history", async () => {
    const { id } = await write("2026-05-14");
    expect(await sendAll(store, MARIA, accepted)).toBe("all_sent");
    expect(await inOutbox(store)).toEqual([]);
    expect((await store.get("logs", id))?.day).toBe("2026-05-14");
  });

  it("sends the oldest first", async () => {
    const asked: string[] = [];
    await write("2026-05-13");
    await write("2026-05-14");
    await sendAll(store, MARIA, serverWith({}, asked));
    expect(asked).toEqual(["2026-05-13", "2026-05-14"]);
  });

  it.each([400, 403, 404, 409, 413, 422])(
    "lesson 7: keeps a log refused with %i, with the server's words, and the next one still goes",
    async (status) => {
      await write("2026-05-13");
      await write("2026-05-14");
      const no = new Problem(status, "refused", "Ana's phone sent other answers.", [], { existing: "other" });
      await sendAll(store, MARIA, serverWith({ "2026-05-13": no }));
      const left = await inOutbox(store);
      expect(unsent(left)).toEqual([]);
      expect(refused(left)[0]).toMatchObject({
        log: { day: "2026-05-13", facts: { diarrhea: { stools: 8 } } },
        refusal: { status, detail: "Ana's phone sent other answers.", existing: "other" },
      });
    },
  );

  it("does not take a sign-in page with status 200 for an answer", async () => {
    await write("2026-05-14");
    const page = new NoConnection("200 text/html", true);
    expect(await sendAll(store, MARIA, serverWith({ "2026-05-14": page }))).toBe("try_again");
    expect(unsent(await inOutbox(store))).toHaveLength(1);
  });

  it("keeps waiting when only the page's token was old, for the log itself was not refused", async () => {
    await write("2026-05-14");
    const old = new Problem(403, "csrf", "This page is out of date.");
    expect(await sendAll(store, MARIA, serverWith({ "2026-05-14": old }))).toBe("try_again");
    expect(refused(await inOutbox(store))).toEqual([]);
  });

  it("does not take the answer for another log for its own", async () => {
    await write("2026-05-14");
    const muddled: Sender = async (_id, log) => accepted("another-id", log);
    expect(await sendAll(store, MARIA, muddled)).toBe("try_again");
    expect(unsent(await inOutbox(store))).toHaveLength(1);
  });

  it("takes a log that is in the way for its own when it says the very same: it arrived before", async () => {
    const { log } = await write("2026-05-14");
    const refusing = serverWith({ "2026-05-14": logged("before") });
    const there = (facts: object) => () =>
      Promise.resolve({ id: "before", day: log.day, facts } as unknown as Log);
    expect(await sendAll(store, MARIA, refusing, there(log.facts))).toBe("all_sent");
    expect(await inOutbox(store)).toEqual([]);
    expect((await store.get("logs", "before"))?.day).toBe("2026-05-14");

    await write("2026-05-14");
    await sendAll(store, MARIA, refusing, there({ diarrhea: { stools: 3 } }));
    expect(refused(await inOutbox(store))).toHaveLength(1);
  });

  it("leaves the refusal to the patient when the log in the way cannot be read", async () => {
    await write("2026-05-14");
    const refusing = serverWith({ "2026-05-14": logged("before") });
    await sendAll(store, MARIA, refusing, () => Promise.reject(new NoConnection("gone")));
    expect(refused(await inOutbox(store))).toHaveLength(1);
  });

  it("keeps everything when the session has ended, and asks to sign in", async () => {
    await write("2026-05-14");
    const no = new Problem(401, "not_signed_in", "");
    expect(await sendAll(store, MARIA, serverWith({ "2026-05-14": no }))).toBe("sign_in");
    expect(unsent(await inOutbox(store))).toHaveLength(1);
  });

  it("leaves a log unsent when the server stumbles, and sends the later ones", async () => {
    await write("2026-05-13");
    await write("2026-05-14");
    const stumble = new Problem(500, "status_500", "");
    expect(await sendAll(store, MARIA, serverWith({ "2026-05-13": stumble }))).toBe("try_again");
    expect((await inOutbox(store)).map((entry) => entry.log.day)).toEqual(["2026-05-13"]);
    expect(refused(await inOutbox(store))).toEqual([]);
  });

  it("holds a correction back while the log it corrects is not sent", async () => {
    const first = await write("2026-05-14");
    await write("2026-05-14", first.id);
    const asked: string[] = [];
    await sendAll(store, MARIA, async (id, log) => {
      asked.push(id);
      if (id === first.id) throw new Problem(503, "status_503", "");
      return accepted(id, log);
    });
    expect(asked).toEqual([first.id]);
    expect(await inOutbox(store)).toHaveLength(2);
  });

  it("stops at the first log when there is no network", async () => {
    const asked: string[] = [];
    await write("2026-05-13");
    await write("2026-05-14");
    const gone = { "2026-05-13": new NoConnection("offline") };
    expect(await sendAll(store, MARIA, serverWith(gone, asked))).toBe("try_again");
    expect(asked).toEqual(["2026-05-13"]);
  });

  it("sends only the logs of the person who is signed in", async () => {
    await write("2026-05-14", null, "somebody else");
    expect(await sendAll(store, MARIA, accepted)).toBe("nothing_to_do");
    expect(await inOutbox(store)).toHaveLength(1);
  });

  it("keeps one id for every attempt", async () => {
    const { id } = await write("2026-05-14");
    const ids: string[] = [];
    const deaf: Sender = async (tried) => {
      ids.push(tried);
      throw new NoConnection("offline");
    };
    await sendAll(store, MARIA, deaf);
    await sendAll(store, MARIA, deaf);
    expect(ids).toEqual([id, id]);
  });

  it("keeps the order of writing when the clock is set back between two logs", async () => {
    vi.useFakeTimers({ now: new Date("2026-05-20T08:00:00Z"), toFake: ["Date"] });
    const first = await write("2026-05-14");
    vi.setSystemTime(new Date("2026-05-14T08:00:00Z"));
    const correction = await write("2026-05-14", first.id);
    vi.useRealTimers();
    expect((await inOutbox(store)).map((entry) => entry.id)).toEqual([first.id, correction.id]);
  });

  it("warns about a log from the days ahead, written before the clock was set right", async () => {
    const entry = await write("2026-05-14");
    expect(waitsTooLong([entry], new Date("2026-05-10T08:12:00Z"))).toBe(true);
  });

  it("keeps a log unsent when the phone has no room to note that it arrived", async () => {
    await write("2026-05-14");
    const full = new DOMException("no room", "QuotaExceededError");
    vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(() => {
      throw full;
    });
    expect(await sendAll(store, MARIA, accepted)).toBe("try_again");
    vi.restoreAllMocks();
    expect(unsent(await inOutbox(store))).toHaveLength(1);
  });

  it("warns when something has waited for more than a day", async () => {
    const entry = await write("2026-05-14");
    expect(waitsTooLong([entry], new Date("2026-05-15T08:11:00Z"))).toBe(false);
    expect(waitsTooLong([entry], new Date("2026-05-15T08:13:00Z"))).toBe(true);
  });

  it("tries again after 5, 10, 20 seconds, and at least every 5 minutes", () => {
    expect([1, 2, 3, 20].map((tries) => pauseBefore(tries))).toEqual([5_000, 10_000, 20_000, 300_000]);
  });

  it("waits as long as the server asked, but no longer than a quarter of an hour", () => {
    expect(pauseBefore(1, 120)).toBe(120_000);
    expect(pauseBefore(20, 10)).toBe(300_000);
    expect(pauseBefore(1, 86_400)).toBe(900_000);
  });
});
