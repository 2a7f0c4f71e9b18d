/** A list kept true by conditional requests while its page is open: nothing is sent again when nothing changed. */
import { clock } from "../now.svelte";
import { Pages } from "../pages";
import { isGone } from "../server";
import { session } from "../session.svelte";

const EVERY = 7_000;

export class Polled<Page extends { next: string | null; results: unknown[] }> {
  /** As many pages as are shown, as one. */
  page = $state.raw<Page | null>(null);
  /** It is not there, or not for this person. */
  gone = $state(false);
  /** Since when the server has not answered. */
  brokenSince = $state<number | null>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running = false;

  constructor(
    readonly pages: Pages<Page>,
    /** Called after each answer, also when nothing is new: the page may be looked at only now. */
    readonly onanswer: (page: Page, isNew: boolean) => void = () => {},
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
    await this.#show(this.pages.read());
    if (this.#running && !this.gone) this.#timer = setTimeout(() => void this.poll(), EVERY);
  }

  /** Shows one page more. False when nobody answered. */
  async more(): Promise<boolean> {
    return !this.page?.next || (await this.#show(this.pages.more()));
  }

  async #show(reading: Promise<Page | null>): Promise<boolean> {
    try {
      const fresh = await reading;
      this.brokenSince = null;
      this.page = fresh ?? this.page;
      if (this.page) this.onanswer(this.page, fresh !== null);
      return true;
    } catch (trouble) {
      session.trouble(trouble);
      if (isGone(trouble)) this.gone = true;
      else this.brokenSince ??= clock.ms;
      return false;
    }
  }

  /** Shows at once what an act of this page changed, and has everything asked for again. */
  put(page: Page): void {
    this.page = page;
    this.pages.touched();
  }
}
