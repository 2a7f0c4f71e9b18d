import { describe, expect, it } from "vitest";
import type { AlertAnswer, TeamAnswer, Urgency } from "../../lib/types";
import type { Given } from "./of";
import { alsoSays, toCall, type ToCall } from "./to-call";

const NOW = new Date("2026-05-14T12:30:00Z");
const DUE = "2026-05-14T16:20:00Z";
const CALLED = "2026-05-14T12:26:00Z";
const NOBODY: TeamAnswer = {
  state: "waiting",
  by: null,
  at: null,
  outcome: null,
  next_step: null,
  next_on: null,
  due_at: DUE,
  called_at: null,
  reached_at: null,
  can_wait: null,
  alerts: [],
} as unknown as TeamAnswer;

/** A log of this urgency that the team has, or that waits on this phone (`team` null). */
function given(
  urgency: Urgency | null,
  team: Partial<TeamAnswer> | null = {},
  more: Partial<Given> = {},
): Given {
  return {
    advice: urgency && { urgency },
    log: team && { team: { ...NOBODY, ...team } },
    callBy: DUE,
    calledAt: null,
    calledBefore: false,
    ...more,
  } as unknown as Given;
}
const contact = (outcome: string): Partial<TeamAnswer> => ({
  state: "contacted",
  outcome: outcome as TeamAnswer["outcome"],
});

describe("Today, below a day that asks for a call", () => {
  it("says how urgent it is and until when", () => {
    for (const urgency of ["contact_24h", "contact_today"] as const)
      expect(toCall(given(urgency), NOW)).toEqual({ urgency, until: DUE, calledAt: null });
  });

  it("says it also of a log that is not sent yet", () => {
    expect(toCall(given("contact_today", null), NOW)?.until).toBe(DUE);
  });

  it("gives an emergency no time: it is now", () => {
    expect(toCall(given("emergency"), NOW)).toEqual({ urgency: "emergency", until: null, calledAt: null });
  });

  it("names no time that is past", () => {
    const late = new Date("2026-05-14T16:20:01Z");
    expect(toCall(given("contact_today"), late)).toEqual({
      urgency: "contact_today",
      until: null,
      calledAt: null,
    });
  });

  it("names no time either once the team is late: it asks to call now", () => {
    expect(toCall(given("contact_today", { state: "overdue" }), NOW)?.until).toBeNull();
  });

  it.each([null, "self_care"] as const)("says nothing where no call is needed: %s", (urgency) =>
    expect(toCall(given(urgency), NOW)).toBeNull(),
  );

  it.each<[string, Partial<TeamAnswer>, boolean]>([
    ["nobody has answered", {}, true],
    ["nobody has answered in time", { state: "overdue" }, true],
    ["a nurse has only seen it", { state: "acknowledged" }, true],
    ["a nurse has left a message", contact("message_left"), true],
    ["a nurse could not reach the patient", contact("could_not_reach"), true],
    ["a nurse has spoken with the patient", contact("spoke_with_patient"), false],
    ["a nurse has resolved it", { state: "resolved", outcome: "no_action_needed" }, false],
  ])("asks for the call until somebody was spoken with: %s", (_, team, asks) =>
    expect(toCall(given("contact_today", team), NOW) !== null).toBe(asks),
  );

  it("asks for it while one of two symptoms has only a message", () => {
    const [spoken, message] = ["spoke_with_patient", "message_left"].map(
      (outcome) => ({ state: "contacted", outcome }) as AlertAnswer,
    );
    const alerts = [spoken, message] as AlertAnswer[];
    expect(toCall(given("contact_today", { ...contact("spoke_with_patient"), alerts }), NOW)).not.toBeNull();
  });

  it("says when the patient has called, and asks for no second call", () => {
    expect(toCall(given("contact_today", {}, { calledAt: CALLED }), NOW)).toEqual({
      urgency: null,
      until: null,
      calledAt: CALLED,
    });
  });

  it("asks again where the answers were changed after the call", () => {
    expect(toCall(given("contact_today", {}, { calledAt: CALLED, calledBefore: true }), NOW)).toEqual({
      urgency: "contact_today",
      until: DUE,
      calledAt: CALLED,
    });
  });
});

describe("a day before, filled in today", () => {
  const call = (urgency: Urgency | null): ToCall => ({
    urgency,
    until: null,
    calledAt: urgency ? null : CALLED,
  });

  it.each<[string, ToCall | null, ToCall | null, boolean]>([
    ["asks for its call where today asks for none", call("contact_today"), null, true],
    ["leaves it to today, which asks already", call("contact_today"), call("contact_24h"), false],
    ["leaves it to the call that was made about today", call("contact_today"), call(null), false],
    ["asks at once for an emergency", call("emergency"), call("contact_today"), true],
    ["has nothing to ask", null, null, false],
  ])("%s", (_, own, today, says) => expect(alsoSays(own, today)).toBe(says));
});
