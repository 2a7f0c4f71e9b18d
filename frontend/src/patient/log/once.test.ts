import { describe, expect, it } from "vitest";
import { Once } from "./once";

/** Addresses as the router makes them: each visit of a screen is an array of its own. */
const visit = (): string[] => ["log", "2026-05-14", "hands"];

describe("a question", () => {
  it("is left once, however often it was tapped", async () => {
    const [leaving, here] = [new Once(), visit()];
    let gone = 0;
    const tap = () =>
      leaving.from(
        here,
        () => here,
        () => void (gone += 1),
      );
    await Promise.all([tap(), tap()]);
    expect(gone).toBe(1);
  });

  it("is not left again by a tap whose answer was saved after the next question came", async () => {
    const hands = visit();
    let [shown, gone] = [hands, 0];
    const leaving = new Once();
    const go = () => {
      gone += 1;
      shown = visit();
    };
    await leaving.from(hands, () => shown, go);
    await leaving.from(hands, () => shown, go);
    expect(gone).toBe(1);
  });

  it("can be left again by who comes back to it", async () => {
    const leaving = new Once();
    let gone = 0;
    for (const here of [visit(), visit()])
      await leaving.from(
        here,
        () => here,
        () => void (gone += 1),
      );
    expect(gone).toBe(2);
  });

  it("can be left by another tap when the phone could not save", async () => {
    const [leaving, here] = [new Once(), visit()];
    const full = () => Promise.reject(new Error("no room"));
    await expect(leaving.from(here, () => here, full)).rejects.toThrow("no room");
    let gone = 0;
    await leaving.from(
      here,
      () => here,
      () => void (gone += 1),
    );
    expect(gone).toBe(1);
  });
});
