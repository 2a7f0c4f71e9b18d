import { afterEach, describe, expect, it, vi } from "vitest";
import { get, NoConnection, Problem, put, unreachedBy } from "./api";

const answer = (body: string, status: number, type: string, headers: Record<string, string> = {}) =>
  vi.stubGlobal(
    "fetch",
    vi
      .fn()
      .mockResolvedValue(
        new Response(status === 304 ? null : body, { status, headers: { "content-type": type, ...headers } }),
      ),
  );

afterEach(() => {
  vi.unstubAllGlobals();
  document.cookie = "csrftoken=; max-age=0";
});

describe("asking the server", () => {
  it("gives JSON with its ETag", async () => {
    answer('{"a":1}', 200, "application/json", { etag: '"7"' });
    expect(await get("me")).toMatchObject({ data: { a: 1 }, etag: '"7"', notModified: false });
  });

  it("asks only for news when it has an ETag, and hears that there is none", async () => {
    answer("", 304, "application/json");
    expect((await get("logs", '"7"')).notModified).toBe(true);
    expect(vi.mocked(fetch).mock.calls[0]?.[1]?.headers).toMatchObject({ "If-None-Match": '"7"' });
  });

  it("tells a hotel's sign-in page with status 200 from an answer", async () => {
    answer("<h1>Welcome to our network</h1>", 200, "text/html; charset=utf-8");
    await expect(get("me")).rejects.toMatchObject({ name: "NoConnection", answered: true });
  });

  it("says that nobody answered when the network is gone", async () => {
    vi.stubGlobal("fetch", vi.fn().mockRejectedValue(new TypeError("Failed to fetch")));
    await expect(get("me")).rejects.toBeInstanceOf(NoConnection);
  });

  it("hands on the server's own words and what a conflict adds", async () => {
    const body = {
      type: "about:blank",
      title: "Conflict",
      status: 409,
      code: "day_already_logged",
      detail: "Another log.",
      fields: [],
      existing: "x",
    };
    answer(JSON.stringify(body), 409, "application/problem+json");
    document.cookie = "csrftoken=secret";
    const trouble = (await put("logs/1", {}).catch((reason: unknown) => reason)) as Problem;
    expect(trouble).toBeInstanceOf(Problem);
    expect(trouble).toMatchObject({
      status: 409,
      code: "day_already_logged",
      detail: "Another log.",
      extra: { existing: "x" },
    });
  });

  it("sends the token against forged requests with every change", async () => {
    answer("{}", 200, "application/json");
    document.cookie = "csrftoken=secret";
    await put("logs/1", {});
    expect(vi.mocked(fetch).mock.calls[0]?.[1]?.headers).toMatchObject({ "X-CSRFToken": "secret" });
  });
});

describe("who kept us from the server", () => {
  const tried = async (status: number, headers: Record<string, string> = {}) => {
    answer("<h1>Somebody else</h1>", status, "text/html", headers);
    return get("me").catch((reason: unknown) => reason);
  };

  it("is the Wi-Fi's own page when it answers everything, or asks for its sign-in", async () => {
    expect(unreachedBy(await tried(200))).toBe("other_page");
    expect(unreachedBy(await tried(511))).toBe("other_page");
  });

  it("is something on the way when a page of a proxy refuses", async () => {
    for (const status of [403, 407, 413, 451]) expect(unreachedBy(await tried(status))).toBe("on_the_way");
  });

  it("is the server in trouble when a page says so", async () => {
    for (const status of [500, 502, 503]) expect(unreachedBy(await tried(status))).toBe("server");
  });

  it("says after how many seconds to ask again", async () => {
    expect(await tried(503, { "retry-after": "120" })).toMatchObject({ retryAfter: 120 });
    const later = new Date(Date.now() + 60_000).toUTCString();
    const { retryAfter } = (await tried(503, { "retry-after": later })) as NoConnection;
    expect(retryAfter).toBeGreaterThan(50);
    expect(await tried(503, { "retry-after": "soon" })).toMatchObject({ retryAfter: 0 });
    answer(JSON.stringify({ status: 429, code: "too_many" }), 429, "application/problem+json", {
      "retry-after": "7",
    });
    await expect(get("me")).rejects.toMatchObject({ status: 429, retryAfter: 7 });
  });
});
