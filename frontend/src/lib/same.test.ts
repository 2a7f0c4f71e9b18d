import { describe, expect, it } from "vitest";
import { Problem } from "./api";
import { inTheWay, saysTheSame } from "./same";
import type { Log, LogToSend } from "./types";

const DAY = "2026-05-14";
const there = (facts: object, day = DAY) => ({ id: "there", day, facts }) as unknown as Log;
const sent = (facts: object) => ({ day: DAY, facts }) as unknown as LogToSend;

describe("a log that is there already", () => {
  it("says the same with the same answers, in whatever order they came back", () => {
    const answers = { diarrhea: { stools: 8, at_night: 1 }, warning_signs: [] };
    expect(
      saysTheSame(there({ warning_signs: [], diarrhea: { at_night: 1, stools: 8 } }), sent(answers)),
    ).toBe(true);
  });

  it("does not with another answer, one more, one less, or for another day", () => {
    const answers = { diarrhea: { stools: 8 } };
    const others = [{ diarrhea: { stools: 7 } }, { diarrhea: { stools: 8 }, fatigue: {} }, {}];
    expect(others.map((facts) => saysTheSame(there(facts), sent(answers)))).toEqual([false, false, false]);
    expect(saysTheSame(there(answers, "2026-05-13"), sent(answers))).toBe(false);
  });

  it("is looked for only where the day is logged, and never for a correction that came too late", () => {
    const refused = (code: string) => new Problem(409, code, "", [], { existing: "there" });
    expect(inTheWay(refused("day_already_logged"))).toBe("there");
    expect(inTheWay(refused("corrected_meanwhile"))).toBeNull();
    expect(inTheWay(new Error("no network"))).toBeNull();
  });
});
