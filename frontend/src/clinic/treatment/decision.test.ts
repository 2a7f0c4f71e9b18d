import { describe, expect, it } from "vitest";
import { decisionInput, emptyDose, levelsFor, mendsOfDose, milligrams, startInput, useFor } from "./decision";
import { courseOf, DRUGS, LADDER, spanOf } from "./testing";

const TODAY = "2026-05-14";
const form = (change = {}) => ({ ...emptyDose(TODAY), reason: "Grade 3", decided_by: "okafor", ...change });
const lowered = courseOf({ spans: [spanOf({ level: -1, dose: "400 mg once a day" })] });
const levels = (kind: string, course = lowered) =>
  levelsFor(form({ kind }), course, LADDER).map(({ level }) => level);

describe("a dose decision", () => {
  it("offers lower levels for a reduction, higher ones for an increase, all for a resumption", () => {
    expect(levels("reduction")).toEqual([-2]);
    expect(levels("increase")).toEqual([0]);
    expect(levels("resumption")).toEqual([0, -1, -2]);
  });

  it("offers the whole ladder where the dose now is known in words only", () => {
    expect(levels("reduction", courseOf({ spans: [spanOf({ level: null })] }))).toEqual([0, -1, -2]);
  });

  it("follows the ladder of the running treatment, and for a switch the one of the new drug", () => {
    expect(useFor(form({ kind: "reduction" }), lowered, DRUGS)?.id).toBe("us_liver_kidney");
    expect(useFor(form({ kind: "switch", drug: "regorafenib" }), lowered, DRUGS)?.id).toBe("usual");
    expect(useFor(form({ kind: "start", drug: "sorafenib" }), null, DRUGS)).toBeNull();
    expect(useFor(form({ kind: "switch", drug: "immunotherapy" }), lowered, DRUGS)).toBeNull();
  });

  it("asks for what is missing, each at its field", () => {
    const bare = { ...emptyDose(""), kind: "reduction" as const };
    expect(Object.keys(mendsOfDose(bare))).toEqual(["level", "decided_by", "reason", "effective_on"]);
    expect(Object.keys(mendsOfDose(form({ kind: "switch" })))).toEqual(["drug"]);
    expect(Object.keys(mendsOfDose(form({ kind: "reduction", chosen: "other" })))).toEqual(["dose"]);
    expect(mendsOfDose(form({ kind: "hold" }))).toEqual({});
  });

  it("takes mg as people write them, and asks again for what is no number", () => {
    expect(["４００", "٢٨٥٫٧"].map(milligrams)).toEqual([400, 285.7]);
    expect(["285.7", "285,7", " 400 mg ", "", "a lot", "-5", "0.123"].map(milligrams)).toEqual([
      ...[285.7, 285.7, 400],
      ...[null, null, null, null],
    ]);
    const words = form({ kind: "reduction", chosen: "other", dose: "weekdays", mg_a_day: "a lot" });
    expect(Object.keys(mendsOfDose(words))).toEqual(["mg_a_day"]);
    expect(Object.keys(mendsOfDose({ ...words, mg_a_day: "0" }))).toEqual(["mg_a_day"]);
    expect(mendsOfDose({ ...words, mg_a_day: "" })).toEqual({});
  });

  it("sends a level or a dose in words, never both, and nothing of a dose with a hold", () => {
    const typed = { dose: "weekdays", mg_a_day: "285.7", drug: "regorafenib", use: "usual" };
    expect(decisionInput(form({ kind: "reduction", chosen: "-1", ...typed }))).toMatchObject({
      ...{ level: -1, dose: "", mg_a_day: null, drug: "", use: "" },
    });
    expect(decisionInput(form({ kind: "reduction", chosen: "other", ...typed }))).toMatchObject({
      ...{ level: null, dose: "weekdays", mg_a_day: 285.7 },
    });
    expect(decisionInput(form({ kind: "hold", chosen: "-1", ...typed }))).toMatchObject({
      level: null,
      dose: "",
    });
  });

  it("starts a drug from its first day", () => {
    const sent = startInput(form({ kind: "start", drug: "regorafenib", use: "usual", chosen: "0" }));
    expect(sent).toMatchObject({ drug: "regorafenib", use: "usual", level: 0, started_on: TODAY });
    expect(sent).not.toHaveProperty("kind");
  });
});
