import { describe, expect, it } from "vitest";
import {
  agreedAt,
  answersFinding,
  asChosen,
  hourThere,
  mendsOfStep,
  momentAt,
  nextCodes,
  NO_STEP,
  stepInput,
} from "./nextStep";

const NOW = "2026-05-14T09:33";
const ZONE = "America/New_York";
const step = (change = {}) => ({ ...NO_STEP, ...change });
const calls = { next_code: "call_again", next_on: "2026-05-15", next_time: "930" } as const;

describe("what must be mended in a next step", () => {
  it("needs a day for a promise, none for what goes on as before", () => {
    for (const next_code of ["call_again", "prescriber_calls", "come_to_clinic"])
      expect(mendsOfStep(step({ next_code }), NOW)).toHaveProperty("next_on");
    for (const next_code of ["log_as_before", "use_cream", "go_to_emergency"])
      expect(mendsOfStep(step({ next_code }), NOW)).toEqual({});
  });

  it("takes an hour as it is typed, and asks again for what is no hour", () => {
    expect(mendsOfStep(step(calls), NOW)).toEqual({});
    expect(mendsOfStep(step({ ...calls, next_time: "late" }), NOW)).toHaveProperty("next_time");
    expect(mendsOfStep(step({ ...calls, next_on: "" }), NOW)).toHaveProperty("next_on");
  });

  it("takes no hour of today that has passed", () => {
    const today = { ...calls, next_on: "2026-05-14" };
    expect(mendsOfStep(step({ ...today, next_time: "09:30" }), NOW)).toHaveProperty("next_time");
    expect(mendsOfStep(step({ ...today, next_time: "09:40" }), NOW)).toEqual({});
  });

  it("asks what happens on a day that was picked", () =>
    expect(mendsOfStep(step({ next_on: "2026-05-15" }), NOW)).toHaveProperty("next_code"));
});

describe("what is sent of a next step", () => {
  it("is the code without words, or the words without a code", () => {
    expect(stepInput(step({ ...calls, next_step: "Typed before" }))).toEqual({
      next_code: "call_again",
      next_step: "",
      next_on: "2026-05-15",
      next_time: "09:30",
    });
    const own = { ...calls, next_code: "own_words", next_step: " Blood test " };
    expect(stepInput(step(own))).toMatchObject({ next_code: null, next_step: "Blood test" });
  });

  it("reads a note kept before next steps had codes as the nurse's own words", () =>
    expect(asChosen(step({ next_step: "Cream" })).next_code).toBe("own_words"));

  it("answers what was heard, unless nothing more is to be done", () => {
    expect(answersFinding(step(calls))).toBe(true);
    expect(answersFinding(step({ next_code: "log_as_before" }))).toBe(false);
    expect(answersFinding(step({ next_step: "Typed, not chosen" }))).toBe(false);
  });

  it("can be one of nine", () => expect(nextCodes()).toHaveLength(9));
});

describe("the hour of a next step", () => {
  it("is on the clinic's clock", () =>
    expect(agreedAt(step(calls), ZONE)).toBe(Date.parse("2026-05-15T13:30:00Z")));

  it("is shown on the patient's clock too, with its day, where that is another one", () => {
    const at = Date.parse("2026-05-15T03:30:00Z");
    expect(hourThere(at, "Asia/Shanghai", ZONE)).toBe("Fri, May 15, 11:30 in Shanghai");
    expect(hourThere(at, "America/Toronto", ZONE)).toBe("");
  });

  it("is none where clocks skip it, and the first where they show it twice", () => {
    expect(momentAt("2027-03-14", "02:30", ZONE)).toBeNull();
    expect(momentAt("2026-11-01", "01:30", ZONE)).toBe(Date.parse("2026-11-01T05:30:00Z"));
  });
});
