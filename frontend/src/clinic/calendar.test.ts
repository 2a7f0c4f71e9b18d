import { describe, expect, it } from "vitest";
import { dayBefore } from "./calendar";

describe("the day an alert is about", () => {
  it("stands before the reason when it is not today", () =>
    expect(dayBefore("2026-11-10", "2026-11-21")).toBe("Tue, Nov 10: "));
  it("is left out when it is today", () => expect(dayBefore("2026-11-21", "2026-11-21")).toBe(""));
});
