/** Something kept true by conditional requests while its page is open: nothing is sent again when nothing changed. */
import { clock } from "../now.svelte";
import { isGone } from "../server";
import { session } from "../session.svelte";
import type { Fresh } from "./server";

const EVERY = 7_000;

export class Polled<T> {
  page = $state.raw<T | null>(null);
  /** It is not there, or not for this person. */
  gone = $state(false);
  /** Since when the server has not answered. */
  brokenSince = $state<number | null>(null);
  #etag: string | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running = false;

  constructor(
    readonly request: (etag: string | null) => Promise<Fresh<T> | null>,
    /** Called after each answer, also when nothing is new: the page may be looked at only now. */
    readonly onanswer: (page: T, isNew: boolean) => void = () => {},
  ) {}

  /** Asks now and then every few seconds, at once when the page is looked at again. Gives the way to stop. */
  start(): () => void {
    this.#running = true;
    document.addEventListener("visibilitychange", this.#seen);
    addEventListener("online", this.#seen);
    void this.poll();
    return () => {
      this.#running = false;
      clearTimeout(this.#timer);
      document.removeEventListener("visibilitychange", this.#seen);
      removeEventListener("online", this.#seen);
    };
  }

  #seen = (): void => {
    if (document.visibilityState === "visible") void this.poll();
  };

  async poll(): Promise<void> {
    clearTimeout(this.#timer);
    try {
      const fresh = await this.request(this.#etag);
      this.brokenSince = null;
      if (fresh) {
        this.page = fresh.page;
        this.#etag = fresh.etag;
      }
      if (this.page) this.onanswer(this.page, fresh !== null);
    } catch (trouble) {
      session.trouble(trouble);
      if (isGone(trouble)) this.gone = true;
      else this.brokenSince ??= clock.ms;
    }
    if (this.#running && !this.gone) this.#timer = setTimeout(() => void this.poll(), EVERY);
  }

  /** Shows at once what an act of this page changed, and has everything asked for again. */
  put(page: T): void {
    this.page = page;
    this.#etag = null;
  }
}
