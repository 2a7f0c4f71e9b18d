/** What the page says to the nurse: one line she can see, and two lines that only screen readers speak. */
import { onForget } from "./forget";

const UNDO_WITHIN = 60_000;

/** What the line can take back: until when, and how. */
type Offer = { until: number; take: () => Promise<void> };

class Said {
  line = $state("");
  /** How to undo what the line tells; null when it cannot be undone. */
  undo = $state.raw<Offer | null>(null);
  polite = $state("");
  assertive = $state("");

  /** A line at the top of the page, spoken politely. It stays until the next one or until it is put away. */
  show(line: string): void {
    this.line = line;
    this.undo = null;
  }

  /** The same line with more words; what can be undone stays so. */
  add(words: string): void {
    this.line = `${this.line} ${words}`;
  }

  /** What the line tells can be undone for a minute. */
  offerUndo(now: number, take: () => Promise<void>): void {
    this.undo = { until: now + UNDO_WITHIN, take };
  }

  announce(words: string, urgent: boolean): void {
    if (urgent) this.assertive = words;
    else this.polite = words;
  }

  forget(): void {
    [this.line, this.polite, this.assertive] = ["", "", ""];
    this.undo = null;
  }
}

export const said = new Said();
onForget(() => said.forget());
