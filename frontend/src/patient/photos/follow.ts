/** Photos follow the answers they were taken for. The code for it is fetched only when this phone holds a photo. */
import type { Store } from "../../lib/store";
import { space } from "../../lib/space.svelte";

/** The day's log was saved: its photos are sent after it. */
export async function photosToLog(
  store: Store,
  saved: { patient: string; day: string; log: string; replaces: string | null },
): Promise<void> {
  if ((await store.count("photos")) === 0) return;
  const { giveToLog } = await import("./held");
  await space.toKeep(() => giveToLog(store, saved));
}

/** The answers were moved to another day. */
export async function photosToDay(store: Store, patient: string, from: string, to: string): Promise<void> {
  if (from === to || (await store.count("photos")) === 0) return;
  const { moveToDay } = await import("./held");
  await space.toKeep(() => moveToDay(store, patient, from, to));
}
