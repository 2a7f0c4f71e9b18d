import { readFileSync } from "node:fs";
import { beforeEach, describe, expect, it } from "vitest";
import type { Facts, Me } from "../lib/types";
import { rememberUnit, unitsOf } from "../lib/units";
import { inOwnUnits, judge, waitBeforeSecond } from "./judge";

const from = (path: string): unknown => JSON.parse(readFileSync(`../backend/protocol/${path}`, "utf8"));
const wire = {
  protocol: from("data/sorafenib.v1.json"),
  texts: from("texts/en.json"),
  language: "en",
  signature: null,
};
const DAY = "2026-05-14";
const maria = {
  patient: { baseline: { stools_per_day: 1, systolic: 126, diastolic: 78 }, reviewed: [] },
} as unknown as Me;
const judged = (facts: Facts, before: Record<string, Facts> = {}) =>
  judge({ wire, me: maria, day: DAY, facts, factsOf: (day) => before[day] ?? null });

describe("the advice on the phone, without a network", () => {
  it("tells Maria to call her team now when she has 8 stools over her usual 1", () => {
    const { advice, shown, dueMinutes } = judged({ diarrhea: { stools: 8, loose: true } });
    expect(advice.title).toBe("Call your team now.");
    expect(shown).toMatchObject({ protocol: "sorafenib", version: 1, urgency: "contact_today" });
    expect(shown.rules).toContain("diarrhea_3");
    expect(dueMinutes).toBe(240);
  });

  it("looks at the day before: a second day is not like the first", () => {
    const five: Facts = { diarrhea: { stools: 6, loose: true } };
    expect(judged(five).shown.urgency).toBe("contact_24h");
    expect(judged(five, { "2026-05-13": five }).shown.urgency).toBe("contact_today");
  });

  it("never says to keep taking tablets in an emergency", () => {
    const { advice } = judged({ warning_signs: ["chest_pain"] });
    expect(advice.urgency).toBe("emergency");
    expect(JSON.stringify(advice)).not.toMatch(/keep taking/i);
  });

  it("asks for a second blood pressure as the protocol says", () => {
    expect(waitBeforeSecond(wire, { systolic: 139, diastolic: 89 })).toBeNull();
    expect(waitBeforeSecond(wire, { systolic: 152, diastolic: 96 })).toBe(1);
    expect(waitBeforeSecond(wire, { systolic: 181, diastolic: 96 })).toBe(5);
  });
});

describe("advice about weight", () => {
  const [kilograms, pounds] = unitsOf("kg") as [ReturnType<typeof unitsOf>[0], ReturnType<typeof unitsOf>[0]];
  const of = (region: string) => {
    const me = { patient: { baseline: { weight: 70 }, reviewed: [], region } } as unknown as Me;
    return { wire, me, day: DAY, facts: { weight: 63 }, factsOf: () => null };
  };
  const said = (region: string): string => judge(of(region)).advice.because[0]!;
  const IN_POUNDS = "You weigh 138.9 lb, 15.4 lb less than your usual.";
  const IN_KILOGRAMS = "You weigh 63 kg, 7 kg less than your usual.";
  beforeEach(() => localStorage.clear());

  it("speaks the unit of the region until the person chooses, then theirs", () => {
    expect([said("US"), said("EU")]).toEqual([IN_POUNDS, IN_KILOGRAMS]);
    rememberUnit("kg", kilograms);
    expect(said("US")).toBe(IN_KILOGRAMS);
    rememberUnit("kg", pounds);
    expect(said("EU")).toBe(IN_POUNDS);
  });

  it("is the server's in this person's unit too, word for word otherwise", () => {
    const theirs = { ...judge(of("US")).advice, because: [IN_POUNDS, "You feel very tired."] };
    expect(inOwnUnits(theirs, of("US")).because).toEqual(theirs.because);
    rememberUnit("kg", kilograms);
    expect(inOwnUnits(theirs, of("US")).because).toEqual([IN_KILOGRAMS, "You feel very tired."]);
  });

  it("is given with the words that an older server left on this phone", () => {
    const older = { ...(wire.texts as Record<string, unknown>), weight_units: undefined };
    const words = JSON.parse(JSON.stringify(older).replaceAll("{own_weight}", "{weight} kg"));
    const given = { ...of("US"), wire: { ...wire, texts: words } };
    expect(judge(given).shown.urgency).toBe("contact_today");
  });
});
