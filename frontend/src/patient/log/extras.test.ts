import { describe, expect, it } from "vitest";
import type { Facts } from "../../lib/types";
import type { Wire } from "../protocol";
import { offered, tabletsAreDue, takenAtHome, wasToBeTaken } from "./extras";

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

describe("the question about doses", () => {
  const of = (change: object) => ({ started_on: "2026-04-22", ended_on: null, held_since: null, ...change });

  it("is asked on every day of a treatment, and where none is known", () => {
    expect([of({}), null, undefined].map((treatment) => wasToBeTaken(treatment, DAY))).toEqual([
      true,
      true,
      true,
    ]);
  });
  it("is not asked before the first day, nor after the last", () => {
    expect(wasToBeTaken(of({ started_on: "2026-05-15" }), DAY)).toBe(false);
    expect(wasToBeTaken(of({ ended_on: "2026-05-13" }), DAY)).toBe(false);
    expect(wasToBeTaken(of({ ended_on: DAY }), DAY)).toBe(true);
  });
  it("is not asked from the day on which the team put it on hold", () => {
    expect(wasToBeTaken(of({ held_since: DAY }), DAY)).toBe(false);
    expect(wasToBeTaken(of({ held_since: "2026-05-15" }), DAY)).toBe(true);
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
