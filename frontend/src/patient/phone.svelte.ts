/** What this phone knows right now, as the screens see it. It is read from the store, never kept beside it. */
import { localDay } from "../lib/calendar";
import { drafts } from "../lib/drafts";
import type { Draft, Waiting } from "../lib/kept";
import { inOutbox, refused, unsent, waitsTooLong } from "../lib/outbox";
import { kept, openStore, type Store } from "../lib/store";
import type { Facts, Log, Me } from "../lib/types";
import { currentOf, factsOfDay, type Day, daysFrom } from "./days";
import type { Wire } from "./protocol";

class Phone {
  ready = $state(false);
  me = $state.raw<Me | null>(null);
  wire = $state.raw<Wire | null>(null);
  logs = $state.raw<Log[]>([]);
  outbox = $state.raw<Waiting[]>([]);
  drafts = $state.raw<Draft[]>([]);
  called = $state.raw<Record<string, string>>({});
  now = $state.raw(new Date());
  /** The server no longer knows who we are; what is on the phone stays readable. */
  signInAgain = $state(false);
  /** The last attempt to reach the server went unanswered. */
  outOfReach = $state(false);

  today = $derived(localDay(this.now));
  unsent = $derived(unsent(this.outbox));
  needsHelp = $derived(refused(this.outbox));
  waitsTooLong = $derived(waitsTooLong(this.unsent, this.now));

  #store: Promise<Store> | null = null;
  #etag: string | null = null;

  /** The phone's store, opened once. */
  store(): Promise<Store> {
    this.#store ??= openStore();
    return this.#store;
  }

  /** Reads everything again from the store; called after each change and when another tab changed something. */
  async refresh(): Promise<void> {
    const store = await this.store();
    const [me, protocol, logs, outbox, begun, names, times] = await Promise.all([
      kept<Me>(store, "me"),
      kept<{ wire: Wire; etag: string | null }>(store, "protocol"),
      store.getAll("logs"),
      inOutbox(store),
      drafts(store),
      store.getAllKeys("called"),
      store.getAll("called"),
    ]);
    this.me = me;
    if (!protocol || !this.wire || protocol.etag !== this.#etag) this.wire = protocol?.wire ?? null;
    this.#etag = protocol?.etag ?? null;
    this.logs = logs;
    this.outbox = outbox.filter((entry) => entry.patient === me?.patient?.id);
    this.drafts = begun;
    this.called = Object.fromEntries(names.map((name, i) => [name, times[i] ?? ""]));
    this.ready = true;
  }

  /** What counts for that day: the newest answers on this phone, sent or not. */
  current(day: string): Day["current"] {
    return currentOf(day, this.logs, this.outbox);
  }

  /** The answers of that day, or null when there is no log. */
  factsOf = (day: string): Facts | null => factsOfDay(day, this.logs, this.outbox);

  /** The last `count` days, today first. */
  days(count: number): Day[] {
    return daysFrom(this.today, count, this.logs, this.outbox);
  }
}

export const phone = new Phone();
