import { describe, expect, it } from "vitest";
import { gradeOf } from "../testing";
import { confirmedWords, estimateWords, versionsWords } from "./words";

describe("a grade in words", () => {
  it("calls an estimate an estimate, and says when there is none", () => {
    expect(estimateWords({ v5: 2, v6: 2 })).toBe("Estimated grade 2");
    expect(estimateWords({ v5: "unknown", v6: "unknown" })).toBe("Estimated grade not known");
  });

  it("says whether both versions of CTCAE agree", () => {
    expect(versionsWords({ v5: 2, v6: 2 })).toBe("Same in CTCAE v5 and v6.");
    expect(versionsWords({ v5: 2, v6: 1 })).toBe("CTCAE v5. In v6: 1.");
  });

  it("names the clinician and keeps the estimate beside her grade", () => {
    expect(confirmedWords(gradeOf(), "09:35")).toBe("Joan, 09:35. The estimate was 3.");
    expect(confirmedWords(gradeOf({ estimate: null }), "09:35")).toBe("Joan, 09:35. There was no estimate.");
  });
});
