import { describe, expect, it } from "vitest";
import { joan } from "../testing";
import type { Message } from "../wire";
import { at, fate, shortened, writer, writtenEarlier } from "./words";

const ZONE = "America/New_York";
const NOW = Date.parse("2026-05-14T11:00:00-04:00");
const message = (change: Partial<Message> = {}): Message => ({
  id: "m",
  origin: "patient",
  by: "Maria Alvarez",
  text: "May I take a bath?",
  written_at: "2026-05-14T10:40:00-04:00",
  received_at: "2026-05-14T10:40:00-04:00",
  read_at: null,
  read_by: null,
  ...change,
});

describe("a message as the nurse reads it", () => {
  it("says who wrote it, and names her own as hers", () => {
    expect(writer(message(), joan)).toBe("Maria Alvarez");
    expect(writer(message({ origin: "team", by: "Joan Keller" }), joan)).toBe("Joan (you)");
    expect(writer(message({ origin: "team", by: "Dr. Chidi Okafor" }), joan)).toBe("Dr. Okafor");
  });

  it("says when, with the day when it was not today", () => {
    expect(at("2026-05-14T10:40:00-04:00", NOW, ZONE)).toBe("10:40");
    expect(at("2026-05-13T10:40:00-04:00", NOW, ZONE)).toBe("Wed, May 13, 10:40");
  });

  it("says who read it, or that nobody has yet", () => {
    expect(fate(message(), NOW, ZONE)).toBe("Not read yet.");
    const read = { read_at: "2026-05-14T10:52:00-04:00", read_by: "Joan Keller" };
    expect(fate(message(read), NOW, ZONE)).toBe("Read by Joan at 10:52.");
  });

  it("says when it was written long before it came", () => {
    expect(writtenEarlier(message(), NOW, ZONE)).toBe("");
    const early = message({ written_at: "2026-05-14T08:02:00-04:00" });
    expect(writtenEarlier(early, NOW, ZONE)).toBe("Written at 08:02, without signal.");
  });

  it("is shortened between words in a list, and left alone when it is short", () => {
    expect(shortened("May I\ntake a bath?")).toBe("May I take a bath?");
    expect(shortened("word ".repeat(60))).toMatch(/^(word )+word…$/);
    expect([...shortened("😀".repeat(200))].length).toBeLessThan(100);
  });
});
