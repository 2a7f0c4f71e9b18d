/** Photos on this phone: for a day whose log is not saved yet, or on their way to the server after their log. */
import { v7 as newId } from "uuid";
import type { PhotoWaiting } from "../../lib/kept";
import type { Store } from "../../lib/store";

export type Part = PhotoWaiting["part"];
/** As many as the server takes with one log. */
export const MOST_A_DAY = 4;

/** This patient's photos, oldest first. */
export async function heldPhotos(store: Store, patient: string): Promise<PhotoWaiting[]> {
  const all = await store.getAll("photos");
  return all.filter((photo) => photo.patient === patient).sort((a, b) => a.id.localeCompare(b.id));
}

type NewPhoto = Pick<PhotoWaiting, "patient" | "day" | "log" | "part" | "picture">;

/** A photo ready to be kept. Its id is made here, once, and stays the same for every attempt to send it. */
export function newPhoto(made: NewPhoto, now: Date): PhotoWaiting {
  return { id: newId(), ...made, type: "image/jpeg", saved_at: now.toISOString(), refusal: null };
}

/** Gives a saved log the photos of its day, and those of the refused log it stands in for. */
export async function giveToLog(
  store: Store,
  saved: { patient: string; day: string; log: string; replaces: string | null },
): Promise<void> {
  const belongs = ({ log, day }: PhotoWaiting): boolean =>
    log === null ? day === saved.day : log === saved.replaces;
  await change(store, saved.patient, belongs, { log: saved.log });
}

/** The answers begun before midnight are for another day: their photos are too. */
export async function moveToDay(store: Store, patient: string, from: string, to: string): Promise<void> {
  await change(store, patient, ({ log, day }) => log === null && day === from, { day: to });
}

async function change(
  store: Store,
  patient: string,
  belongs: (photo: PhotoWaiting) => boolean,
  to: Partial<PhotoWaiting>,
): Promise<void> {
  const all = store.transaction("photos", "readwrite");
  for (const photo of await all.store.getAll())
    if (photo.patient === patient && belongs(photo)) await all.store.put({ ...photo, ...to });
  await all.done;
}
