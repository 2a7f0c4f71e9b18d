import { afterEach, describe, expect, it, vi } from "vitest";
import { NoConnection, Problem } from "./api";
import { linkWorks, refusedBecause } from "./new-password";

const refused = (...codes: string[]): Problem =>
  new Problem(400, "status_400", "", [], { errors: codes.map((code) => ({ code })) });

afterEach(() => vi.unstubAllGlobals());

describe("a new password that is refused", () => {
  it.each([
    [["invalid_password_reset"], "link"],
    [["password_too_short"], "short"],
    [["password_too_similar"], "alike"],
    [["password_too_common"], "easy"],
    [["password_entirely_numeric"], "easy"],
    [["password_too_short", "invalid_password_reset"], "link"],
  ])("%j is said as %s", (codes, why) => {
    expect(refusedBecause(refused(...codes))).toBe(why);
  });

  it("is not blamed when the server was not reached, or is in trouble", () => {
    expect(refusedBecause(new NoConnection("gone"))).toBeNull();
    expect(refusedBecause(new Problem(503, "database_away", ""))).toBeNull();
    expect(refusedBecause(new Problem(429, "too_many", ""))).toBeNull();
  });
});

describe("a link", () => {
  function answers(status: number): void {
    const answer = new Response("{}", { status, headers: { "content-type": "application/json" } });
    vi.stubGlobal("fetch", vi.fn().mockResolvedValue(answer));
  }

  it("works, is over, or cannot be looked at now", async () => {
    answers(200);
    expect(await linkWorks("key")).toBe(true);
    answers(400);
    expect(await linkWorks("key")).toBe(false);
    answers(503);
    await expect(linkWorks("key")).rejects.toMatchObject({ status: 503 });
  });

  it("never puts its key into the address that the server logs", async () => {
    answers(200);
    await linkWorks("secret-key");
    const [address, init] = vi.mocked(fetch).mock.calls[0] ?? [];
    expect(String(address)).not.toContain("secret-key");
    expect(init?.headers).toMatchObject({ "X-Password-Reset-Key": "secret-key" });
  });
});
