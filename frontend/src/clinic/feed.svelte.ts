/** A list of alerts kept true by conditional requests: nothing is sent again when nothing changed. */
import { type Alert, type Counts } from "./wire";
import * as server from "./server";

export class Feed {
  alerts = $state.raw<Alert[]>([]);
  counts = $state.raw<Counts | null>(null);
  next = $state<string | null>(null);
  loaded = $state(false);
  #etag: string | null = null;
  #pages = 1;

  constructor(readonly query: string) {}

  /** Ask again. True when the list changed. Pages loaded by hand are read again too. */
  async refresh(): Promise<boolean> {
    const fresh = await server.alerts(this.query, this.#etag);
    if (!fresh) return false;
    const alerts = [...fresh.page.results];
    let next = fresh.page.next;
    for (let page = 1; page < this.#pages && next; page++) {
      const more = await server.moreAlerts(next);
      alerts.push(...more.results);
      next = more.next;
    }
    this.alerts = alerts;
    this.next = next;
    this.counts = fresh.page.counts;
    this.#etag = fresh.etag;
    this.loaded = true;
    return true;
  }

  async more(): Promise<void> {
    if (!this.next) return;
    const more = await server.moreAlerts(this.next);
    const here = this.alerts.map((alert) => alert.id);
    this.alerts = [...this.alerts, ...more.results.filter((alert) => !here.includes(alert.id))];
    this.next = more.next;
    this.#pages += 1;
  }

  /** Show at once what an act of this page changed, and ask for everything at the next refresh. */
  put(alert: Alert): void {
    this.alerts = this.alerts.map((one) => (one.id === alert.id ? alert : one));
    this.#etag = null;
  }
}
