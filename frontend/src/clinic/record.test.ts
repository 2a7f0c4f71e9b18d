import { describe, expect, it } from "vitest";
import {
  alsoOf,
  canBeSnoozed,
  contactInput,
  emptyForm,
  highestExpected,
  keepsOpen,
  leftToMend,
  mendsFromServer,
  mendsOf,
  patientSees,
  type Sight,
  snoozeWords,
  toSend,
} from "./record";
import { emptyDose } from "./treatment/decision";
import { factLines } from "./facts";
import { alertOf } from "./testing";
import type { Alert, Facts } from "./wire";

const TODAY = "2026-05-14";
const form = (change = {}) => ({ ...emptyForm(TODAY), outcome: "spoke_with_patient" as const, ...change });

describe("a contact whose answer was lost", () => {
  const first = toSend(form({ note: "Drinks well." }), true);

  it("is sent again with the id it had, so that it is kept once", () => {
    expect(toSend(first, true).tried).toEqual(first.tried);
    expect(contactInput(first, true, []).id).toBe(first.tried?.id);
  });

  it("is another one once its words have changed, or it ends what it kept open before", () => {
    expect(toSend({ ...first, note: "Drinks little." }, true).tried?.id).not.toBe(first.tried?.id);
    expect(toSend(first, false).tried?.id).not.toBe(first.tried?.id);
  });
});

describe("snoozing a symptom", () => {
  const snooze = { on: true, until: "2026-05-18", grade: 1 };

  it("says what is expected and until when", () => {
    expect(snoozeWords("Diarrhea", snooze)).toBe("Snooze diarrhea until May 18, expecting grade 1 or less.");
    expect(snoozeWords("Diarrhea", { ...snooze, grade: 0 })).toBe(
      "Snooze diarrhea until May 18, expecting grade 0.",
    );
  });

  it("is offered for a symptom with a grade, and never for an emergency", () => {
    expect(canBeSnoozed(alertOf(), 2)).toBe(true);
    expect(canBeSnoozed(alertOf(), "unknown")).toBe(false);
    expect(canBeSnoozed(alertOf({ urgency: "emergency" }), 3)).toBe(false);
  });

  it("never expects more than the grade of today, nor grade 4", () => {
    expect(highestExpected(2)).toBe(2);
    expect(highestExpected(4)).toBe(3);
  });

  it("ends within 28 days", () => {
    const until = (day: string) => mendsOf(form({ snooze: { ...snooze, until: day } }), TODAY);
    expect(until("2026-06-11")).toEqual({});
    for (const day of ["", TODAY, "2026-06-12"])
      expect(until(day)).toEqual({ "snooze.until": "Choose a day from May 15 to Jun 11." });
  });

  it("is sent with what is resolved, and not with what stays open", () => {
    const sent = { expected_grade: 1, until: "2026-05-18" };
    expect(contactInput(form({ snooze }), true, []).snooze).toEqual(sent);
    expect(contactInput(form({ snooze }), false, []).snooze).toBeNull();
    expect(contactInput(form(), true, []).snooze).toBeNull();
  });
});

describe("a contact about several alerts", () => {
  const mine = alertOf({ id: "mine" });
  const ids = (...others: Partial<Alert>[]) =>
    alsoOf(mine, [mine, ...others.map((other) => alertOf({ id: "other", ...other }))]).map(({ id }) => id);

  it("offers the patient's other open alerts, taken or not", () => {
    expect(ids({ id: "b", state: "open" }, { id: "c", state: "acknowledged" })).toEqual(["b", "c"]);
  });

  it("offers neither what is resolved nor an emergency", () => {
    expect(ids({ state: "resolved" }, { urgency: "emergency" })).toEqual([]);
  });

  it("ticks none beforehand and sends those that are ticked", () => {
    expect(contactInput(form(), true, []).also).toEqual([]);
    expect(contactInput(form({ also: ["b"] }), true, []).also).toEqual(["b"]);
  });

  it("keeps the server's word at the ticks until they are changed", () => {
    const mends = { also: "Another alert you ticked is not open any more." };
    const left = (also: string[]) =>
      leftToMend(mends, {
        sent: form({ also: ["b"] }),
        form: form({ also, note: "More." }),
        asked: {},
        still: {},
      });
    expect([left(["b"]), left([])]).toEqual([mends, {}]);
  });
});

