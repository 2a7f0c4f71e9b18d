import "fake-indexeddb/auto";
import { beforeEach, describe, expect, it } from "vitest";
import { NoConnection, Problem } from "../../lib/api";
import type { ThreadKept } from "../../lib/kept";
import { keep, kept, openStore, type Store } from "../../lib/store";
import type { Message } from "../../lib/types";
import { keepThread, noteRead, sendMessages, type Wire } from "./exchange";
import { unreadIn } from "./thread";

const MARIA = "maria";
const NOW = new Date("2026-05-14T14:05:00Z");
let store: Store;
let sent: string[];
let read: string[];
let shelf = 0;

const asKept = (id: string, text: string): Message => ({
  id,
  origin: "patient",
  by: "Maria Alvarez",
  text,
  written_at: NOW.toISOString(),
  received_at: NOW.toISOString(),
  read_at: null,
  read_by: null,
});
const fromJoan = (id: string): Message => ({ ...asKept(id, "Yes."), origin: "team", by: "Joan Keller" });
const threadOf = (...results: Message[]): ThreadKept => ({ etag: "tag", results, next: null });

/** A server that takes what comes, or has trouble with these ids. */
const wireWith = (trouble: Record<string, Error> = {}): Wire => ({
  put: async ({ id, text }) => {
    sent.push(id);
    if (trouble[id]) throw trouble[id];
    return asKept(id, text);
  },
  read: async (upTo) => {
    if (trouble.read) throw trouble.read;
    read.push(upTo);
  },
});

async function write(id: string, patient = MARIA): Promise<void> {
  const at = NOW.toISOString();
  await store.put("messages", {
    id,
    patient,
    text: `Words of ${id}`,
    written_at: at,
    saved_at: at,
    refusal: null,
  });
}

beforeEach(async () => {
  store = await openStore(`messages ${(shelf += 1)}`);
  sent = [];
  read = [];
});

describe("messages that wait on the phone", () => {
  it("go oldest first, and stand in the thread once the server has them", async () => {
    await write("b");
    await write("a");
    expect(await sendMessages(store, MARIA, wireWith())).toBe("all_sent");
    expect([sent, await store.count("messages")]).toEqual([["a", "b"], 0]);
    const thread = await kept<ThreadKept>(store, "thread");
    expect(thread?.results.map((message) => message.id)).toEqual(["b", "a"]);
    expect(thread?.etag).toBeNull();
  });

  it("that are refused stay with their words and say why, and the others still go", async () => {
    await write("a");
    await write("b");
    const refusal = new Problem(409, "other_content", "Another text.");
    expect(await sendMessages(store, MARIA, wireWith({ a: refusal }))).toBe("all_sent");
    const [left] = await store.getAll("messages");
    expect([left?.text, left?.refusal?.code]).toEqual(["Words of a", "other_content"]);
    await sendMessages(store, MARIA, wireWith());
    expect(sent).toEqual(["a", "b"]);
  });

  it.each([
    ["nobody answers", new NoConnection("offline"), "try_again", ["a"]],
    ["the server is unwell", new Problem(503, "database_away", ""), "try_again", ["a", "b"]],
    ["the page's token was old", new Problem(403, "csrf", ""), "try_again", ["a", "b"]],
    ["the session has ended", new Problem(401, "not_authenticated", ""), "sign_in", ["a"]],
  ] as const)("stay when %s", async (_, trouble, outcome, tried) => {
    await write("a");
    await write("b");
    expect(await sendMessages(store, MARIA, wireWith({ a: trouble }))).toBe(outcome);
    expect(sent).toEqual(tried);
    expect((await store.get("messages", "a"))?.refusal).toBeNull();
  });

  it("are not sent in the name of somebody else who signed in on this phone", async () => {
    await write("a");
    expect(await sendMessages(store, "walter", wireWith())).toBe("nothing_to_do");
    expect(await store.count("messages")).toBe(1);
  });

  it("taken away while they were being refused do not come back", async () => {
    await write("a");
    const wire = wireWith();
    const slow: Wire = {
      ...wire,
      put: async () => {
        await store.delete("messages", "a");
        throw new Problem(403, "care_ended", "");
      },
    };
    await sendMessages(store, MARIA, slow);
    expect(await store.count("messages")).toBe(0);
  });
});

describe("what was read on this phone", () => {
  beforeEach(() => keep(store, "thread", threadOf(fromJoan("new"), asKept("mine", "?"), fromJoan("old"))));

  it("is read at once, and told to the server when it can be", async () => {
    await noteRead(store, "new", NOW);
    expect(unreadIn(await kept<ThreadKept>(store, "thread"))).toEqual([]);
    expect(await sendMessages(store, MARIA, wireWith({ read: new NoConnection("offline") }))).toBe(
      "try_again",
    );
    expect(await sendMessages(store, MARIA, wireWith())).toBe("all_sent");
    expect(await sendMessages(store, MARIA, wireWith())).toBe("nothing_to_do");
    expect(read).toEqual(["new"]);
  });

  it("stays read when the thread comes anew before the server has heard of it, and what is newer does not", async () => {
    await noteRead(store, "new", NOW);
    await keepThread(store, threadOf(fromJoan("newer"), fromJoan("new"), fromJoan("old")));
    const unread = unreadIn(await kept<ThreadKept>(store, "thread"));
    expect(unread.map((message) => message.id)).toEqual(["newer"]);
  });

  it("is let go when the server does not know it, and never reads the patient's own for the team", async () => {
    await noteRead(store, "new", NOW);
    const thread = await kept<ThreadKept>(store, "thread");
    expect(thread?.results.find((message) => message.id === "mine")?.read_at).toBeNull();
    await sendMessages(store, MARIA, wireWith({ read: new Problem(404, "not_found", "") }));
    expect(await kept(store, "messages_read")).toBeNull();
  });
});
