import { afterEach, describe, expect, it } from "vitest";
import en from "../../../backend/protocol/texts/en.json";
import es from "../../../backend/protocol/texts/es.json";
import zh from "../../../backend/protocol/texts/zh-Hans.json";
import { settle } from "./language.svelte";
import { speak } from "./texts";
import type { TeamAnswer } from "./types";
import { calledBy, whatComesNext, whatTheyDid } from "./team";

const TODAY = "2026-05-14";
const joan: TeamAnswer = {
  state: "acknowledged",
  by: "Joan Keller",
  at: new Date(2026, 4, 14, 14, 5).toISOString(),
  outcome: null,
  next_code: null,
  next_step: null,
  next_on: null,
  next_at: null,
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

  describe("what comes next as a coded sentence", () => {
    const at = new Date(2026, 4, 15, 9, 30).toISOString();
    const calls = {
      ...joan,
      state: "resolved" as const,
      next_code: "call_again" as const,
      next_step: "We call you again.",
      next_on: "2026-05-15",
    };
    afterEach(() => settle("en"));

    it("says day and hour on the phone's own clock", () => {
      expect(whatComesNext({ ...calls, next_at: at }, TODAY, TODAY, en.next_steps)).toBe(
        "Next: we call you again tomorrow at 09:30.",
      );
      expect(whatComesNext({ ...calls, next_at: at }, "2026-05-11", TODAY, en.next_steps)).toBe(
        "Next: we call you again on Fri, May 15 at 09:30.",
      );
    });

    it("says the day alone where no hour was agreed, and none where there is none", () => {
      expect(whatComesNext(calls, TODAY, TODAY, en.next_steps)).toBe("Next: we call you again tomorrow.");
      const before = { ...calls, next_code: "log_as_before" as const, next_on: null };
      expect(whatComesNext(before, TODAY, TODAY, en.next_steps)).toBe(
        "Next: nothing more for now. Log every day as before.",
      );
    });

    it("says it in the language on the screen", async () => {
      await speak("es");
      expect(whatComesNext({ ...calls, next_at: at }, TODAY, TODAY, es.next_steps)).toBe(
        "Lo que sigue: le llamamos de nuevo mañana a las 09:30.",
      );
      await speak("zh-Hans");
      expect(whatComesNext({ ...calls, next_at: at }, TODAY, TODAY, zh.next_steps)).toBe(
        "接下来：我们明天 09:30 再给您打电话。",
      );
    });

    it("says the words that came with it where the phone has no sentence for the code", () => {
      expect(whatComesNext({ ...calls, next_at: at }, TODAY, TODAY)).toBe(
        "Next: We call you again, tomorrow at 09:30.",
      );
    });

    it("says the day of an hour that cannot be read", () => {
      expect(whatComesNext({ ...calls, next_at: "soon" }, TODAY, TODAY, en.next_steps)).toBe(
        "Next: we call you again tomorrow.",
      );
    });
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
