/** One desk, several people: what the page holds of one person's work is emptied before the next one sees it. */
const OWNER = "handhold.person";
const holders: (() => void)[] = [];

/** Whatever outlives a page and holds what one person read or wrote says here how it is emptied. */
export function onForget(empty: () => void): void {
  holders.push(empty);
}

/** Empties all of it. Safe to run twice. */
export function forget(): void {
  for (const empty of holders) empty();
}

/** Another person signed in after the last one's session ended: what is here is not hers to read. */
export function belongTo(person: string): void {
  const before = sessionStorage.getItem(OWNER);
  if (before && before !== person) forget();
  sessionStorage.setItem(OWNER, person);
}
