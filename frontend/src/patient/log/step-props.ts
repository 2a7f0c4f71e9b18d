import type { Facts } from "../../lib/types";
import type { Step } from "./steps";

/**
 * What every question of the log is given. `answer` saves and stays; `settle` saves and moves on; `next` moves on;
 * `skip` takes the answer back and moves on. A question is left once: a second tap on it does nothing.
 */
export type StepProps = {
  facts: Facts;
  /** The answers of the day before the log's day, or null when there is no log. */
  yesterday: Facts | null;
  /** The log is for a day that is over: questions speak of that day, not of today. */
  past: boolean;
  answer: (part: Partial<Facts>) => Promise<void>;
  /** `reached` names the last question that was answered with it, when one tap answered two. */
  settle: (part: Partial<Facts>, reached?: Step) => Promise<void>;
  next: () => void;
  skip: () => void;
};
