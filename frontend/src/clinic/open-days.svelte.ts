/** On which days the clinic is closed, read once a visit, when somebody first promises something for a day. */
import { weekdayOf } from "./calendar";
import { onForget } from "./forget";
import { roster } from "./roster/requests";
import type { Roster } from "./roster/wire";

export type OpenDays = Pick<Roster, "hours" | "holidays">;

/** Why the clinic is closed on that day: the holiday's name, or "" for a weekday without hours; null when it is open,
 * or keeps no hours at all. */
export function closed({ hours, holidays }: OpenDays, day: string): string | null {
  const holiday = holidays.find((one) => one.day === day);
  if (holiday) return holiday.name;
  return !hours.length || hours.some((one) => one.weekday === weekdayOf(day)) ? null : "";
}

class Known {
  known = $state.raw<OpenDays | null>(null);
  #asked: Promise<void> | null = null;

  /** Reads it unless it is there. Without an answer nothing is said, and it is asked again at the next day picked. */
  read(): Promise<void> {
    if (this.#asked) return this.#asked;
    const asked: Promise<void> = roster(null)
      .then((found) => void (this.#asked === asked && (this.known = found)))
      .catch(() => void (this.#asked === asked && (this.#asked = null)));
    this.#asked = asked;
    return asked;
  }

  /** The next person may be of another clinic. */
  forget(): void {
    [this.known, this.#asked] = [null, null];
  }
}

export const openDays = new Known();
onForget(() => openDays.forget());
