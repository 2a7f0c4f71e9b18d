import { describe, expect, it } from "vitest";
import type { Waiting } from "../../lib/kept";
import type { Log, TeamAnswer, Urgency } from "../../lib/types";
import { followUpOf } from "./follow-up";

const TODAY = "2026-05-15";
const YESTERDAY = "2026-05-14";

/** Written at noon of its own day, or on another. */
const noon = (day: string): string => new Date(`${day}T12:00:00`).toISOString();

function log(day: string, urgency: Urgency, team: Partial<TeamAnswer> = {}, writtenOn = day): Log {
  return {
    id: `log of ${day}`,
    day,
    corrects: null,
    written_at: noon(writtenOn),
    received_at: noon(TODAY),
    revision: 1,
    facts: {},
    advice: { urgency },
    assessment: { rules: [{ id: "diarrhea_3" }] },
    team: { state: "waiting", outcome: null, called_at: null, reached_at: null, ...team },
  } as unknown as Log;
}
const waiting = (day: string, urgency: Urgency): Waiting =>
  ({
    id: `waiting of ${day}`,
    log: { day, facts: {}, corrects: null, shown: { rules: ["diarrhea_3"] } },
    saved_at: noon(day),
    advice: { urgency },
    refusal: null,
  }) as unknown as Waiting;
const asked = (logs: Log[], more: object = {}) =>
  followUpOf({ today: TODAY, logs, outbox: [], calls: {}, ...more })?.askedOn ?? null;

describe("the day after an advice to call", () => {
  it.each<[Urgency, string | null]>([
    ["contact_24h", YESTERDAY],
    ["contact_today", YESTERDAY],
    ["self_care", null],
    ["emergency", null],
  ])("%s is followed up: %s", (urgency, day) => expect(asked([log(YESTERDAY, urgency)])).toBe(day));

  it("is asked without signal, about a log the team does not have yet", () => {
    const outbox = [waiting(YESTERDAY, "contact_today")];
    expect(followUpOf({ today: TODAY, logs: [], outbox, calls: {} })).toEqual({
      id: `waiting of ${YESTERDAY}`,
      askedOn: YESTERDAY,
      rules: ["diarrhea_3"],
      calledAt: null,
    });
  });

  it("is not asked on the same day", () => expect(asked([log(TODAY, "contact_today")])).toBeNull());

  it("is asked on the following days too, about the newest of them", () => {
    expect(asked([log("2026-05-11", "contact_24h"), log("2026-05-12", "contact_24h")])).toBe("2026-05-12");
  });

  it.each<[string, Partial<TeamAnswer>, boolean]>([
    ["a nurse has resolved it", { state: "resolved", outcome: "spoke_with_patient" }, false],
    ["a nurse has spoken with the patient", { state: "contacted", outcome: "spoke_with_patient" }, false],
    ["the patient was told what to do", { reached_at: "2026-05-15T08:10:00Z" }, false],
    ["a nurse has only seen it", { state: "acknowledged" }, true],
    ["a nurse left a message", { state: "contacted", outcome: "message_left" }, true],
    ["the patient called and reached nobody yet", { called_at: "2026-05-14T14:05:00Z" }, true],
  ])("when %s", (_, team, isAsked) =>
    expect(asked([log(YESTERDAY, "contact_today", team)]) !== null).toBe(isAsked),
  );

  it("believes at once what was answered on this phone", () => {
    const calls = { [`log of ${YESTERDAY}`]: { patient: "maria", at: "now", reached_at: "now" } };
    expect(asked([log(YESTERDAY, "contact_today")], { calls })).toBeNull();
  });

  it("gives way to today's own advice to call", () => {
    expect(asked([log(YESTERDAY, "contact_today"), log(TODAY, "contact_24h")])).toBeNull();
    expect(asked([log(YESTERDAY, "contact_today"), log(TODAY, "self_care")])).toBe(YESTERDAY);
  });

  it("is asked tomorrow about a day that is filled in today, and then speaks of the day it asked", () => {
    const filledIn = log(YESTERDAY, "contact_today", {}, TODAY);
    expect(asked([filledIn])).toBeNull();
    expect(asked([filledIn], { today: "2026-05-16" })).toBe(TODAY);
  });

  it("is asked today about an older day while yesterday was filled in only now", () => {
    const older = log("2026-05-13", "contact_today");
    expect(asked([log(YESTERDAY, "contact_today", {}, TODAY), older])).toBe("2026-05-13");
  });
});
