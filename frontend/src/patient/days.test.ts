import { describe, expect, it } from "vitest";
import type { Waiting } from "../lib/kept";
import type { Log, TeamState } from "../lib/types";
import { asksForContact, basisOf, canBeLogged, dayOn, daysFrom, factsOfDay } from "./days";

const DAY = "2026-05-14";
const log = (state: TeamState, revision = 1, id = `log-${revision}`): Log =>
  ({ id, day: DAY, revision, facts: { diarrhea: { stools: revision } }, team: { state } }) as Log;
const waiting = (refusal: Partial<Waiting["refusal"]> = null): Waiting =>
  ({
    id: "mine",
    log: { day: DAY, facts: { diarrhea: { stools: 9 } }, corrects: null },
    refusal: refusal && { status: 409, code: "", detail: "", fields: [], existing: null, ...refusal },
  }) as Waiting;

describe("a day on the rail", () => {
  it("without a log says so, and knows nothing: it is not a good day", () => {
    expect(dayOn(DAY, [], []).state).toBe("no_log");
    expect(factsOfDay(DAY, [], [])).toBeNull();
  });

  it.each<[TeamState, string]>([
    ["not_needed", "quiet"],
    ["waiting", "waiting"],
    ["overdue", "overdue"],
    ["acknowledged", "seen"],
    ["contacted", "seen"],
    ["resolved", "seen"],
  ])("that the team has as %s stands as %s", (state, expected) => {
    expect(dayOn(DAY, [log(state)], []).state).toBe(expected);
  });

  it("shows what waits on the phone before what the server has", () => {
    expect(dayOn(DAY, [log("resolved")], [waiting()]).state).toBe("not_sent");
    expect(factsOfDay(DAY, [log("resolved")], [waiting()])).toEqual({ diarrhea: { stools: 9 } });
  });

  it("shows the newest revision", () => {
    expect(factsOfDay(DAY, [log("waiting", 1), log("waiting", 2)], [])).toEqual({ diarrhea: { stools: 2 } });
  });

  it("asks for help when the server refused, and keeps the answers", () => {
    const day = dayOn(DAY, [log("waiting")], [waiting({ existing: "log-1" })]);
    expect(day.state).toBe("needs_help");
    expect(day.refused?.log.facts).toEqual({ diarrhea: { stools: 9 } });
  });

  it("is changed from the refused answers, in place of the log that stands there", () => {
    const entries = [waiting({ existing: "log-1" })];
    expect(basisOf(DAY, [], entries)).toMatchObject({ corrects: "log-1", replaces: "mine" });
  });

  it.each([
    ["2026-05-14", true],
    ["2026-04-30", true],
    ["2026-04-29", false],
    ["2026-05-15", false],
    ["2020-01-01", false],
  ])("%s can be logged on May 14: %s", (day, possible) => expect(canBeLogged(day, DAY)).toBe(possible));

  it.each([
    ["self_care", false],
    ["contact_24h", true],
    ["contact_today", true],
    ["emergency", true],
  ])("whose unsent answers are %s needs a call: %s", (urgency, needs) => {
    const entry = { ...waiting(), advice: { urgency } } as Waiting;
    expect(asksForContact(entry)).toBe(needs);
  });

  it("whose answers were never judged needs a call", () => {
    expect(asksForContact({ ...waiting(), advice: null })).toBe(true);
  });

  it("is followed by the days before it", () => {
    expect(daysFrom(DAY, 3, [], []).map((day) => day.day)).toEqual([
      "2026-05-14",
      "2026-05-13",
      "2026-05-12",
    ]);
  });
});
