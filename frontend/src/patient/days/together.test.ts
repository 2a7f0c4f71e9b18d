import { expect, it } from "vitest";
import { together } from "./together";

const hands = { hands: { skin_change: "none", pain: "none" } } as const;
const stools = { diarrhea: { stools: 3, loose: true } };
const signs = { warning_signs: ["fever"] };

it("keeps both where they answer different questions", () => {
  expect(together(hands, stools)).toEqual({ facts: { ...hands, ...stools }, differ: false });
});

it("takes mine where both answered, and says so", () => {
  expect(together({ ...signs, ...hands }, { warning_signs: [], ...stools })).toEqual({
    facts: { ...signs, ...hands, ...stools },
    differ: true,
  });
});

it("offers nothing when one of them says all that the other does", () => {
  expect(together({ ...hands, ...stools }, stools)).toBeNull();
  expect(together(stools, stools)).toBeNull();
});
