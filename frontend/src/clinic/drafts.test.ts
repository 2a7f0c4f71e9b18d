import { beforeEach, describe, expect, it } from "vitest";
import { clear, keep, kept } from "./drafts";
import { belongTo } from "./forget";
import { emptyForm } from "./record";

describe("a contact being written", () => {
  const form = { ...emptyForm("2026-05-14"), note: "Drinks well" };
  beforeEach(() => sessionStorage.clear());

  it("is kept in this window until it is recorded", () => {
    keep("alert", form);
    expect(kept("alert")).toEqual(form);
    clear("alert");
    expect(kept("alert")).toBeNull();
  });

  it("is never kept beyond the window", () => {
    keep("alert", form);
    expect(JSON.stringify(localStorage)).not.toContain("Drinks");
  });

  it("is there when the same nurse signs in again, and not for another", () => {
    belongTo("joan");
    keep("alert", form);
    belongTo("joan");
    expect(kept("alert")).toEqual(form);
    belongTo("priya");
    expect(kept("alert")).toBeNull();
  });
});
