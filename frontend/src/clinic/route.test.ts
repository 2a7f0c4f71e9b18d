import { describe, expect, it } from "vitest";
import { hrefOf, routeOf, threadOf } from "./route.svelte";

describe("the address of a page", () => {
  it("is the worklist unless it names another", () => {
    expect(["", "#/", "#/worklist", "#nonsense"].map((hash) => routeOf(hash).page)).toEqual(
      Array(4).fill("worklist"),
    );
  });
  it("that cannot be read is the list of patients, and breaks nothing", () => {
    expect(routeOf("#/patients/%")).toEqual({ page: "patients" });
  });
  it("is the roster", () => {
    expect(routeOf("#/roster")).toEqual({ page: "roster" });
  });
  it("of messages names their patient by an id alone", () => {
    expect(["#/messages", "#/messages/%"].map(routeOf)).toEqual([{ page: "threads" }, { page: "threads" }]);
    expect(routeOf(threadOf("1a82a0fa"))).toEqual({ page: "thread", id: "1a82a0fa" });
  });
  it("names a patient by an id alone", () => {
    expect(routeOf("#/patients")).toEqual({ page: "patients" });
    expect(routeOf(hrefOf("1a82a0fa"))).toEqual({ page: "patient", id: "1a82a0fa" });
  });
});
