import { afterEach, describe, expect, it, vi } from "vitest";
import { againAt, signIn, whoAmI } from "./session";
import { Problem, unreachedBy } from "./api";

const SIGNED_OUT = { status: 401, body: "{}" };

function server(...answers: { status: number; body: string; type?: string }[]): void {
  const fetched = vi.fn();
  for (const { status, body, type = "application/json" } of answers)
    fetched.mockResolvedValueOnce(new Response(body, { status, headers: { "content-type": type } }));
  vi.stubGlobal("fetch", fetched);
}

const troubleOf = (work: Promise<unknown>): Promise<unknown> => work.catch((reason: unknown) => reason);

afterEach(() => {
  vi.unstubAllGlobals();
  document.cookie = "csrftoken=; max-age=0";
});

describe("signing in", () => {
  it.each([500, 503])("never blames the password for a server that answers %i", async (status) => {
    document.cookie = "csrftoken=secret";
    server(SIGNED_OUT, { status, body: "{}" });
    const trouble = await troubleOf(signIn("maria@example.org", "right"));
    expect(unreachedBy(trouble)).toBe("server");
    expect(trouble).not.toMatchObject({ code: "wrong_sign_in" });
  });

  it("tells the page of a Wi-Fi from our server", async () => {
    server({ status: 200, body: "<h1>Hotel</h1>", type: "text/html" });
    expect(unreachedBy(await troubleOf(signIn("maria@example.org", "right")))).toBe("other_page");
  });

  it("tells a proxy's page while the server restarts from a Wi-Fi's", async () => {
    server({ status: 503, body: "<h1>Unavailable</h1>", type: "text/html" });
    expect(unreachedBy(await troubleOf(signIn("maria@example.org", "right")))).toBe("server");
  });

  it("says so when it is the password", async () => {
    document.cookie = "csrftoken=secret";
    server(SIGNED_OUT, { status: 400, body: "{}" });
    expect(await troubleOf(signIn("maria@example.org", "wrong"))).toMatchObject({ code: "wrong_sign_in" });
  });
});

describe("too many tries", () => {
  it("never blames the password, and keeps the time to wait", async () => {
    document.cookie = "csrftoken=secret";
    server(SIGNED_OUT, { status: 429, body: '{"code": "too_many", "retry_after": 61}' });
    const trouble = await troubleOf(signIn("maria@example.org", "right"));
    expect(trouble).toMatchObject({ code: "too_many", extra: { retry_after: 61 } });
  });

  it.each([
    [61, "2026-05-14T12:02:00Z"],
    [0.5, "2026-05-14T12:01:00Z"],
    [undefined, "2026-05-14T12:05:00Z"],
  ])("names the minute after %s seconds", (seconds, time) => {
    const refused = new Problem(429, "too_many", "", [], { retry_after: seconds });
    expect(againAt(refused, Date.parse("2026-05-14T12:00:00Z"))).toBe(Date.parse(time));
  });
});

describe("who I am", () => {
  it("is not taken from somebody else's JSON with status 200", async () => {
    server({ status: 200, body: '{"welcome": "to the hotel"}' });
    expect(unreachedBy(await troubleOf(whoAmI()))).toBe("other_page");
  });
});
