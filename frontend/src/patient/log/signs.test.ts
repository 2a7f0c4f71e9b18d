import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Wire } from "../protocol";
import { signOrder } from "./signs";

const DATA = `${import.meta.dirname}/../../../../backend/protocol/data`;
const read = (name: string): Record<string, unknown> =>
  JSON.parse(readFileSync(`${DATA}/${name}`, "utf-8")) as Record<string, unknown>;
const wireOf = (protocol: unknown): Wire => ({ protocol }) as unknown as Wire;
const whole = readdirSync(DATA).filter((name) => name.startsWith("sorafenib"));

describe("the warning signs", () => {
  it.each(whole)("of %s begin with those that are an emergency by themselves", (name) => {
    const { first, next, rest } = signOrder(wireOf(read(name)));
    expect(first.slice(0, 3)).toEqual(["chest_pain", "shortness_of_breath", "face_droop_or_weakness"]);
    expect(first).toContain("face_or_tongue_swelling");
    expect(rest[0]).toBe("severe_headache");
    expect(next).toEqual(["fever"]); // with sore hands or diarrhea it is urgent: no further tap hides it
  });

  it.each(whole)("of %s are all there, each once", (name) => {
    const protocol = read(name) as { facts: { warning_signs: { values: string[] } } };
    const { first, next, rest } = signOrder(wireOf(protocol));
    expect([...first, ...next, ...rest].sort()).toEqual([...protocol.facts.warning_signs.values].sort());
  });

  it("come as they are where no sign is an emergency by itself", () => {
    const facts = { warning_signs: { kind: "signs", values: ["fever", "vomiting"] } };
    const rules = [{ urgency: "emergency", when: { all: [{ sign: "fever" }, { sign: "vomiting" }] } }];
    expect(signOrder(wireOf({ facts, rules }))).toEqual({ first: [], next: [], rest: ["fever", "vomiting"] });
  });
});
