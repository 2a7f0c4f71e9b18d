/** A form being filled in, one per day, saved at each answer so that nothing has to be told twice. */
import type { Draft } from "./kept";
import { space } from "./space.svelte";
import type { Store } from "./store";

/** What an answer does to a draft. */
export type Change = (draft: Draft) => void;

/**
 * Saves a draft that `change` has just been made to; safe to call at every answer. Another page of this phone may have
 * answered something since: then the change is made to that newer draft, so that no answer of either is lost. Gives back
 * the draft that counts. On a full phone the form goes on with what it has in memory, and `space.full` is told.
 */
export async function saveDraft(store: Store, draft: Draft, change: Change): Promise<Draft> {
  let newest = draft;
  await space.toKeep(async () => {
    const drafts = store.transaction("drafts", "readwrite");
    const held = await drafts.store.get(draft.day);
    if (held && held.version >= draft.version) {
      change(held);
      newest = { ...held, version: held.version + 1, step: draft.step, saved_at: draft.saved_at };
    }
    await Promise.all([drafts.store.put(newest), drafts.done]);
  });
  return newest;
}

/** Keeps the draft as it is, whatever is held of that day. On a full phone `space.full` is told. */
export async function keepDraft(store: Store, draft: Draft): Promise<void> {
  await space.toKeep(() => store.put("drafts", draft));
}

/** The draft of that day, or null. */
export async function draftOf(store: Store, day: string): Promise<Draft | null> {
  return (await store.get("drafts", day)) ?? null;
}

/** What is held of that day when another page has gone further with it, else the draft itself. */
export async function newestOf(store: Store, draft: Draft): Promise<Draft> {
  const held = await draftOf(store, draft.day);
  return held && held.version > draft.version ? held : draft;
}

/** The most recently touched first. */
export const newestFirst = (drafts: Draft[]): Draft[] =>
  drafts.sort((a, b) => b.saved_at.localeCompare(a.saved_at));

/** Every draft, the most recently touched first. */
export async function drafts(store: Store): Promise<Draft[]> {
  return newestFirst(await store.getAll("drafts"));
}

/** Forgets the draft of that day: it was sent or thrown away. */
export async function dropDraft(store: Store, day: string): Promise<void> {
  await store.delete("drafts", day);
}

/** True when the form was begun on another calendar day than today and is for that day, or nobody knows: ask. */
export function asksWhichDay(draft: Draft, today: string): boolean {
  if (draft.corrects !== null) return false;
  return draft.begun_on === "" || (draft.day === draft.begun_on && draft.day !== today);
}

/**
 * Gives each draft that a wrong clock dated a place among `open`, the days without a log, newest first. Which day it is
 * for is asked when it is opened. One for which there is no place stays where it is. Safe to run twice.
 */
export async function placeDrafts(store: Store, open: string[]): Promise<[Draft, string][]> {
  const all = await drafts(store);
  const free = open.filter((day) => !all.some((draft) => draft.day === day));
  const moves: [Draft, string][] = [];
  for (const draft of all.filter((one) => one.day_unknown)) {
    const day = free.shift();
    if (day === undefined) break;
    await moveDraft(store, draft, day, "");
    moves.push([draft, day]);
  }
  return moves;
}

/** Gives a draft the day the patient chose. It is not asked about again, and the other day's place is empty. */
export async function moveDraft(store: Store, draft: Draft, day: string, today: string): Promise<Draft> {
  const moved: Draft = { ...draft, day, begun_on: today };
  delete moved.day_unknown;
  await keepDraft(store, moved);
  if (draft.day !== day) await dropDraft(store, draft.day);
  return moved;
}
