import { describe, expect, it } from "vitest";
import type { AlertAnswer, TeamAnswer } from "../lib/types";
import { answeredOf, sentWords } from "./answered";

const DAY = "2026-05-14";
const at = (hour: number, minute: number): string => new Date(2026, 4, 14, hour, minute).toISOString();
const NAMES: Record<string, string> = {
  diarrhea: "diarrhea",
  blood_pressure: "blood pressure",
  hand_foot: "hand and foot skin",
  chest_pain: "chest pain or pressure",
};
const OPEN = {
  by: null,
  at: null,
  outcome: null,
  next_code: null,
  next_step: null,
  next_on: null,
  next_at: null,
  until: null,
};

function alert(symptom: string, change: Partial<AlertAnswer> = {}): AlertAnswer {
  return {
    symptom,
    urgency: "contact_today",
    state: "waiting",
    due_at: at(16, 0),
    taken_back_at: null,
    ...OPEN,
    ...change,
  };
}
const called = (symptom: string): AlertAnswer =>
  alert(symptom, { state: "resolved", by: "Joan", at: at(14, 34), outcome: "spoke_with_patient" });

function said(...alerts: AlertAnswer[]) {
  const [first = alert("none")] = alerts;
  const more = { called_at: null, reached_at: null, can_wait: null };
  const team: TeamAnswer = { ...first, ...more, alerts };
  return {
    ...answeredOf(team, { told: DAY, today: DAY, name: (symptom) => NAMES[symptom] ?? null }),
    sent: sentWords(team, at(14, 20)),
  };
}

describe("what the team has answered", () => {
  it("names what one call was about and what still waits, and does not say that nobody has read it", () => {
    const { did, waiting, sent } = said(alert("blood_pressure"), called("diarrhea"));
    expect(did).toEqual(["Joan called you at 14:34 about diarrhea."]);
    expect(waiting).toBe("Still waiting: blood pressure.");
    expect(sent).toBeNull();
  });

  it("says of one call about two symptoms one sentence", () => {
    expect(said(called("diarrhea"), called("hand_foot")).did).toEqual([
      "Joan called you at 14:34 about diarrhea and hand and foot skin.",
    ]);
  });

  it("says one sentence too where she recorded them one after the other in the same minute", () => {
    const later = new Date(Date.parse(at(14, 34)) + 20_000).toISOString();
    const [first, second] = [called("diarrhea"), { ...called("hand_foot"), at: later }];
    expect(said(first, second).did).toEqual([
      "Joan called you at 14:34 about diarrhea and hand and foot skin.",
    ]);
  });

  it("needs no name where there is one alert", () => {
    expect(said(called("diarrhea")).did).toEqual(["Joan called you at 14:34."]);
  });

  it("says that nobody has read it where nobody has", () => {
    expect(said(alert("diarrhea")).sent).toBe("Sent at 14:20. Nobody has read it yet.");
  });

  it("says of what is held back that a nurse knows and until when she expects it", () => {
    const held = { state: "held_back", by: "Joan", at: at(9, 17), due_at: null } as const;
    expect(said(alert("hand_foot", { ...held, until: "2026-05-21" })).known).toEqual([
      "Joan knows about this and expects it until Thu, May 21.",
    ]);
    expect(said(alert("hand_foot", held)).known).toEqual(["Joan knows about this."]);
    expect(said(alert("diarrhea"), alert("hand_foot", held))).toMatchObject({
      known: ["Joan knows about hand and foot skin."],
      waiting: "Still waiting: diarrhea.",
      did: [],
    });
  });

  it("says of an answer taken back that a nurse still calls, and then who did", () => {
    const back = { taken_back_at: at(14, 24) };
    expect(said(alert("chest_pain", back))).toMatchObject({
      takenBack: [
        "You changed your answer about chest pain or pressure at 14:24. A nurse still calls you, by 16:00.",
      ],
      did: [],
    });
    expect(said({ ...called("chest_pain"), ...back })).toMatchObject({
      takenBack: [],
      did: ["Joan called you at 14:34."],
    });
  });

  it("reads a log that an older page has kept", () => {
    const kept = { ...called("diarrhea"), called_at: null } as unknown as TeamAnswer;
    expect(answeredOf(kept, { told: DAY, today: DAY, name: () => null }).did).toEqual([
      "Joan called you at 14:34.",
    ]);
  });
});
