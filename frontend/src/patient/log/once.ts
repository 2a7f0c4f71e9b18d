/** A screen is left once. The second tap of a double tap finds it left, and nothing more is done. */
export class Once {
  #left: unknown = null;

  /**
   * Does `go` unless the screen given by its address `here` was left before, or another one is shown by now.
   * Each visit has an address of its own: coming back to the same question is a new visit.
   */
  async from(here: unknown, shown: () => unknown, go: () => Promise<void> | void): Promise<void> {
    if (this.#left === here || shown() !== here) return;
    this.#left = here;
    try {
      await go();
    } catch (trouble) {
      this.#left = null;
      throw trouble;
    }
  }
}