describe("recording a contact", () => {
  it("sends the answers to the call guide, and nothing for what was not asked", () => {
    expect(contactInput(form({ guide: { fever: false } }), false, []).guide).toEqual({ fever: false });
  });

  it("asks what came of it before anything else", () => {
    expect(mendsOf(emptyForm(TODAY), TODAY)).toEqual({ outcome: "Choose what came of it." });
    expect(mendsOf(form(), TODAY)).toEqual({});
  });

  it("asks for a reason when no action is needed", () => {
    expect(mendsOf(form({ outcome: "no_action_needed", note: " " }), TODAY)).toHaveProperty("note");
  });

  it("asks for a day with a next step, a step with a day, and no day that has passed", () => {
    const own = { next_code: "own_words" };
    expect(mendsOf(form({ ...own, next_step: "Call again" }), TODAY)).toHaveProperty("next_on");
    expect(mendsOf(form({ next_on: "2026-05-15" }), TODAY)).toHaveProperty("next_code");
    expect(mendsOf(form({ ...own, next_step: "Call", next_on: "2026-05-13" }), TODAY)).toHaveProperty(
      "next_on",
    );
  });

  it("keeps the alert open while nobody has answered", () => {
    expect(keepsOpen("message_left")).toBe(true);
    expect(keepsOpen("could_not_reach")).toBe(true);
    expect(keepsOpen("spoke_with_patient")).toBe(false);
  });

  it("sends a dose decision only when a prescriber was informed and has decided", () => {
    const dose = {
      ...emptyDose(TODAY),
      chosen: "other",
      kind: "reduction" as const,
      dose: "400 mg",
      reason: "Grade 3",
      decided_by: "ok",
      effective_on: TODAY,
    };
    expect(contactInput(form({ dose }), true, []).dose_decision).toBeNull();
    expect(
      contactInput(form({ outcome: "prescriber_informed", dose }), true, []).dose_decision,
    ).toMatchObject({
      kind: "reduction",
      level: null,
      dose: "400 mg",
      reason: "Grade 3",
    });
    const undecided = form({ outcome: "prescriber_informed", note: "Calls back." });
    expect(mendsOf(undecided, TODAY)).toEqual({});
    expect(contactInput(undecided, true, []).dose_decision).toBeNull();
  });

  it("asks who decided, why, and which dose", () => {
    const dose = { ...emptyDose(TODAY), kind: "reduction" as const };
    const mends = mendsOf(form({ outcome: "prescriber_informed", dose }), TODAY);
    expect(Object.keys(mends)).toEqual([
      "dose_decision.level",
      "dose_decision.decided_by",
      "dose_decision.reason",
    ]);
  });

  it("asks what a prescriber said where nothing was decided, and is content with either", () => {
    const silent = form({ outcome: "prescriber_informed" });
    expect(mendsOf(silent, TODAY)).toEqual({
      note: "Write what the prescriber said, or record the decision.",
    });
    expect(mendsOf({ ...silent, note: "Go on as it is." }, TODAY)).toEqual({});
    expect(mendsOf({ ...silent, dose: { ...emptyDose(TODAY), kind: "hold" } }, TODAY).note).toBeUndefined();
  });

  it("sends trimmed words, and null for no day", () => {
    expect(contactInput(form({ note: " Drinks well. " }), true, [])).toEqual({
      id: null,
      outcome: "spoke_with_patient",
      note: "Drinks well.",
      next_code: null,
      next_step: "",
      next_on: null,
      next_time: null,
      grade: null,
      guide: {},
      set_aside: "",
      also: [],
      seen: [],
      dose_decision: null,
      snooze: null,
    });
  });

  it("sends how urgent each alert was shown, and with which grade", () => {
    const shown = [alertOf({ id: "a", urgency: "contact_24h", grade: 2 }), alertOf({ id: "b", grade: null })];
    expect(contactInput(form({ also: ["b"] }), true, shown).seen).toEqual([
      { alert: "a", urgency: "contact_24h", grade: 2 },
      { alert: "b", urgency: "contact_today", grade: null },
    ]);
  });

  it("puts the server's words at their fields", () => {
    const fields = [{ field: "note", reason: "Too long.", mend: "Shorten it." }];
    expect(mendsFromServer(fields, "")).toEqual({ note: "Too long. Shorten it." });
    expect(mendsFromServer([], "Not now.")).toEqual({ "": "Not now." });
  });
});

