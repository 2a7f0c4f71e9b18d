import { describe, expect, it } from "vitest";
import { lineNow } from "./line";

const NOON = Date.parse("2026-05-16T16:00:00Z");
const closed = {
  care_line: "555 0142",
  hours: { open: false, opens_at: "2026-05-18T12:00:00Z", closes_at: null, line: "555 0143" },
};

const ahead = {
  care_line: "555 0142",
  hours: {
    open: true,
    opens_at: null,
    closes_at: "2026-05-15T21:00:00Z",
    line: "555 0142",
    lines: [
      { from: "2026-05-15T16:00:00Z", line: "555 0142" },
      { from: "2026-05-15T21:00:00Z", line: "555 0143" },
      { from: "2026-05-18T12:00:00Z", line: "555 0142" },
    ],
  },
};

describe("the line to call", () => {
  it("is the out-of-hours line once the clinic closes, though the phone has had no signal since it was open", () => {
    expect(lineNow(ahead, Date.parse("2026-05-15T20:59:00Z"))).toBe("555 0142");
    expect(lineNow(ahead, Date.parse("2026-05-15T21:00:00Z"))).toBe("555 0143");
    expect(lineNow(ahead, NOON)).toBe("555 0143");
    expect(lineNow(ahead, Date.parse("2026-05-18T12:00:00Z"))).toBe("555 0142");
  });
  it("is the out-of-hours line while the clinic is closed", () => {
    expect(lineNow(closed, NOON)).toBe("555 0143");
  });
  it("is the care line again once it opens, though the phone has not asked since", () => {
    expect(lineNow(closed, Date.parse("2026-05-18T12:00:00Z"))).toBe("555 0142");
  });
  it("is the care line where no hours are entered", () => {
    const always = { open: true, opens_at: null, closes_at: null, line: "555 0142" };
    expect(lineNow({ care_line: "555 0142", hours: always }, NOON)).toBe("555 0142");
  });
  it("is the care line on a phone that was told before there were hours", () => {
    expect(lineNow({ care_line: "555 0142" }, NOON)).toBe("555 0142");
  });
});
