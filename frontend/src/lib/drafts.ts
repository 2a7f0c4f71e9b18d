/** A form being filled in, one per day, saved at each answer so that nothing has to be told twice. */
import type { Draft } from "./kept";
import { space } from "./space.svelte";
import type { Store } from "./store";

/**
 * Saves the draft; safe to call at every answer. IndexedDB cannot hold Svelte's proxies, so it is copied. On a full
 * phone the form goes on with what it has in memory, and `space.full` is told.
 */
export async function saveDraft(store: Store, draft: Draft): Promise<void> {
  await space.toKeep(() => store.put("drafts", JSON.parse(JSON.stringify(draft)) as Draft));
}

/** The draft of that day, or null. */
export async function draftOf(store: Store, day: string): Promise<Draft | null> {
  return (await store.get("drafts", day)) ?? null;
}

/** Every draft, the most recently touched first. */
export async function drafts(store: Store): Promise<Draft[]> {
  return (await store.getAll("drafts")).sort((a, b) => b.saved_at.localeCompare(a.saved_at));
}

/** Forgets the draft of that day: it was sent or thrown away. */
export async function dropDraft(store: Store, day: string): Promise<void> {
  await store.delete("drafts", day);
}

/** True when the form was begun on another calendar day than today and is for that day: ask which day is meant. */
export function asksWhichDay(draft: Draft, today: string): boolean {
  return draft.corrects === null && draft.day === draft.begun_on && draft.day !== today;
}

/** Gives a draft the day the patient chose. It is not asked about again, and the other day's place is empty. */
export async function moveDraft(store: Store, draft: Draft, day: string, today: string): Promise<Draft> {
  const moved = { ...draft, day, begun_on: today };
  await saveDraft(store, moved);
  if (draft.day !== day) await dropDraft(store, draft.day);
  return moved;
}
