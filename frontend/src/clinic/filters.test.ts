import { describe, expect, it } from "vitest";
import { queryOf } from "./filters";

const choose = (change = {}) => queryOf({ show: "all", symptom: "", urgency: "", ...change });

describe("what the nurse chose to list", () => {
  it("is every open and taken alert at first, patient by patient", () =>
    expect(choose()).toBe("state=open%2Cacknowledged&group=patient"));
  it("can be hers, nobody's, or what was resolved", () => {
    expect(choose({ show: "mine" })).toContain("owner=me");
    expect(choose({ show: "unassigned" })).toContain("owner=nobody");
    expect(choose({ show: "resolved" })).toBe("state=resolved");
  });
  it("narrows by symptom and urgency whatever is shown", () => {
    expect(choose({ show: "resolved", symptom: "diarrhea", urgency: "emergency" })).toBe(
      "state=resolved&symptom=diarrhea&urgency=emergency",
    );
  });
});
