/** The clinic's patients by name: those whose name has the words, as many pages of them as were asked for. */
import { Pages } from "./pages";
import { patientsNamed } from "./server";
import { session } from "./session.svelte";
import type { PatientLine, PatientPage } from "./wire";

const pagesOf = (words: string) => new Pages<PatientPage>(patientsNamed(words), (line) => line.id);

export class PatientList {
  words = $state("");
  lines = $state.raw<PatientLine[] | null>(null);
  next = $state<string | null>(null);
  trouble = $state(false);
  #pages = pagesOf("");
  #asked = 0;

  /** Read at first, for other words, and whenever the counts of open alerts may be old. */
  async read(): Promise<void> {
    const wanted = pagesOf(this.words.trim());
    if (wanted.path !== this.#pages.path) this.#pages = wanted;
    await this.#show(this.#pages.read());
  }

  async more(): Promise<void> {
    if (this.next) await this.#show(this.#pages.more());
  }

  /** Only the last answer asked for is shown. */
  async #show(reading: Promise<PatientPage | null>): Promise<void> {
    const mine = (this.#asked += 1);
    try {
      const page = await reading;
      if (mine !== this.#asked) return;
      if (page) [this.lines, this.next] = [page.results, page.next];
      this.trouble = false;
    } catch (reason) {
      session.trouble(reason);
      if (mine === this.#asked) this.trouble = true;
    }
  }
}
