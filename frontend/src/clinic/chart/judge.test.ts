import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { logOf, patientOf } from "../testing";
import { daysOf } from "./days";
import { judgeBy, reportedApart } from "./judge";

const file = new URL("../../../../backend/protocol/data/sorafenib.v3.json", `file://${__filename}`);
const wire = { protocol: JSON.parse(readFileSync(file, "utf8")), texts: {}, language: "en", signature: null };
const judge = judgeBy(wire, { stools_per_day: 1, systolic: 126, diastolic: 78 });

function dayWith(facts: object) {
  return daysOf(patientOf(), { logs: [logOf({ facts })] }, "2026-05-14", "America/New_York")[27]!;
}

describe("what the protocol says about a day", () => {
  it("grades hands and feet apart", () => {
    const day = dayWith({
      hands: { skin_change: "moderate", pain: "mild" },
      feet: { skin_change: "minimal", pain: "none" },
    });
    expect(reportedApart([day])).toBe(true);
    expect([judge.gradeAt(day, "hands"), judge.gradeAt(day, "feet")]).toEqual([2, 1]);
  });

  it("shows hands and feet as usual at grade 0, also in a log that says nothing of pain", () => {
    const day = dayWith({ hands: { skin_change: "none" }, feet: { skin_change: "none", pain: "none" } });
    expect([judge.gradeAt(day, "hands"), judge.gradeAt(day, "feet")]).toEqual([0, 0]);
  });

  it("leaves a place that was not answered unanswered", () => {
    expect(judge.gradeAt(dayWith({ hands: { skin_change: "none", pain: "none" } }), "feet")).toBeNull();
  });

  it("does not guess which place was meant when they were reported together", () => {
    const day = dayWith({ hand_foot: { skin_change: "moderate", pain: "mild" } });
    expect(reportedApart([day])).toBe(false);
    expect(judge.gradeAt(day, "hands")).toBe("unknown");
  });

  it("confirms the lower of the last two readings", () => {
    const high = { systolic: 165, diastolic: 92 };
    const low = { systolic: 142, diastolic: 88 };
    expect(judge.confirmed([high, low])).toEqual(low);
    expect(judge.confirmed([low, high])).toEqual(low);
    expect(judge.confirmed([low, high, high])).toEqual(high);
    expect(judge.confirmed([high])).toEqual(high);
  });
});
