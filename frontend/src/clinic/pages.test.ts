import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Feed } from "./feed.svelte";
import { Items } from "./items/items.svelte";
import { Polled } from "./messages/polled.svelte";
import { threads } from "./messages/server";
import { ThreadPage } from "./messages/thread.svelte";
import { PatientList } from "./patients.svelte";
import { session } from "./session.svelte";
import { alertOf } from "./testing";

const SIZE = 2;
type Row = { id: string; name?: string };

/** A server with one list, two rows to a page. The next page begins after the last row, as the real one's does. */
let rows: Row[];
/** What was asked for, with whether anything came. */
let asked: string[];

function answer(path: string, init?: RequestInit): Response {
  const { searchParams, pathname } = new URL(path, location.origin);
  const found = rows.filter((row) => row.id.startsWith(searchParams.get("q") ?? ""));
  const from = found.findIndex((row) => row.id === searchParams.get("cursor")) + 1;
  const results = found.slice(from, from + SIZE);
  const last = found.length > from + SIZE ? results.at(-1) : null;
  searchParams.set("cursor", last?.id ?? "");
  const next = last ? `http://another-name.example${pathname}?${searchParams}` : null;
  const body = JSON.stringify({ results, next, counts: {}, patient: { id: "maria" } });
  const known = (init?.headers as Record<string, string>)["If-None-Match"] === `"${btoa(body)}"`;
  asked.push(`${results.map((row) => row.id)} ${known ? "unchanged" : "sent"}`);
  const headers = { "content-type": "application/json", etag: `"${btoa(body)}"` };
  return new Response(known ? null : body, { status: known ? 304 : 200, headers });
}

const listOf = (...ids: string[]): Row[] => ids.map((id) => ({ ...alertOf(), id, patient: { id } }) as Row);
const ids = (list: readonly { id: string }[] | null | undefined) => list?.map((row) => row.id).join("");

beforeEach(() => {
  asked = [];
  rows = listOf("a", "b", "c", "d", "e");
  vi.spyOn(session, "refresh").mockResolvedValue();
  vi.stubGlobal("fetch", async (path: string, init?: RequestInit) => answer(path, init));
});
afterEach(() => vi.unstubAllGlobals());

describe("a worklist of more than one page", () => {
  let feed: Feed;
  beforeEach(async () => {
    feed = new Feed("state=open");
    await feed.refresh();
    await feed.more();
    asked = [];
  });

  it("shows what changed on its second page, though its first is the same", async () => {
    rows[3] = { ...rows[3]!, name: "taken by Priya" };
    expect(await feed.refresh()).toBe(true);
    expect(feed.alerts.at(-1)).toMatchObject({ id: "d", name: "taken by Priya" });
    expect(asked).toEqual(["a,b unchanged", "c,d sent"]);
  });

  it("is not sent again when nothing changed", async () => {
    expect(await feed.refresh()).toBe(false);
    expect(asked).toEqual(["a,b unchanged", "c,d unchanged"]);
  });

  it("is all sent again after an act of this page", async () => {
    feed.put(alertOf({ id: "c" }));
    expect(await feed.refresh()).toBe(true);
  });

  it("shows a row once that slid to the next page while it was read", async () => {
    vi.stubGlobal("fetch", async (path: string, init?: RequestInit) => {
      const given = answer(path, init);
      rows = listOf("b", "c", "a", "d");
      return given;
    });
    feed.put(alertOf({ id: "a" }));
    await feed.refresh();
    expect(ids(feed.alerts)).toBe("abc");
  });

  it("asks for the same page again after nobody answered", async () => {
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("Failed to fetch")));
    await expect(feed.more()).rejects.toThrow();
    vi.stubGlobal("fetch", async (path: string, init?: RequestInit) => answer(path, init));
    await feed.refresh();
    expect(ids(feed.alerts)).toBe("abcd");
    await feed.more();
    expect(ids(feed.alerts)).toBe("abcde");
  });
});

describe("the work items, which are always shown whole", () => {
  it("are all read, and again only the pages on which something changed", async () => {
    const items = new Items();
    await items.refresh();
    expect(ids(items.all)).toBe("abcde");
    rows[4] = { ...rows[4]!, name: "done" };
    asked = [];
    expect(await items.refresh()).toBe(true);
    expect(asked).toEqual(["a,b unchanged", "c,d unchanged", "e sent"]);
    expect(items.all.at(-1)).toMatchObject({ id: "e", name: "done" });
    expect(await items.refresh()).toBe(false);
  });
});

describe("a thread whose older messages are shown", () => {
  it("keeps the message that a new one pushes off its first page", async () => {
    const page = new ThreadPage("maria", false);
    await page.polled.poll();
    await page.polled.more();
    rows = [...listOf("new"), ...rows];
    await page.polled.poll();
    rows = [...listOf("newer"), ...rows];
    await page.polled.poll();
    expect(ids(page.messages)).toBe("newernewab");
    expect(await page.polled.more()).toBe(true);
    expect(ids(page.messages)).toBe("newernewabcd");
  });
});

describe("the list of threads", () => {
  it("shows a thread that slid to its second page, as it is now", async () => {
    const list = new Polled(threads());
    await list.poll();
    await list.more();
    const [a, b, ...rest] = rows;
    rows = [b!, rest[0]!, { ...a!, name: "read" }, ...rest.slice(1)];
    await list.poll();
    expect(list.page?.results).toMatchObject([
      { id: "b" },
      { id: "c" },
      { id: "a", name: "read" },
      { id: "d" },
    ]);
  });
});

describe("the list of patients", () => {
  let list: PatientList;
  beforeEach(async () => {
    list = new PatientList();
    await list.read();
    await list.more();
  });

  it("keeps every page that was asked for when the worklist changes", async () => {
    rows[0] = { ...rows[0]!, name: "one alert more" };
    await list.read();
    expect(ids(list.lines)).toBe("abcd");
    expect(list.lines?.[0]).toMatchObject({ name: "one alert more" });
    expect(list.next).not.toBeNull();
  });

  it("begins with the first page for other words", async () => {
    rows = listOf("b1", "b2", "b3", "c");
    list.words = " b ";
    await list.read();
    expect(ids(list.lines)).toBe("b1b2");
  });

  it("adds nothing of the search before to the one that overtook it", async () => {
    const late = list.more();
    list.words = "b";
    await Promise.all([list.read(), late]);
    expect(ids(list.lines)).toBe("b");
    expect(list.next).toBeNull();
  });
});
