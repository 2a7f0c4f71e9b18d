import "fake-indexeddb/auto";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { openStore, type Store } from "../../lib/store";

let store: Store;
let shelf = 0;

/** A page of the phone: each has a box of its own, and all have one store. */
async function page(): Promise<(typeof import("./draft.svelte"))["draft"]> {
  vi.resetModules();
  const { phone } = await import("../phone.svelte");
  vi.spyOn(phone, "store").mockResolvedValue(store);
  return (await import("./draft.svelte")).draft;
}

beforeEach(async () => {
  store = await openStore(`draft ${(shelf += 1)}`);
});

describe("a message being written", () => {
  it("is there after a reload, with the signs that were ticked", async () => {
    const before = await page();
    before.text = "My hands";
    await before.keep();
    await before.turn("chest_pain");
    const after = await page();
    await after.read();
    expect([after.text, after.signs, after.begun]).toEqual(["My hands", ["chest_pain"], true]);
  });

  it("goes on in another tab where this one was left", async () => {
    const [one, other] = [await page(), await page()];
    one.text = "My";
    await one.keep();
    await other.read();
    other.text = "My hands are sore";
    await other.keep();
    await one.read();
    expect(one.text).toBe("My hands are sore");
  });

  it("sent in one tab is gone from the other, so that it is not sent twice", async () => {
    const [one, other] = [await page(), await page()];
    one.text = "My hands";
    await one.keep();
    await other.read();
    await other.clear();
    await one.read();
    expect([one.text, one.begun]).toEqual(["", false]);
  });

  it("is not overwritten by what was kept before it", async () => {
    const box = await page();
    box.text = "My";
    await box.keep();
    box.text = "My hands";
    await box.read();
    expect(box.text).toBe("My hands");
  });

  it("has no sign ticked until the patient does, and a tick can be taken back", async () => {
    const box = await page();
    await box.read();
    expect(box.signs).toEqual([]);
    await box.turn("fever");
    await box.turn("fever");
    expect([box.signs, box.begun]).toEqual([[], false]);
  });

  it("takes the words of a refused message above its own", async () => {
    const box = await page();
    box.text = "And my feet.";
    await box.keep();
    await box.goOnWith("My hands are sore.");
    expect(box.text).toBe("My hands are sore.\n\nAnd my feet.");
  });
});