describe("a field that was to be mended", () => {
  it("is quiet once it is mended, and asks on while it is not", () => {
    const empty = emptyForm(TODAY);
    const mends = mendsOf(empty, TODAY);
    expect(leftToMend(mends, { sent: empty, form: empty, asked: mends, still: mends })).toEqual(mends);
    expect(
      leftToMend(mends, { sent: empty, form: form(), asked: mends, still: mendsOf(form(), TODAY) }),
    ).toEqual({});
  });

  it("takes its own words back as soon as they no longer hold, whatever was changed for that", () => {
    const sent = form({ outcome: "no_action_needed" });
    const asked = mendsOf(sent, TODAY);
    const now = form({ outcome: "visit_booked" });
    expect(asked).toHaveProperty("note");
    expect(leftToMend(asked, { sent, form: now, asked, still: mendsOf(now, TODAY) })).toEqual({});
  });

  it("shows what the server says of a part it has no place for above the form", () => {
    const field = {
      field: "dose_decision",
      reason: "The treatment began later.",
      mend: "Choose a later day.",
    };
    expect(mendsFromServer([field], "")).toEqual({ "": "The treatment began later. Choose a later day." });
  });

  it("keeps the server's words until its own value has changed", () => {
    const refused = { note: "Too long." };
    const sent = form({ note: "Long" });
    expect(
      leftToMend(refused, { sent, form: form({ note: "Long", next_step: "Call" }), asked: {}, still: {} }),
    ).toEqual(refused);
    expect(leftToMend(refused, { sent, form: form({ note: "Short" }), asked: {}, still: {} })).toEqual({});
  });
});

describe("the sentence the patient will see", () => {
  const sight: Sight = {
    nurse: "Joan Keller",
    now: Date.parse("2026-05-14T13:33:00Z"),
    clinic: "America/New_York",
    patient: "America/New_York",
    steps: { call_again: { step: "We call you again.", by: "We call you again {when}." } },
  };
  const own = { next_code: "own_words", next_step: "Dr. Okafor calls you. ", next_on: "2026-05-15" };
  const calls = { next_code: "call_again", next_on: "2026-05-15", next_time: "930" };

  it("is what the patient's page says: the nurse, the time and the next step", () => {
    expect(patientSees(form(own), sight)).toBe(
      "Joan called you at 09:33. Next: Dr. Okafor calls you, tomorrow.",
    );
  });

  it("has the coded sentence with day and hour", () =>
    expect(patientSees(form(calls), sight)).toBe(
      "Joan called you at 09:33. Next: we call you again tomorrow at 09:30.",
    ));

  it("has every hour on the patient's clock, where that is another one", () =>
    expect(patientSees(form(calls), { ...sight, patient: "America/Los_Angeles" })).toBe(
      "Joan called you at 06:33. Next: we call you again tomorrow at 06:30.",
    ));

  it("says nothing that was typed before another next step was chosen", () =>
    expect(patientSees(form({ ...calls, next_step: "Typed before" }), sight)).not.toMatch("Typed"));

  it("is not there before an outcome is chosen", () => expect(patientSees(emptyForm(TODAY), sight)).toBe(""));
});

describe("what the patient reported", () => {
  it("is listed in words, with the usual beside the count", () => {
    const facts = { diarrhea: { stools: 8, loose: true }, warning_signs: [] };
    expect(factLines(facts, { stools_per_day: 1 })).toEqual([
      { label: "Warning signs", words: "None" },
      { label: "Stools in 24 h", words: "8, usual 1, loose" },
    ]);
  });

  it("has the symptoms the patient added, and why doses were missed", () => {
    const facts = {
      adherence: "missed_one_dose",
      missed_reason: "no_tablets",
      tablets_left: 0,
      nausea: "eats_less",
    };
    expect(factLines(facts as Facts, {})).toEqual([
      { label: "Doses", words: "Missed one dose" },
      { label: "Why missed", words: "No tablets left" },
      { label: "Tablets left", words: "0" },
      { label: "Nausea", words: "Eats less" },
    ]);
  });

  it("has no line for what was not answered", () => {
    expect(factLines({ blood_pressure: [], diarrhea: {} }, {})).toEqual([]);
  });
});
