/** What the page says to the nurse: one line she can see, and two lines that only screen readers speak. */
class Said {
  line = $state("");
  polite = $state("");
  assertive = $state("");

  /** A line at the top of the page, spoken politely. It stays until the next one or until it is put away. */
  show(line: string): void {
    this.line = line;
  }

  announce(words: string, urgent: boolean): void {
    if (urgent) this.assertive = words;
    else this.polite = words;
  }
}

export const said = new Said();
