import { expect, it } from "vitest";
import { isSlow } from "./slow-line";

it("is slow where the browser names an older network", () => {
  expect(isSlow({ connection: { effectiveType: "3g" } })).toBe(true);
  expect(isSlow({ connection: { effectiveType: "slow-2g" } })).toBe(true);
});

it("is slow where the patient asked to save data", () => {
  expect(isSlow({ connection: { effectiveType: "4g", saveData: true } })).toBe(true);
});

it("is not slow on a fast network, nor where the browser does not say", () => {
  expect(isSlow({ connection: { effectiveType: "4g", saveData: false } })).toBe(false);
  expect(isSlow({})).toBe(false);
});
