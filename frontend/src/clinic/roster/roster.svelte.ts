/** The week that is looked at, and what is done to it. After each act the whole week is read again. */
import { addDays } from "../calendar";
import { troubleWords } from "../acts.svelte";
import { onForget } from "../forget";
import { said } from "../said.svelte";
import { session } from "../session.svelte";
import { say } from "../words";
import * as requests from "./requests";
import type { DayHours, Roster } from "./wire";

class RosterPage {
  roster = $state.raw<Roster | null>(null);
  /** The Monday that is looked at; null is this week, whichever that is. */
  week = $state<string | null>(null);
  unanswered = $state(false);
  #asked = 0;

  async read(): Promise<void> {
    const mine = (this.#asked += 1);
    try {
      const found = await requests.roster(this.week);
      if (mine !== this.#asked) return;
      this.roster = found;
      this.unanswered = false;
    } catch (trouble) {
      session.trouble(trouble);
      this.unanswered = true;
    }
  }

  async move(weeks: -1 | 0 | 1): Promise<void> {
    this.week = weeks && this.roster ? addDays(this.roster.week, 7 * weeks) : null;
    await this.read();
  }

  async copyWeek(): Promise<void> {
    const into = this.roster?.week;
    if (!into) return;
    await this.#act(async () => {
      const { copied, left_out } = await requests.copyWeek(into);
      return say(left_out ? "roster.copied_some" : "roster.copied", { n: copied, left: left_out });
    });
  }

  async removeShift(id: string): Promise<boolean> {
    return this.#act(async () => {
      await requests.removeShift(id);
      return say("roster.removed");
    });
  }

  async saveHours(hours: DayHours[]): Promise<boolean> {
    return this.#act(async () => {
      await requests.putHours(hours);
      return say("hours.saved");
    });
  }

  async saveLine(line: string): Promise<boolean> {
    return this.#act(async () => {
      await requests.putLine(line);
      return say("lines.saved");
    });
  }

  async addHoliday(day: string, name: string): Promise<boolean> {
    return this.#act(async () => {
      await requests.putHoliday(day, name);
      return say("holidays.saved");
    });
  }

  async removeHoliday(day: string): Promise<boolean> {
    return this.#act(async () => {
      await requests.removeHoliday(day);
      return say("holidays.removed");
    });
  }

  /** Who is on may have changed for the bar and the banners too. */
  async changed(words: string): Promise<void> {
    said.show(words);
    await Promise.all([this.read(), session.refresh()]);
  }

  /** An answer that is still on its way is nobody's any more. */
  forget(): void {
    this.#asked += 1;
    [this.roster, this.week] = [null, null];
    this.unanswered = false;
  }

  async #act(act: () => Promise<string>): Promise<boolean> {
    try {
      await this.changed(await act());
      return true;
    } catch (trouble) {
      said.show(troubleWords(trouble));
      session.trouble(trouble);
      return false;
    }
  }
}

export const page = new RosterPage();
onForget(() => page.forget());
