import { describe, expect, it } from "vitest";
import type { TeamAnswer } from "./types";
import { calledBy, whatComesNext, whatTheyDid } from "./team";

const TODAY = "2026-05-14";
const joan: TeamAnswer = {
  state: "acknowledged",
  by: "Joan Keller",
  at: new Date(2026, 4, 14, 14, 5).toISOString(),
  outcome: null,
  next_step: null,
  next_on: null,
  due_at: null,
  until: null,
  alerts: [],
  called_at: null,
  reached_at: null,
  can_wait: null,
};

describe("what the team did", () => {
  it("is said with a name and a time: Joan saw your log", () => {
    expect(whatTheyDid(joan, TODAY, TODAY)).toBe("Joan saw your log at 14:05.");
  });

  it("names the day when it was not the log's own", () => {
    expect(whatTheyDid(joan, "2026-05-13", TODAY)).toBe("Joan saw your log at 14:05 today.");
    expect(whatTheyDid(joan, "2026-05-13", "2026-05-15")).toBe("Joan saw your log at 14:05 on Thu, May 14.");
  });

  it("says the outcome in plain words, and what comes next", () => {
    const called: TeamAnswer = { ...joan, state: "resolved", outcome: "spoke_with_patient" };
    expect(whatTheyDid(called, TODAY, TODAY)).toBe("Joan called you at 14:05.");
    expect(whatComesNext({ ...called, next_step: "Cream twice a day.", next_on: "2026-05-15" }, TODAY)).toBe(
      "Next: Cream twice a day, tomorrow.",
    );
    const step = { ...called, next_step: "Cream", next_on: TODAY };
    expect(whatComesNext(step, TODAY)).toBe("Next: Cream, today.");
    expect(whatComesNext(step, "2026-05-11", TODAY)).toBe("Next: Cream, on Thu, May 14.");
    expect(whatComesNext(called, TODAY)).toBeNull();
  });

  it("says nothing while nobody has answered", () => {
    expect(whatTheyDid({ ...joan, state: "waiting", at: null }, TODAY, TODAY)).toBeNull();
  });

  it("calls a doctor by the family name and a nurse by the first", () => {
    expect(calledBy("Dr. Chidi Okafor")).toBe("Dr. Okafor");
    expect(calledBy("Priya Nair")).toBe("Priya");
    expect(calledBy(null)).toBe("Your team");
  });
});
