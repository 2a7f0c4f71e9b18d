import { describe, expect, it } from "vitest";
import { zoneFor } from "./calendar";
import { doneBefore } from "./done";
import { alertOf, contactOf, gradeOf, patientOf } from "./testing";

const ZONE = "America/New_York";

describe("what was done before", () => {
  it("says why an alert was reopened, and by whom", () => {
    const reopened = { at: "2026-05-14T14:00:00Z", by: "Priya Nair", note: "She called again." };
    const [line] = doneBefore(patientOf({ alerts: [alertOf({ reopened })] }), ZONE);
    expect(line).toMatchObject({
      what: "Thu, May 14, 10:00. Priya reopened an alert: Diarrhea.",
      note: "She called again.",
    });
  });

  it("says what was agreed next with its hour, and whose clock it is where the patient's is another", () => {
    const promise = contactOf({
      next_code: "call_again",
      next_step: "We call you again.",
      next_on: "2026-05-15",
      next_at: "2026-05-15T13:30:00Z",
    });
    const [line] = doneBefore(patientOf({ contacts: [promise] }), ZONE);
    expect(line?.next).toBe("Next: We call you again, Fri, May 15, 09:30.");
    const there = zoneFor(ZONE, "America/Los_Angeles");
    const [marked] = doneBefore(patientOf({ contacts: [promise] }), there);
    expect(marked?.next).toBe("Next: We call you again, Fri, May 15, 09:30 EDT.");
    expect(marked?.what).toMatch(/^Thu, May 14, 09:33 EDT\. Joan called/);
  });

  it("shows a call about two alerts once, with both symptoms", () => {
    const first = contactOf({ id: "call", symptom: "diarrhea", note: "Drinks well." });
    const part = contactOf({ id: "part", symptom: "hand_foot", part_of: "call", note: "Drinks well." });
    const lines = doneBefore(patientOf({ contacts: [part, first] }), ZONE);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({ about: "Diarrhea, Hand-foot", note: "Drinks well." });
  });

  it("says which grade was confirmed, for which day, and what the estimate was", () => {
    const grades = [
      gradeOf({ note: "Seen at the visit." }),
      gradeOf({ id: "b", estimate: null, at: "2026-05-13T13:35:00Z" }),
    ];
    const [newest, before] = doneBefore(patientOf({ grades }), ZONE);
    expect(newest).toMatchObject({
      what: "Thu, May 14, 09:35. Joan confirmed grade 2: Diarrhea, May 14. The estimate was 3.",
      note: "Seen at the visit.",
    });
    expect(before?.what).toBe("Wed, May 13, 09:35. Joan confirmed grade 2: Diarrhea, May 14.");
  });
});
