import { describe, expect, it } from "vitest";
import { mayTakeOver, whyNot } from "./people";
import { alertOf, joan } from "./testing";

const priya = { id: "priya", name: "Priya Nair" };
const hers = { id: "joan", name: "Joan Keller" };

describe("taking over", () => {
  const taken = alertOf({ state: "acknowledged", acknowledged_by: priya, assigned_to: priya });

  it("is offered for what a colleague has, and for nothing else", () => {
    expect(mayTakeOver(taken, joan)).toBe(true);
    expect(mayTakeOver(alertOf(), joan)).toBe(false);
    expect(mayTakeOver({ ...taken, assigned_to: hers }, joan)).toBe(false);
    expect(mayTakeOver({ ...taken, state: "resolved" }, joan)).toBe(false);
  });

  it("is not offered to an administrator", () => {
    const ada = { ...joan, person: { ...joan.person, id: "ada", role: "administrator" as const } };
    expect(mayTakeOver(taken, ada)).toBe(false);
  });
});

describe("why a key does nothing", () => {
  it("names the colleague who has the alert, and says how to take it over", () => {
    const taken = alertOf({ state: "acknowledged", acknowledged_by: priya, assigned_to: priya });
    expect(whyNot("record", taken, joan)).toMatch(/^Priya has this alert.*press O/);
  });

  it("says so when she has it already, and when it is resolved", () => {
    const own = alertOf({ state: "acknowledged", acknowledged_by: hers, assigned_to: hers });
    expect(whyNot("acknowledge", own, joan)).toMatch(/^You have this alert already/);
    expect(whyNot("record", own, joan)).toBeNull();
    expect(whyNot("record", alertOf({ state: "resolved" }), joan)).toMatch(/Reopen it first/);
  });

  it("is silent while the key works", () => expect(whyNot("acknowledge", alertOf(), joan)).toBeNull());
});
