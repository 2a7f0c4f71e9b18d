import { describe, expect, it } from "vitest";
import { mistakeIn, secondIsWanted, secondsLeft } from "./pressure";

const BOUNDS = { systolic: { from: 60, to: 260 }, diastolic: { from: 30, to: 160 } };
const first = { systolic: 152, diastolic: 96, taken_at: "2026-05-14T08:00:00Z", source: "typed" as const };
const at = (time: string): Date => new Date(`2026-05-14T${time}Z`);

describe("a typed blood pressure", () => {
  it("is taken when it can be one", () => {
    expect(mistakeIn({ systolic: "152", diastolic: "96" }, BOUNDS)).toBeNull();
  });

  it("asks about swapped numbers before it asks about their range", () => {
    expect(mistakeIn({ systolic: "96", diastolic: "152" }, BOUNDS)).toEqual({
      kind: "swapped",
      field: "systolic",
    });
  });

  it("offers no swap of two equal numbers", () => {
    expect(mistakeIn({ systolic: "120", diastolic: "120" }, BOUNDS)?.kind).toBe("equal");
  });

  it("asks again for a number outside the protocol's bounds", () => {
    expect(mistakeIn({ systolic: "300", diastolic: "96" }, BOUNDS)).toEqual({
      kind: "out_of_range",
      field: "systolic",
    });
    expect(mistakeIn({ systolic: "120", diastolic: "20" }, BOUNDS)).toEqual({
      kind: "out_of_range",
      field: "diastolic",
    });
  });

  it("is read in the digits of any keyboard, and asked again when it is not whole", () => {
    expect(mistakeIn({ systolic: "１４２", diastolic: "٩٠" }, BOUNDS)).toBeNull();
    expect(mistakeIn({ systolic: "১৪২", diastolic: "९०.0" }, BOUNDS)).toBeNull();
    expect(mistakeIn({ systolic: "142", diastolic: "90,5" }, BOUNDS)).toEqual({
      kind: "not_whole",
      field: "diastolic",
    });
  });

  it("asks for a number that is missing or no number", () => {
    expect(mistakeIn({ systolic: "", diastolic: "96" }, BOUNDS)).toEqual({
      kind: "missing",
      field: "systolic",
    });
    expect(mistakeIn({ systolic: "152", diastolic: "9x" }, BOUNDS)).toEqual({
      kind: "missing",
      field: "diastolic",
    });
  });
});

describe("the wait before a second reading", () => {
  it("counts from the time of the first, also after the phone slept", () => {
    expect(secondsLeft(first, 1, at("08:00:18"))).toBe(42);
    expect(secondsLeft(first, 5, at("08:03:00"))).toBe(120);
    expect(secondsLeft(first, 1, at("09:00:00"))).toBe(0);
  });

  it("is wanted until there is a second, or until the first counts alone", () => {
    expect(secondIsWanted([first], 1, 30, at("08:29:00"))).toBe(true);
    expect(secondIsWanted([first], 1, 30, at("08:30:00"))).toBe(false);
    expect(secondIsWanted([first, first], 1, 30, at("08:02:00"))).toBe(false);
    expect(secondIsWanted([first], null, 30, at("08:02:00"))).toBe(false);
  });
});
