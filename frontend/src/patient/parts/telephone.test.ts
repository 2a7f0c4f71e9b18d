import { expect, it } from "vitest";
import { lineWords } from "./telephone";

const CARE_LINE = "555 0142";

it("says 24 hours of the line that is answered at all hours alone", () => {
  expect(lineWords(CARE_LINE, CARE_LINE)).toBe("24 h: 555\u00a00142");
  expect(lineWords("555 0143", CARE_LINE)).toBe("Now: 555\u00a00143");
});
