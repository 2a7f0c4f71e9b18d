import { describe, expect, it } from "vitest";
import type { Facts } from "../../lib/types";
import type { Wire } from "../protocol";
import { offered, tabletsAreDue, takenAtHome } from "./extras";

const wire = (facts: object, more: object = {}): Wire =>
  ({ protocol: { facts, ...more } }) as unknown as Wire;
const TABLETS = wire({ tablets_left: { kind: "whole_number", from: 0, to: 2000 } });
const DAY = "2026-05-14";

describe("what is asked beside the six questions", () => {
  it("is only what the protocol on this phone knows", () => {
    expect(offered(wire({ weight: {}, note: {} }))).toEqual(["weight", "note"]);
    expect(offered(wire({}))).toEqual([]);
  });

  it("is nothing about tablets when the medicine is given at the clinic", () => {
    const given = wire({ tablets_left: {} }, { route: "by_infusion" });
    expect(takenAtHome(given)).toBe(false);
    expect(tabletsAreDue(given, DAY, () => null)).toBe(false);
  });
});

describe("the tablets that are left", () => {
  const counted =
    (on: string) =>
    (day: string): Facts | null =>
      day === on ? { tablets_left: 0 } : {};

  it("are asked for when no count is known, and a day without a log is none", () => {
    expect(tabletsAreDue(TABLETS, DAY, () => null)).toBe(true);
  });
  it("are asked for again on the seventh day, and zero was a count", () => {
    expect(tabletsAreDue(TABLETS, DAY, counted("2026-05-08"))).toBe(false);
    expect(tabletsAreDue(TABLETS, DAY, counted("2026-05-07"))).toBe(true);
  });
  it("are not asked for by a protocol that does not know them", () => {
    expect(tabletsAreDue(wire({}), DAY, () => null)).toBe(false);
  });
});
