/** A list of alerts kept true by conditional requests: nothing is sent again when nothing changed. */
import { Pages } from "./pages";
import type { Alert, AlertPage } from "./wire";

export class Feed {
  alerts = $state.raw<Alert[]>([]);
  counts = $state.raw<AlertPage["counts"] | null>(null);
  next = $state<string | null>(null);
  loaded = $state(false);
  readonly #pages: Pages<AlertPage>;

  constructor(readonly query: string) {
    this.#pages = new Pages(`alerts?${query}`, (alert) => alert.id);
  }

  /** Ask again. True when the list changed. Pages loaded by hand are read again too. */
  async refresh(): Promise<boolean> {
    return this.#show(await this.#pages.read());
  }

  async more(): Promise<void> {
    if (this.next) this.#show(await this.#pages.more());
  }

  #show(page: AlertPage | null): boolean {
    if (!page) return false;
    this.alerts = page.results;
    this.next = page.next;
    this.counts = page.counts;
    this.loaded = true;
    return true;
  }

  /** Show at once what an act of this page changed, and ask for everything at the next refresh. */
  put(alert: Alert): void {
    this.alerts = this.alerts.map((one) => (one.id === alert.id ? alert : one));
    this.#pages.touched();
  }
}
