import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { acts } from "./acts.svelte";
import { said } from "./said.svelte";
import { alertOf, itemOf, joan } from "./testing";
import { worklist } from "./worklist.svelte";

const priya = { id: "priya", name: "Priya Nair" };
const refused = { status: 409, code: "already_assigned", detail: "Chidi has this alert.", fields: [] };

/** The server is asked once and answers this. */
const answers = (body: object, status = 200) =>
  vi.stubGlobal(
    "fetch",
    vi.fn().mockResolvedValue(
      new Response(JSON.stringify(body), {
        status,
        headers: { "content-type": status === 200 ? "application/json" : "application/problem+json" },
      }),
    ),
  );
const asked = () => {
  const [path, options] = vi.mocked(fetch).mock.calls[0] ?? [];
  return { path, body: JSON.parse(options?.body as string) as unknown };
};

beforeEach(() => {
  document.cookie = "csrftoken=secret";
  vi.spyOn(worklist, "poll").mockResolvedValue();
});
afterEach(() => {
  vi.unstubAllGlobals();
  document.cookie = "csrftoken=; max-age=0";
});

describe("assigning", () => {
  it("says whom the page showed as having the alert, and nobody where nobody had it", async () => {
    const hers = alertOf({ state: "acknowledged", acknowledged_by: priya });
    answers(hers);
    await acts.assign(hers, "joan");
    expect(asked().body).toEqual({ to: "joan", seen: "priya" });
    answers(hers);
    await acts.assign(alertOf(), "joan");
    expect(asked().body).toEqual({ to: "joan", seen: null });
  });

  it("says the same of a work item that is taken over", async () => {
    const hers = itemOf({ assigned_to: priya });
    answers(hers);
    await acts.takeOver(hers, joan);
    expect(asked().path).toContain("work-items/chen-call/assign");
    expect(asked().body).toEqual({ to: "joan", seen: "priya" });
  });

  it("tells the second one who has it, and asks for the list again", async () => {
    answers(refused, 409);
    await acts.assign(alertOf({ state: "acknowledged", acknowledged_by: priya }), "joan");
    expect(said.line).toBe("Chidi has this alert.");
    expect(worklist.poll).toHaveBeenCalledOnce();
  });
});
