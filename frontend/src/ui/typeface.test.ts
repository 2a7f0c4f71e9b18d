/** The typeface carries every letter of our texts but Chinese ones, and the few that English needs come in one file. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import clinic from "../texts/clinic.en.json";
import en from "../texts/en.json";
import es from "../texts/es.json";
import later from "../texts/later/en.json";
import log from "../texts/log/en.json";
import signIn from "../texts/sign-in/en.json";

const css = readFileSync("src/ui/typeface.css", "utf8");
const files = [...css.matchAll(/@font-face \{[^}]*?next-(\w+)\.woff2[^}]*?unicode-range:\s+([^;]+);/g)];
const inFile = Object.fromEntries(files.map(([, name, ranges]) => [name, lettersOf(ranges!)]));

function lettersOf(ranges: string): Set<number> {
  const letters = ranges.split(",").map((range) => range.trim().slice("U+".length).split("-"));
  return new Set(
    letters.flatMap(([first, last = first]) => {
      const from = parseInt(first!, 16);
      return Array.from({ length: parseInt(last!, 16) - from + 1 }, (_, place) => from + place);
    }),
  );
}

const lacking = (texts: object, letters: Set<number>): string[] =>
  [...new Set(JSON.stringify(Object.values(texts)))].filter((letter) => !letters.has(letter.codePointAt(0)!));

describe("the typeface", () => {
  it("writes English of both pages with one file", () => {
    expect(lacking({ ...en, ...log, ...signIn, ...later, ...clinic }, inFile.plain!)).toEqual([]);
  });

  it("writes Spanish with both", () => {
    expect(lacking(es, new Set([...inFile.plain!, ...inFile.accents!]))).toEqual([]);
  });

  it("has every weight that the design has", () => {
    expect([...css.matchAll(/font-weight: (\d+) (\d+)/g)].map(([, from, to]) => [from, to])).toEqual([
      ["400", "700"],
      ["400", "700"],
    ]);
  });
});
