import { describe, expect, it } from "vitest";
import { plainNumber } from "./digits";

describe("digits of any keyboard", () => {
  it.each([
    ["full width, as a Chinese keyboard types them", "１４２", "142"],
    ["Arabic-Indic", "١٤٢", "142"],
    ["Persian and Urdu", "۱۴۲", "142"],
    ["Bengali", "১৪২", "142"],
    ["Devanagari", "१४२", "142"],
    ["Thai", "๑๔๒", "142"],
    ["some of one keyboard, some of another", "1４２", "142"],
  ])("are read: %s", (_, typed, read) => expect(plainNumber(typed)).toBe(read));

  it.each([
    ["a comma", "38,5"],
    ["a full-width point", "３８．５"],
    ["a full-width comma", "38，5"],
    ["a Chinese full stop", "38。5"],
    ["a half-width Chinese full stop", "38｡5"],
    ["the Arabic decimal sign", "٣٨٫٥"],
    ["an Arabic comma", "٣٨،٥"],
    ["a middle dot", "38·5"],
    ["spaces around it", " 38.5 "],
    ["a full-width space", "38.5　"],
  ])("take %s as the decimal sign", (_, typed) => expect(plainNumber(typed)).toBe("38.5"));

  it("are no numbers where they count nothing by themselves", () => {
    expect(plainNumber("三八")).toBe("三八");
    expect(plainNumber("½")).not.toBe("12");
    expect(plainNumber("-3")).toBe("-3");
    expect(plainNumber("")).toBe("");
  });
});
