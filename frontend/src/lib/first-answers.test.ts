import { describe, expect, it, vi } from "vitest";
import { firstAnswers } from "./first-answers";

const page = (html: string): Document => new DOMParser().parseFromString(html, "text/html");
const AN_ANSWER = `<script type="application/json" data-path="/api/v1/me" data-etag='"7"'>{"name":"A \\u003Cb\\u003E"}</script>`;

describe("answers that come with the page", () => {
  it("read like answers of the API", async () => {
    const answer = await firstAnswers(page(AN_ANSWER)).get("/api/v1/me");
    expect(answer?.ok).toBe(true);
    expect(answer?.headers.get("etag")).toBe('"7"');
    expect(answer?.headers.get("content-type")).toContain("json");
    expect(await answer?.json()).toEqual({ name: "A <b>" });
  });

  it("are taken out of the page, because they are about a patient", () => {
    const given = page(AN_ANSWER);
    firstAnswers(given);
    expect(given.querySelector("[data-path]")).toBeNull();
  });

  it("are those too that the page has asked for by itself", async () => {
    const asked = vi.fn().mockResolvedValue(new Response("{}"));
    vi.stubGlobal("fetch", asked);
    const links = [{ href: "/api/v1/protocol" }]; // the test's own browser would fetch a real one
    const given = { querySelectorAll: (what: string) => (what.startsWith("link") ? links : []) };
    const answer = await firstAnswers(given as unknown as Document).get("/api/v1/protocol");
    expect(answer?.ok).toBe(true);
    expect(asked).toHaveBeenCalledExactlyOnceWith("/api/v1/protocol", { credentials: "same-origin" });
    vi.unstubAllGlobals();
  });

  it("are none on the page that is kept for use without signal", () => {
    expect(firstAnswers(page("<div id=app></div>")).size).toBe(0);
  });
});
