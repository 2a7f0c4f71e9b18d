/** The clinic's work items, kept true by conditional requests at the worklist's rhythm. All of them: they are few. */
import type { Counts, WorkItem } from "../wire";
import { moreWorkItems, workItems } from "./server";

export class Items {
  all = $state.raw<WorkItem[]>([]);
  counts = $state.raw<Counts>({ all: 0, mine: 0, unassigned: 0 });
  #etag: string | null = null;

  /** Ask again. True when something changed. */
  async refresh(): Promise<boolean> {
    const fresh = await workItems(this.#etag);
    if (!fresh) return false;
    const found = [...fresh.page.results];
    for (let next = fresh.page.next; next;) {
      const more = await moreWorkItems(next);
      found.push(...more.results);
      next = more.next;
    }
    this.all = found;
    this.counts = fresh.page.counts;
    // A tag speaks of the first page only: with more of them everything is asked for again.
    this.#etag = fresh.page.next ? null : fresh.etag;
    return true;
  }

  /** Show at once what an act of this page changed, and ask for everything at the next refresh. */
  put(item: WorkItem): void {
    this.all = item.done_at
      ? this.all.filter((one) => one.id !== item.id)
      : this.all.map((one) => (one.id === item.id ? item : one));
    this.#etag = null;
  }
}
