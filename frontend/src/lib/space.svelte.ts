/** Whether the phone still has room, and whether all is kept. What cannot be kept stays in the page's memory, and the patient is told. */

/** True when the phone had no room for what was to be kept. */
function isFull(trouble: unknown): boolean {
  return trouble instanceof DOMException && trouble.name === "QuotaExceededError";
}

class Space {
  /** The last attempt to keep something found no room. */
  full = $state(false);
  /** Something is being kept at this moment: a page that goes away now takes it along. */
  writing = $state(false);
  #unfinished = 0;

  /** Keeps something. False when the phone is full: nothing was kept, and `full` says so until something is again. */
  async toKeep(work: () => Promise<unknown>): Promise<boolean> {
    this.#unfinished += 1;
    this.writing = true;
    try {
      await work();
      this.full = false;
    } catch (trouble) {
      if (!isFull(trouble)) throw trouble;
      this.full = true;
    } finally {
      this.#unfinished -= 1;
      this.writing = this.#unfinished > 0;
    }
    return !this.full;
  }
}

export const space = new Space();
