import { afterEach, describe, expect, it } from "vitest";
import es from "../texts/es.json";
import log from "../texts/log/en.json";
import { spoken } from "./language.svelte";
import { asHeading, listed, speak, t, tCode } from "./texts";

const REFUSALS = [
  "other_content",
  "day_already_logged",
  "corrected_meanwhile",
  "invalid_day",
  "invalid_facts",
  "care_ended",
  "too_large",
  "not_found",
];

afterEach(() => speak("en"));

describe("a refused log", () => {
  it.each(REFUSALS)("says %s in words of its own", (code) => {
    const words = tCode("help", code, "help.other");
    expect(words).not.toBe(log["help.other"]);
    expect(words).not.toContain("`");
  });

  it("has words for a reason nobody has thought of", () => {
    expect(tCode("help", "teapot", "help.other")).toMatch(/Please call and read it out/);
  });
});

describe("the words of the phone", () => {
  it("are spoken in the language that was asked for, and the page says which it is", async () => {
    await speak("es");
    expect(t("word.back")).toBe(es["word.back"]);
    expect(document.documentElement.lang).toBe("es");
    expect(document.documentElement.dir).toBe("ltr");
  });

  it("stay in the language that was asked for last, whichever arrives first", async () => {
    await Promise.all([speak("es"), speak("zh-Hans"), speak("en")]);
    expect(spoken.language).toBe("en");
    expect(t("word.back")).toBe(log["word.back"]);
  });

  it("write numbers as the language does", async () => {
    expect(t("log.steps", { number: 2, of: 7 })).toBe("2 of 7");
    expect(t("tablets_left.count", { count: 1234.5 })).toContain("1,234.5");
    await speak("es");
    expect(t("tablets_left.count", { count: 1234.5 })).toContain("1234,5");
  });

  it("keep a place nobody filled in, so that it is seen", () => {
    expect(t("today.unsent_many")).toContain("{count}");
  });

  it("join several things and begin a heading as the language does", async () => {
    expect(listed(["fever", "pus"])).toBe("fever and pus");
    await speak("es");
    expect(listed(["fiebre", "pus"])).toBe("fiebre y pus");
    expect(asHeading("jueves")).toBe("Jueves");
    await speak("zh-Hans");
    expect(listed(["发烧", "流脓"])).toBe("发烧和流脓");
  });
});
