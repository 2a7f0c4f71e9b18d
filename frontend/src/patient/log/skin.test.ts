import { describe, expect, it } from "vitest";
import type { Texts } from "../../protocol/model";
import { evaluate, load, readFacts } from "../../protocol";
import { readFileSync } from "node:fs";
import { asked, AS_USUAL, asksFurther, sameAgain } from "./skin";
import { skinInWords } from "./describe";
import { waitsForNext } from "./steps";

const json = (path: string): unknown => JSON.parse(readFileSync(`../backend/protocol/${path}`, "utf8"));
const sorafenib = load({
  protocol: json("data/sorafenib.v3.json"),
  texts: json("texts/en.json") as Texts,
  language: "en",
  signature: null,
  medicine: {},
} as Parameters<typeof load>[0]);
const gradeOf = (facts: object) =>
  evaluate(sorafenib, { days: [readFacts(sorafenib, facts)], baseline: {}, reviewed: [], parameters: {} })
    .grades_ctcae5["hand_foot"];

describe("hands and feet as usual", () => {
  it("have no pain and are grade 0", () => {
    expect(AS_USUAL).toEqual({ skin_change: "none", pain: "none" });
    expect(gradeOf({ hands: AS_USUAL, feet: AS_USUAL })).toBe(0);
  });

  it("are read as usual, and leave nothing to ask", () => {
    expect(skinInWords(AS_USUAL)).toBe("As usual");
    expect(asksFurther(AS_USUAL)).toBe(false);
    expect(waitsForNext("hands", { hands: AS_USUAL })).toBe(false);
  });

  it("are so again when yesterday's log comes from an app that sent no pain", () => {
    expect(sameAgain({ skin_change: "none" })).toEqual(AS_USUAL);
    expect(sameAgain({ skin_change: "minimal" })).toEqual({ skin_change: "minimal" });
    expect(sameAgain({ skin_change: "none", pain: "mild" })).toEqual({ skin_change: "none", pain: "mild" });
  });

  it("that hurt are kept once it is said how much: without that nothing is said", () => {
    expect(asked({}, { pain: "mild" })).toEqual({ skin_change: "none", pain: "mild" });
    expect(skinInWords({ skin_change: "none", pain: "mild" })).toBe("As usual, hurts a little");
    expect(asksFurther({ skin_change: "none", pain: "mild" })).toBe(true);
    expect(gradeOf({ hands: { skin_change: "none", pain: "mild" } })).toBe(1);
  });
});
