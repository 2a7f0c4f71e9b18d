import { beforeEach, describe, expect, it } from "vitest";
import { rememberUnit, unitOf, unitsOf } from "../../lib/units";
import { isComplete, meantIn, misread, read, shownBounds, valueOf } from "./number";

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

describe("a number looked at in another unit", () => {
  const [kg, lb] = unitsOf("kg") as [ReturnType<typeof unitOf>, ReturnType<typeof unitOf>];
  const [celsius, fahrenheit] = unitsOf("°C") as [ReturnType<typeof unitOf>, ReturnType<typeof unitOf>];

  it("is shown in it, and stays what it was", () => {
    expect(lb.shown(70)).toBe(154.3);
    expect(valueOf({ typed: "154.3", unit: lb, held: 70 })).toBe(70);
    expect(valueOf({ typed: "70", unit: kg, held: 70 })).toBe(70);
    expect(valueOf({ typed: "101.3", unit: fahrenheit, held: 38.5 })).toBe(38.5);
    expect(valueOf({ typed: "38.5", unit: celsius, held: 38.5 })).toBe(38.5);
  });

  it("is another number once another one is typed", () => {
    expect(valueOf({ typed: "154", unit: lb, held: 70 })).toBe(69.85);
    expect(valueOf({ typed: "", unit: lb, held: 70 })).toBeNull();
  });
});

describe("a number in the wrong unit", () => {
  const units = unitsOf("kg");
  const [kg, lb] = units as [ReturnType<typeof unitOf>, ReturnType<typeof unitOf>];
  const bounds = { from: 20, to: 400 };
  const asks = (typed: string, unit: typeof kg, usual: number | null = 70) =>
    meantIn(typed, { unit, units, bounds, usual })?.name;

  it("is asked about: 154 kg where 70 kg is usual, 70 lb too", () => {
    expect([asks("154", kg), asks("１５４", kg), asks("70", lb)]).toEqual(["lb", "lb", "kg"]);
  });
  it("is not asked about when it is nearer to the usual as it is, or nothing is usual", () => {
    expect([asks("64", kg), asks("141", lb), asks("154", kg, null), asks("", kg)]).toEqual(
      Array(4).fill(undefined),
    );
  });
  it("is asked about when only the other unit has such a number", () => {
    const degrees = unitsOf("°C");
    const [celsius, fahrenheit] = degrees as [typeof kg, typeof kg];
    const asked = { units: degrees, bounds: TEMPERATURE, usual: null };
    expect(meantIn("101.3", { ...asked, unit: celsius })?.name).toBe("°F");
    expect(meantIn("38,5", { ...asked, unit: fahrenheit })?.name).toBe("°C");
    expect(meantIn("98.6", { ...asked, unit: fahrenheit })).toBeNull();
    expect(meantIn("500", { ...asked, unit: celsius })).toBeNull();
  });
});
