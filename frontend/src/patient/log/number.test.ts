import { beforeEach, describe, expect, it } from "vitest";
import { isComplete, misread, read, rememberUnit, shownBounds, unitOf, unitsOf } from "./number";

const TEMPERATURE = { from: 30, to: 45 };
beforeEach(() => localStorage.clear());

describe("a typed number", () => {
  it("is read with a point or a comma", () => {
    expect([read("38.5"), read(" 38,5 "), read("38")]).toEqual([38.5, 38.5, 38]);
    expect([read(""), read("3 8"), read("38.5.1"), read("-3"), read("1e3"), read("Infinity")]).toEqual(
      Array(6).fill(null),
    );
  });

  it("is asked again when it is missing, out of its bounds, or not whole where only whole ones count", () => {
    expect(misread("", TEMPERATURE, false)).toBe("missing");
    expect(misread("45.1", TEMPERATURE, false)).toBe("out_of_range");
    expect(misread("45", TEMPERATURE, false)).toBeNull();
    expect(misread("4,5", { from: 0, to: 2000 }, true)).toBe("not_whole");
    expect(misread("0", { from: 0, to: 2000 }, true)).toBeNull();
  });

  it("is complete when no further digit could follow", () => {
    const top = { from: 60, to: 260 };
    expect(["1", "15", "152", "25", "26", "96", "300"].filter((typed) => isComplete(typed, top))).toEqual([
      "152",
      "96",
    ]);
  });
});

describe("a unit", () => {
  it("is the one of the region until the person chooses, then theirs", () => {
    expect(unitOf("°C", "EU").name).toBe("°C");
    expect(unitOf("°C", "US").name).toBe("°F");
    rememberUnit("°C", unitsOf("°C")[0]!);
    expect(unitOf("kg", "US").name).toBe("kg");
  });

  it("comes back as it was typed", () => {
    for (const [kept, typed] of [
      ["°C", 101.3],
      ["°C", 97.9],
      ["kg", 155.5],
      ["kg", 210.1],
    ] as const) {
      const other = unitsOf(kept)[1]!;
      expect(other.shown(other.kept(typed))).toBe(typed);
    }
  });

  it("has bounds whose every number can be kept", () => {
    for (const [kept, bounds] of [
      ["°C", TEMPERATURE],
      ["kg", { from: 20, to: 400 }],
    ] as const) {
      const other = unitsOf(kept)[1]!;
      const { from, to } = shownBounds(bounds, other);
      expect(other.kept(from)).toBeGreaterThanOrEqual(bounds.from);
      expect(other.kept(to)).toBeLessThanOrEqual(bounds.to);
    }
    expect(shownBounds(TEMPERATURE, unitsOf("°C")[1]!)).toEqual({ from: 86, to: 113 });
  });
});
