import { describe, expect, it } from "vitest";
import { sfloat } from "./sfloat";

describe("a number of a medical device", () => {
  it.each([
    [0x0000, 0],
    [0x0098, 152],
    [0xf5f2, 152.2],
    [0xe098, 1.52],
    [0x100f, 150],
    [0x0fff, -1],
    [0xf800, -204.8],
  ])("%s is %s", (bits, value) => expect(sfloat(bits)).toBe(value));

  it.each([
    ["not a number", 0x07ff],
    ["not at this resolution", 0x0800],
    ["more than it can say", 0x07fe],
    ["less than it can say", 0x0802],
    ["reserved", 0x0801],
  ])("that is %s is none", (_, bits) => expect(sfloat(bits)).toBeNull());

  it("may have the mantissa of a special value when it has an exponent", () => {
    expect(sfloat(0xf7ff)).toBe(204.7);
  });
});
