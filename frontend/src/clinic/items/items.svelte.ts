/** The clinic's work items, kept true by conditional requests at the worklist's rhythm. All of them: they are few. */
import type { Counts, WorkItem } from "../wire";
import { workItems } from "./server";

export class Items {
  all = $state.raw<WorkItem[]>([]);
  counts = $state.raw<Counts>({ all: 0, mine: 0, unassigned: 0 });
  readonly #pages = workItems();

  /** Ask again. True when something changed. */
  async refresh(): Promise<boolean> {
    const page = await this.#pages.read();
    if (!page) return false;
    this.all = page.results;
    this.counts = page.counts;
    return true;
  }

  /** Show at once what an act of this page changed, and ask for everything at the next refresh. */
  put(item: WorkItem): void {
    this.all = item.done_at
      ? this.all.filter((one) => one.id !== item.id)
      : this.all.map((one) => (one.id === item.id ? item : one));
    this.#pages.touched();
  }
}
