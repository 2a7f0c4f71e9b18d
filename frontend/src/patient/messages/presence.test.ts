import { describe, expect, it } from "vitest";
import { whenSomebodyIsThere } from "./presence";

const NOW = new Date("2026-05-14T14:05:00-04:00");
const EARLIER = "2026-05-14T12:00:00-04:00";
const LATER = "2026-05-14T17:00:00-04:00";

/** Open until then, or closed until then. */
const hours = (open: boolean, changes: string | null = null) => ({
  open,
  opens_at: open ? null : changes,
  closes_at: open ? changes : null,
});

describe("when somebody reads messages", () => {
  it("is during clinic hours when nothing more is known", () => {
    expect(whenSomebodyIsThere(undefined, NOW)).toEqual({ kind: "hours" });
  });

  it("is now, and until when if that is known", () => {
    expect(whenSomebodyIsThere(hours(true), NOW)).toEqual({ kind: "now" });
    expect(whenSomebodyIsThere(hours(true, LATER), NOW)).toEqual({
      kind: "until",
      at: LATER,
    });
  });

  it("is when the clinic opens again", () => {
    expect(whenSomebodyIsThere(hours(false, LATER), NOW)).toEqual({
      kind: "back",
      at: LATER,
    });
    expect(whenSomebodyIsThere(hours(false), NOW)).toEqual({ kind: "closed" });
  });

  it("is never told from a time that has passed while there was no signal", () => {
    const old = [hours(true, EARLIER), hours(false, EARLIER), hours(true, NOW.toISOString())];
    expect(old.map((one) => whenSomebodyIsThere(one, NOW).kind)).toEqual(["hours", "hours", "hours"]);
  });
});
