import "fake-indexeddb/auto";
import { beforeEach, describe, expect, it } from "vitest";
import {
  asksWhichDay,
  draftOf,
  drafts,
  dropDraft,
  keepDraft,
  moveDraft,
  newestOf,
  placeDrafts,
  saveDraft,
} from "./drafts";
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
  version: 1,
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
    await keepDraft(store, begun(MONDAY));
    store.close();
    store = await openStore(`drafts-${shelf}`);
    expect(await draftOf(store, MONDAY)).toMatchObject({
      facts: { diarrhea: { stools: 3 } },
      step: "stools",
    });
  });

  it("is one per day", async () => {
    await keepDraft(store, begun(MONDAY));
    await keepDraft(store, begun(TUESDAY));
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
    await keepDraft(store, begun(MONDAY));
    await moveDraft(store, begun(MONDAY), TUESDAY, TUESDAY);
    expect(await draftOf(store, MONDAY)).toBeNull();
    expect(await draftOf(store, TUESDAY)).toMatchObject({ facts: { diarrhea: { stools: 3 } } });
  });
});

describe("a form open on two pages of one phone", () => {
  const answered = (draft: Draft, part: Draft["facts"]): [Draft, (draft: Draft) => void] => {
    const change = (any: Draft): void => void Object.assign(any.facts, part);
    const mine = { ...draft, facts: { ...draft.facts }, version: draft.version + 1 };
    change(mine);
    return [mine, change];
  };

  it("keeps the answers of both, in whichever order they come", async () => {
    const [one, tired] = answered(begun(MONDAY), { fatigue: { present: false } });
    const [other, signs] = answered(begun(MONDAY), { warning_signs: [] });
    await saveDraft(store, one, tired);
    const newest = await saveDraft(store, { ...other, step: "signs" }, signs);
    const all = { diarrhea: { stools: 3 }, fatigue: { present: false }, warning_signs: [] };
    expect(newest).toMatchObject({ facts: all, step: "signs" });
    expect(await draftOf(store, MONDAY)).toEqual(newest);
    expect(await newestOf(store, one)).toEqual(newest);
  });

  it("keeps two answers given at once", async () => {
    const [one, tired] = answered(begun(MONDAY), { fatigue: { present: false } });
    const [other, signs] = answered(begun(MONDAY), { warning_signs: [] });
    await Promise.all([saveDraft(store, one, tired), saveDraft(store, other, signs)]);
    expect(await draftOf(store, MONDAY)).toMatchObject({
      facts: { fatigue: { present: false }, warning_signs: [] },
    });
  });

  it("lets the page that answered last decide about one question", async () => {
    const [one, three] = answered(begun(MONDAY), { diarrhea: { stools: 5 } });
    const [other, eight] = answered(begun(MONDAY), { diarrhea: { stools: 8 } });
    await saveDraft(store, one, three);
    await saveDraft(store, other, eight);
    expect(await draftOf(store, MONDAY)).toMatchObject({ facts: { diarrhea: { stools: 8 } } });
  });
});

describe("answers begun under a clock that was wrong", () => {
  const LONG_AGO = "1970-01-01";
  const lost = (): Draft => ({ ...begun(LONG_AGO), day_unknown: true });

  it("are given the newest day without a log, and the day is asked about", async () => {
    await keepDraft(store, lost());
    await placeDrafts(store, [TUESDAY, MONDAY]);
    const [draft] = await drafts(store);
    expect(draft).toMatchObject({ day: TUESDAY, facts: { diarrhea: { stools: 3 } } });
    expect(asksWhichDay(draft!, TUESDAY)).toBe(true);
  });

  it("never replace other answers that are being given", async () => {
    await keepDraft(store, begun(TUESDAY));
    await keepDraft(store, lost());
    await placeDrafts(store, [TUESDAY, MONDAY]);
    expect((await drafts(store)).map(({ day }) => day).sort()).toEqual([MONDAY, TUESDAY]);
  });

  it("stay where they are when every day has a log", async () => {
    await keepDraft(store, lost());
    expect(await placeDrafts(store, [])).toEqual([]);
    expect((await drafts(store))[0]).toMatchObject({ day: LONG_AGO, day_unknown: true });
  });

  it("are not asked about again once the patient has said the day", async () => {
    await keepDraft(store, lost());
    await placeDrafts(store, [TUESDAY]);
    const settled = await moveDraft(store, (await drafts(store))[0]!, MONDAY, TUESDAY);
    expect(asksWhichDay(settled, TUESDAY)).toBe(false);
  });
});
