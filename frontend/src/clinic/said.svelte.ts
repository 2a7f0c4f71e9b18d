/** What the page says to the nurse: one line she can see, and two lines that only screen readers speak. */
import { onForget } from "./forget";

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

  forget(): void {
    [this.line, this.polite, this.assertive] = ["", "", ""];
  }
}

export const said = new Said();
onForget(() => said.forget());
