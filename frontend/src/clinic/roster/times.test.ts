import { describe, expect, it } from "vitest";
import { clockOf, stretch, until } from "./times";

describe("a clock time as it is typed", () => {
  it("needs few keys", () => {
    expect(["7", "07", "700", "0700", "7:00", "07.00", " 7:00 "].map(clockOf)).toEqual(
      Array(7).fill("07:00"),
    );
    expect(clockOf("19")).toBe("19:00");
    expect(["１９：３０", "۱۹:۳۰"].map(clockOf)).toEqual(["19:30", "19:30"]);
    expect(clockOf("1930")).toBe("19:30");
  });
  it("is refused when no clock shows it", () => {
    expect(["", "24", "7:60", "seven", "12345", "-7"].map(clockOf)).toEqual(Array(6).fill(null));
  });
});

describe("a shift", () => {
  it("by day ends on its day", () => {
    expect(stretch("2026-05-14", "07:00", "19:00")).toEqual({
      starts: "2026-05-14T07:00",
      ends: "2026-05-14T19:00",
    });
  });
  it("by night ends on the next day", () => {
    expect(stretch("2026-05-31", "19:00", "07:00").ends).toBe("2026-06-01T07:00");
  });
  it("from seven to seven is a whole day", () => {
    expect(stretch("2026-05-14", "07:00", "07:00").ends).toBe("2026-05-15T07:00");
  });
});

describe("until when", () => {
  const zone = "America/New_York";
  it("names the day when it is another one", () => {
    expect(until(Date.parse("2026-05-14T23:00:00Z"), "2026-05-14", zone)).toBe("19:00");
    expect(until(Date.parse("2026-05-15T11:00:00Z"), "2026-05-14", zone)).toBe("Fri 07:00");
  });
});
