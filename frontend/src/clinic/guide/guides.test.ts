import { describe, expect, it } from "vitest";
import { alertOf } from "../testing";
import { guideFor, stillAsked } from "./guides";
import { meantBy } from "./keys";
import type { CallGuide, Guide } from "./wire";

const ask = (id: string) => ({ id, sign: false, ask: id, yes: id, no: id, worry: null, source: "ours" });
const guide = (id: string, symptoms: string[], rules: string[], ...questions: string[]): Guide => ({
  ...{ id, symptoms, rules },
  questions: questions.map(ask),
});
const all: CallGuide = {
  drug: "sorafenib",
  signature: null,
  guides: [
    guide("took_too_much", ["adherence"], ["took_too_much"], "extra"),
    guide("adherence", ["adherence"], [], "forgets"),
    guide("diarrhea", ["diarrhea"], [], "fever"),
    guide("general", [], [], "fever", "alone"),
  ],
};
const about = (symptom: string, rule: string) =>
  guideFor(all, alertOf({ symptom, rule: { id: rule, explained: "", source: "", protocol: "" } }))?.id;

describe("which questions are asked", () => {
  it("goes by the rule, then by the symptom, then in general", () => {
    expect(about("adherence", "took_too_much")).toBe("took_too_much");
    expect(about("adherence", "missed_doses")).toBe("adherence");
    expect(about("diarrhea", "diarrhea_2")).toBe("diarrhea");
    expect(about("hiccups", "hiccups_1")).toBe("general");
  });

  it("drops kept answers that nobody asks any more, whatever rule raised the alert", () => {
    const kept = { extra: true, forgets: false, fever: true };
    expect(stillAsked(all, alertOf({ symptom: "adherence" }), kept)).toEqual({ extra: true, forgets: false });
    expect(stillAsked(all, alertOf({ symptom: "hiccups" }), kept)).toEqual({ fever: true });
  });
});

describe("letters inside a question", () => {
  it("answer with Y and N unless they are switched off", () => {
    expect([meantBy({ key: "y" }, true), meantBy({ key: "N" }, true)]).toEqual(["yes", "no"]);
    expect([meantBy({ key: "y" }, false), meantBy({ key: "y", ctrlKey: true }, true)]).toEqual([null, null]);
  });

  it("leave every other key to the browser, and Delete takes an answer back", () => {
    expect(["ArrowRight", " ", "Tab", "Enter", "x"].map((key) => meantBy({ key }, true))).toEqual(
      Array(5).fill(null),
    );
    expect(meantBy({ key: "Delete" }, false)).toBe("take_back");
    expect([meantBy({ key: "ArrowDown" }, false), meantBy({ key: "ArrowUp" }, true)]).toEqual([
      "next",
      "previous",
    ]);
  });
});
