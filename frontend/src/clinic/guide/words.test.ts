import { describe, expect, it } from "vitest";
import { alertOf } from "../testing";
import type { Heard } from "./judge";
import { NO_STEP } from "../nextStep";
import { askedWords, changeOf, heardWords, needsAnswer } from "./words";

const ZONE = "America/New_York";
const NOW = Date.parse("2026-05-14T09:36:00-04:00");
const soon = alertOf({ urgency: "contact_24h", due_at: "2026-05-15T08:12:00-04:00", due_minutes: 1440 });

const dizzy = (change: Partial<Heard> = {}): Heard => ({
  ...{ rule: "diarrhea_with_dizziness", urgency: "contact_today", signs: "dizzy on standing" },
  ...{ symptom: "diarrhea", minutes: 60, tell: "" },
  ...change,
});
const fever = dizzy({ urgency: "contact_24h", signs: "fever", symptom: "", minutes: 1440 });

describe("what was heard", () => {
  it("is said with the urgency and the hour", () => {
    expect(heardWords(dizzy(), soon, NOW, ZONE)).toBe(
      "Dizzy on standing with diarrhea: contact today, within 1 h. Due 10:36.",
    );
    expect(
      heardWords(dizzy({ urgency: "emergency", signs: "chest pain", symptom: "" }), soon, NOW, ZONE),
    ).toBe("Chest pain: emergency, call back within 1 h. Due 10:36.");
  });

  it("shortens a clock of the same urgency, and never makes one longer", () => {
    const due = (due_at: string) => alertOf({ urgency: "contact_today", due_at });
    expect(changeOf(dizzy(), due("2026-05-14T12:12:00-04:00"), NOW)).toBe("sooner");
    expect(changeOf(dizzy(), due("2026-05-14T10:00:00-04:00"), NOW)).toBe("none");
    expect(heardWords(dizzy(), due("2026-05-14T10:00:00-04:00"), NOW, ZONE)).toBe(
      "Dizzy on standing with diarrhea: contact today, within 1 h. This alert is due by 10:00 already.",
    );
  });

  it("says that an alert is late already, rather than a time that has passed", () => {
    const late = alertOf({ urgency: "contact_today", due_at: "2026-05-14T08:40:00-04:00" });
    expect(heardWords(dizzy(), late, NOW, ZONE)).toBe(
      "Dizzy on standing with diarrhea: contact today, within 1 h. This alert is late already: it was due 08:40.",
    );
  });

  it("never lowers an alert that is more urgent already", () => {
    expect(changeOf(fever, alertOf(), NOW)).toBe("none");
    expect(heardWords(fever, alertOf(), NOW, ZONE)).toBe(
      "Fever: contact within 24 h. This alert is more urgent already, due 12:12.",
    );
  });
});

describe("closing after what was heard", () => {
  const silent = { outcome: "spoke_with_patient", ...NO_STEP, set_aside: " " } as const;
  const blood = { ...silent, next_code: "own_words", next_step: "Blood test" } as const;

  it("needs a next step or a reason, however urgent it is", () => {
    expect(needsAnswer(dizzy(), silent)).toMatch(
      /^Dizzy on standing with diarrhea: contact today, within 1 h\. Choose a next step, keep the alert open/,
    );
    expect(needsAnswer(fever, silent)).toMatch(/^Fever: contact within 24 h\. Choose a next step/);
    expect(needsAnswer(dizzy(), blood)).toBe("");
    expect(needsAnswer(dizzy(), { ...silent, set_aside: "For years." })).toBe("");
    expect(needsAnswer(null, silent)).toBe("");
  });

  it("needs emergency care or a reason after an emergency; a next step is no answer to it", () => {
    const emergency = { ...dizzy(), urgency: "emergency" as const };
    expect(needsAnswer(emergency, blood)).toMatch(/Send to emergency care/);
    expect(needsAnswer(emergency, { ...silent, outcome: "sent_to_emergency_care" })).toBe("");
    expect(needsAnswer(emergency, { ...silent, next_code: "go_to_emergency" })).toBe("");
  });

  it("is not answered by nothing more for now", () => {
    expect(needsAnswer(dizzy(), { ...silent, next_code: "log_as_before" })).toMatch(/Choose a next step/);
    expect(needsAnswer(dizzy(), { ...silent, next_code: "call_again" })).toBe("");
  });
});

describe("what was asked before", () => {
  it("is one line, and no line when nothing was answered", () => {
    const asked = [
      { question: "fever", answer: false, words: "no fever" },
      { question: "dizzy_on_standing", answer: true, words: "dizzy on standing" },
    ];
    expect(askedWords(asked)).toBe("Asked: no fever, dizzy on standing.");
    expect(askedWords([])).toBe("");
  });
});
