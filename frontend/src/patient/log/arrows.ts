/** Arrow keys among the answers of a question: down and up go to the next and the one before, from the heading too. */

const ANSWER = ".answer, .same, .numbers button";

/** Moves the focus when the key is an arrow and the focus is on the question; other keys keep their own meaning. */
export function followArrows(event: KeyboardEvent, question: HTMLElement): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const from = event.target as HTMLElement;
  if (!step || event.altKey || event.ctrlKey || event.metaKey || from.matches("input, textarea")) return;
  const answers = [...question.querySelectorAll<HTMLElement>(ANSWER)];
  const at = answers.indexOf(from);
  const next = at < 0 ? (step > 0 ? answers[0] : answers.at(-1)) : answers[at + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
