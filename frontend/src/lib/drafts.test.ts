import "fake-indexeddb/auto";
import { beforeEach, describe, expect, it } from "vitest";
import { asksWhichDay, draftOf, drafts, dropDraft, moveDraft, saveDraft } from "./drafts";
import type { Draft } from "./kept";
import { openStore, type Store } from "./store";

const MONDAY = "2026-05-11";
const TUESDAY = "2026-05-12";
const begun = (day: string, begun_on = day): Draft => ({
  day,
  begun_on,
  facts: { diarrhea: { stools: 3 } },
  step: "stools",
  corrects: null,
  replaces: null,
  saved_at: `${begun_on}T23:50:00-04:00`,
});
let store: Store;
let shelf = 0;

beforeEach(async () => {
  shelf += 1;
  store = await openStore(`drafts-${shelf}`);
});

describe("a form being filled in", () => {
  it("comes back with its answers and its question after a reload", async () => {
    await saveDraft(store, begun(MONDAY));
    store.close();
    store = await openStore(`drafts-${shelf}`);
    expect(await draftOf(store, MONDAY)).toMatchObject({
      facts: { diarrhea: { stools: 3 } },
      step: "stools",
    });
  });

  it("is one per day", async () => {
    await saveDraft(store, begun(MONDAY));
    await saveDraft(store, begun(TUESDAY));
    await dropDraft(store, MONDAY);
    expect((await drafts(store)).map((draft) => draft.day)).toEqual([TUESDAY]);
  });

  it("asks which day it is for once midnight has passed", () => {
    expect(asksWhichDay(begun(MONDAY), MONDAY)).toBe(false);
    expect(asksWhichDay(begun(MONDAY), TUESDAY)).toBe(true);
  });

  it("does not ask when an earlier day is being added on purpose", () => {
    expect(asksWhichDay(begun(MONDAY, TUESDAY), TUESDAY)).toBe(false);
  });

  it("is not asked again after the patient said yesterday", async () => {
    const kept = await moveDraft(store, begun(MONDAY), MONDAY, TUESDAY);
    expect(asksWhichDay(kept, TUESDAY)).toBe(false);
    expect(await draftOf(store, MONDAY)).toMatchObject({ day: MONDAY });
  });

  it("moves whole to today when the patient says so", async () => {
    await saveDraft(store, begun(MONDAY));
    await moveDraft(store, begun(MONDAY), TUESDAY, TUESDAY);
    expect(await draftOf(store, MONDAY)).toBeNull();
    expect(await draftOf(store, TUESDAY)).toMatchObject({ facts: { diarrhea: { stools: 3 } } });
  });
});
