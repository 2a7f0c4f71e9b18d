/** One clock for the whole page, set to the server's time, ticking each second. */
class Clock {
  #ahead = 0;
  ms = $state(Date.now());

  constructor() {
    setInterval(() => (this.ms = Date.now() + this.#ahead), 1000);
  }

  /** A desk computer's clock may be wrong; due times are the server's. */
  setBy(serverNow: string): void {
    this.#ahead = Date.parse(serverNow) - Date.now();
    this.ms = Date.now() + this.#ahead;
  }

  /** The current minute: what shows minutes depends on this and is not redrawn each second. */
  readonly minute = $derived(Math.floor(this.ms / 60_000) * 60_000);
}

export const clock = new Clock();
