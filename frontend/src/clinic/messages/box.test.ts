import { beforeEach, describe, expect, it } from "vitest";
import "../drafts"; // forgets what is written
import { belongTo } from "../forget";
import { clear, EMPTY, keep, kept, toSend } from "./box";

describe("a message being written to a patient", () => {
  const box = { text: "Cream twice a day.", tried: null };
  beforeEach(() => sessionStorage.clear());

  it("is kept in this window until it is sent", () => {
    keep("maria", box);
    expect(kept("maria")).toEqual(box);
    expect(kept("walter")).toEqual(EMPTY);
    clear("maria");
    expect(kept("maria")).toEqual(EMPTY);
  });

  it("is never kept beyond the window, and never for another nurse", () => {
    belongTo("joan");
    keep("maria", box);
    expect(JSON.stringify(localStorage)).not.toContain("Cream");
    belongTo("priya");
    expect(kept("maria")).toEqual(EMPTY);
  });

  it("keeps its id when nobody answered, so that it is sent once", () => {
    const first = toSend(box);
    expect(toSend({ ...first, text: "Cream twice a day. " }).tried.id).toBe(first.tried.id);
  });

  it("is another message once its words have changed", () => {
    const first = toSend(box);
    expect(toSend({ ...first, text: "Cream three times a day." }).tried.id).not.toBe(first.tried.id);
  });
});
