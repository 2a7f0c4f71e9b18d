import { describe, expect, it } from "vitest";
import { agoWords, dueWords, span } from "./clock";
import { alertOf } from "./testing";

const ZONE = "America/New_York";
const at = (time: string) => Date.parse(`2026-05-14T${time}:00-04:00`);

describe("the due clock of an alert", () => {
  const maria = alertOf({
    raised_at: "2026-05-14T08:12:00-04:00",
    due_at: "2026-05-14T12:12:00-04:00",
    due_minutes: 240,
  });

  it("says the time left, what was allowed and until when", () => {
    expect(dueWords(maria, at("09:31"), ZONE)).toMatchObject({
      words: "2 h 41 left",
      under: "of 4 h, by 12:12",
      late: false,
    });
  });

  it("fills its track with the share of time that has passed", () => {
    expect(dueWords(maria, at("10:12"), ZONE).passed).toBeCloseTo(0.5);
    expect(dueWords(maria, at("08:00"), ZONE).passed).toBe(0);
  });

  it("pads minutes after hours, and speaks of minutes alone below an hour", () => {
    expect(dueWords(maria, at("10:07"), ZONE).words).toBe("2 h 05 left");
    expect(dueWords(maria, at("11:31"), ZONE).words).toBe("41 min left");
  });

  it("is late from the first whole moment after the due time, and then has no track", () => {
    expect(dueWords(maria, at("12:12"), ZONE)).toMatchObject({ words: "0 min left", late: false });
    expect(dueWords(maria, at("12:37"), ZONE)).toMatchObject({
      words: "25 min late",
      under: "was due 12:12",
      late: true,
      passed: null,
    });
  });

  it("says to whom an overdue alert was passed on", () => {
    const passed = alertOf({
      ...maria,
      escalation: {
        level: 1,
        to: "Priya Nair",
        to_id: "priya",
        from: null,
        at: "2026-05-14T12:13:00-04:00",
      },
    });
    expect(dueWords(passed, at("12:37"), ZONE).under).toBe("passed on to Priya 12:13");
    const hadIt = { ...passed, escalation: { ...passed.escalation, from: "Joan Keller" } };
    expect(dueWords(hadIt, at("12:37"), ZONE).under).toBe("passed on to Priya 12:13");
  });

  it("says that an acknowledged alert without a contact still waits for one", () => {
    const taken = alertOf({ ...maria, state: "acknowledged", acknowledged_at: "2026-05-14T09:00:00-04:00" });
    expect(dueWords(taken, at("09:31"), ZONE).under).toBe("no contact yet, by 12:12");
    expect(dueWords(taken, at("12:37"), ZONE).under).toBe("no contact yet, was due 12:12");
  });

  it("asks for a second try after an attempt, until the alert is due", () => {
    const tried = alertOf({
      ...maria,
      state: "acknowledged",
      needs_contact: false,
      acknowledged_at: "2026-05-14T09:00:00-04:00",
      last_contact: { at: "2026-05-14T09:20:00-04:00", by: "Joan Keller", outcome: "could_not_reach" },
    });
    expect(dueWords(tried, at("09:31"), ZONE).under).toBe("second try, by 12:12");
    const reached = {
      ...tried,
      last_contact: { ...tried.last_contact!, outcome: "spoke_with_patient" as const },
    };
    expect(dueWords(reached, at("09:31"), ZONE).under).toBe("of 4 h, by 12:12");
  });

  it("asks for a call back on an emergency", () => {
    const walter = alertOf({ ...maria, urgency: "emergency", due_minutes: 60 });
    expect(dueWords(walter, at("11:31"), ZONE).under).toBe("call back by 12:12");
  });

  it("names the weekday when it is due on another day", () => {
    const helen = alertOf({ ...maria, due_at: "2026-05-15T06:33:00-04:00", due_minutes: 1440 });
    expect(dueWords(helen, at("09:31"), ZONE).under).toBe("by Fri 06:33");
  });
});

describe("spans of time", () => {
  it("become days after two days", () => expect(span(3 * 1440)).toBe("3 days"));
  it("count seconds since the list was confirmed, then minutes", () => {
    expect(agoWords(4200)).toBe("4 s");
    expect(agoWords(130_000)).toBe("2 min");
    expect(agoWords(-500)).toBe("0 s");
  });
});
