import { afterEach, describe, expect, it, vi } from "vitest";
import { clock, dayAndYear, longDay, numeral, shortDay, weekday } from "./calendar";
import { firstOf, languageOfThisPhone, settle } from "./language.svelte";

afterEach(() => {
  settle("en");
  localStorage.clear();
});

describe("the language of a phone nobody has signed in to", () => {
  it.each([
    [["es-MX"], "es"],
    [["zh-CN", "en"], "zh-Hans"],
    [["zh-SG"], "zh-Hans"],
    [["fr", "es-ES"], "es"],
    [["zh-TW", "en"], "en"],
    [["fr"], "en"],
    [["not a language"], "en"],
  ])("is, for a browser that prefers %s, %s", (wanted, language) => {
    expect(firstOf(wanted)).toBe(language);
  });

  it("is the one it was last used in, whatever the browser prefers", () => {
    vi.spyOn(navigator, "languages", "get").mockReturnValue(["zh-CN"]);
    expect(languageOfThisPhone()).toBe("zh-Hans");
    settle("es");
    expect(languageOfThisPhone()).toBe("es");
  });

  it("is the browser's when what was kept is no language of ours", () => {
    vi.spyOn(navigator, "languages", "get").mockReturnValue(["en"]);
    localStorage.setItem("handhold.language", "constructor");
    expect(languageOfThisPhone()).toBe("en");
  });
});

describe("days, clock times and numbers", () => {
  it("are written as in English", () => {
    expect([longDay("2026-05-14"), shortDay("2026-05-14"), weekday("2026-05-15")]).toEqual([
      "Thursday, May 14",
      "Thu, May 14",
      "Friday",
    ]);
    expect(dayAndYear("1962-05-14")).toBe("May 14, 1962");
    expect(numeral(1250.5)).toBe("1,250.5");
  });

  it("are written as in Spanish", () => {
    settle("es");
    expect(longDay("2026-05-14")).toBe("jueves, 14 de mayo");
    expect(dayAndYear("1962-05-14")).toBe("14 de mayo de 1962");
    expect(numeral(70.5)).toBe("70,5");
  });

  it("are written as in Chinese", () => {
    settle("zh-Hans");
    expect(longDay("2026-05-14")).toBe("5月14日星期四");
    expect(dayAndYear("1962-05-14")).toBe("1962年5月14日");
  });

  it.each(["en", "es", "zh-Hans"] as const)("show the clock of 24 hours in %s", (language) => {
    settle(language);
    expect(clock(new Date(2026, 4, 14, 0, 5))).toBe("00:05");
    expect(clock(new Date(2026, 4, 14, 14, 5))).toBe("14:05");
  });
});
