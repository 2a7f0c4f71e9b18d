import { describe, expect, it } from "vitest";
import { alertOf } from "./testing";
import { canWaitSentence, canWaitWord } from "./waits";

describe("whether it can wait", () => {
  it("is the patient's own word", () => {
    expect(canWaitWord(alertOf({ can_wait: true }))).toBe("Yes");
    expect(canWaitWord(alertOf({ can_wait: false }))).toBe("No");
    expect(canWaitSentence(alertOf({ can_wait: false }))).toBe("Maria says it cannot wait.");
  });

  it("is never guessed: not said, not asked and no log are three things, and none is a yes", () => {
    expect(canWaitWord(alertOf())).toBe("Not said");
    expect(canWaitWord(alertOf({ urgency: "emergency" }))).toBe("Not asked");
    expect(canWaitWord(alertOf({ symptom: "no_log" }))).toBe("No log");
    expect(canWaitSentence(alertOf())).toBeNull();
  });
});
