import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { left, LONGEST, over } from "./message";

describe("the length of a message", () => {
  it("is what the API says of it", () => {
    const described = JSON.parse(readFileSync("../docs/openapi.json", "utf8"));
    expect(described.components.schemas.MessageInputRequest.properties.text.maxLength).toBe(LONGEST);
  });

  it("is told by how much it is over, with nothing cut", () => {
    expect([over("x".repeat(10_000)), over("x".repeat(LONGEST))]).toEqual([6000, 0]);
  });

  it("does not count spaces at its ends, and counts a sign of two halves as one, as the server does", () => {
    expect(over(` ${"x".repeat(LONGEST)}\n`)).toBe(0);
    expect(over("😀".repeat(LONGEST))).toBe(0);
  });

  it("says how many are left only near the end", () => {
    expect([left("May I swim?"), left("x".repeat(3900)), left("x".repeat(4001))]).toEqual([null, 100, null]);
  });
});
