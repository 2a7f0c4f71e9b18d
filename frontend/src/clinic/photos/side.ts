/** Photos of one part of the body by day, and which two of them stand side by side. */
import type { DayLog } from "../wire";

export const PARTS = ["hands", "feet"] as const;
export type Part = (typeof PARTS)[number];
export type Taken = { id: string; day: string };

/** All photos of a part, oldest day first. */
export function photosOf(part: Part, logs: readonly DayLog[]): Taken[] {
  const taken = logs.flatMap(({ day, photos }) =>
    photos.filter((photo) => photo.part === part).map(({ id }) => ({ id, day })),
  );
  return taken.sort((a, b) => a.day.localeCompare(b.day));
}

/** What is compared unless the nurse chooses otherwise: the newest beside the one of the day before it. */
export function usualPair(taken: readonly Taken[]): [Taken | null, Taken | null] {
  const second = taken[taken.length - 1] ?? null;
  const before = taken.filter((one) => second && one.day < second.day);
  return [before[before.length - 1] ?? taken[taken.length - 2] ?? null, second];
}
