import { describe, expect, it } from "vitest";
import { patientRows, resolvedRows, symptomWords } from "./rows";
import { alertOf } from "./testing";

const pain = alertOf({ id: "pain", symptom: "chest_pain", urgency: "emergency", grade: null });
const diarrhea = alertOf({ id: "diarrhea" });
const walter = alertOf({ id: "walter", patient: { ...diarrhea.patient, id: "walter", name: "Walter Lind" } });

describe("one patient, one row", () => {
  it("stands where the most urgent alert stands, with the others inside it", () => {
    const rows = patientRows([pain, walter, diarrhea]);
    expect(rows.map(({ id }) => id)).toEqual(["maria", "walter"]);
    expect(rows[0]).toMatchObject({ leading: pain, others: [diarrhea] });
  });

  it("keeps what was resolved out of the row of what waits", () => {
    expect(patientRows([{ ...pain, state: "resolved" }, diarrhea])[0]).toMatchObject({
      leading: diarrhea,
      others: [],
    });
    expect(patientRows([{ ...diarrhea, state: "resolved" }])).toEqual([]);
  });

  it("lists resolved alerts one by one", () => {
    const resolved = [pain, diarrhea].map((one) => ({ ...one, state: "resolved" as const }));
    expect(resolvedRows(resolved).map(({ id }) => id)).toEqual(["pain", "diarrhea"]);
  });
});

describe("a further symptom", () => {
  it("says how its grade changed since the day before, where both are known", () => {
    const skin = alertOf({ symptom: "hand_foot", grade: 2, grade_before: 1 });
    expect(symptomWords(skin)).toBe("Hand-foot 1 to 2");
    expect(symptomWords({ ...skin, grade_before: 2 })).toBe("Hand-foot 2");
    expect(symptomWords({ ...skin, grade_before: null })).toBe("Hand-foot 2");
    expect(symptomWords(pain)).toBe("Chest pain");
  });
});
