import { describe, expect, it } from "vitest";
import { whenSomebodyIsThere } from "./presence";

const NOW = new Date("2026-05-14T14:05:00-04:00");
const EARLIER = "2026-05-14T12:00:00-04:00";
const LATER = "2026-05-14T17:00:00-04:00";

describe("when somebody reads messages", () => {
  it("is during clinic hours when nothing more is known", () => {
    expect(whenSomebodyIsThere({}, NOW)).toEqual({ kind: "hours" });
    expect(whenSomebodyIsThere({ open_now: null, opens_at: LATER }, NOW)).toEqual({ kind: "hours" });
  });

  it("is now, and until when if that is known", () => {
    expect(whenSomebodyIsThere({ open_now: true }, NOW)).toEqual({ kind: "now" });
    expect(whenSomebodyIsThere({ open_now: true, closes_at: LATER }, NOW)).toEqual({
      kind: "until",
      at: LATER,
    });
  });

  it("is when the clinic opens again", () => {
    expect(whenSomebodyIsThere({ open_now: false, opens_at: LATER }, NOW)).toEqual({
      kind: "back",
      at: LATER,
    });
    expect(whenSomebodyIsThere({ open_now: false, opens_at: null }, NOW)).toEqual({ kind: "closed" });
  });

  it("is never told from a time that has passed while there was no signal", () => {
    const old = [
      { open_now: true, closes_at: EARLIER },
      { open_now: false, opens_at: EARLIER },
      { open_now: true, closes_at: NOW.toISOString() },
    ];
    expect(old.map((hours) => whenSomebodyIsThere(hours, NOW).kind)).toEqual(["hours", "hours", "hours"]);
  });
});
