/** Answers written by another version of this app, in words that it does not know. They are never read as another answer. */
import { t } from "../../lib/texts";
import type { Facts } from "../../lib/types";
import { readableFacts } from "../../protocol";
import type { Shape } from "../../protocol/model";
import type { Wire } from "../protocol";
import { ANSWERS, factsOf, type Question } from "./steps";

/** The server takes no longer note. */
const LONGEST_NOTE = 2000;

export type Sorted = { facts: Facts; older: Facts };

/** The answers that this protocol can read, and those that have to be asked again. Without a protocol nothing is sorted. */
export function sorted(wire: Wire | null, facts: Facts): Sorted {
  if (!wire) return { facts, older: {} };
  const { facts: shapes } = wire.protocol as { facts: Record<string, Shape> };
  return readableFacts(shapes, facts) as Sorted;
}

/** "maybe later": a code as it can be read out. */
export const asWritten = (code: unknown): string => String(code).replaceAll("_", " ");

function leaves(value: unknown): string[] {
  if (typeof value === "object" && value !== null) return Object.values(value).flatMap(leaves);
  return [asWritten(value)];
}

/** The old answer to a question as it was written; null when there is none. */
export function olderInWords(question: Question, older: Facts): string | null {
  const written = factsOf(question).flatMap((fact) => (older[fact] === undefined ? [] : leaves(older[fact])));
  return written.length ? written.join(t("join.comma")) : null;
}

/** The questions whose old answers have to be asked again. */
export const askedAgain = (older: Facts): Question[] =>
  ANSWERS.filter((question) => olderInWords(question, older) !== null);

/** The answers to be saved. Old ones that nobody answered again are kept word for word, in the note to the team. */
export function withOlder(facts: Facts, older: Facts): Facts {
  const lines = askedAgain(older).map((question) =>
    t("older.note", { question: t(`review.${question}`), words: olderInWords(question, older)! }),
  );
  const note = [facts.note, ...lines].filter(Boolean).join("\n");
  return lines.length ? { ...facts, note: [...note].slice(0, LONGEST_NOTE).join("") } : facts;
}
