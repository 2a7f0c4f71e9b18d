/** What is usual for this person, to notice a number in the wrong unit. */
import { phone } from "../phone.svelte";

/** The usual weight in kg, else the one logged last; null for what has no usual number. */
export function usualOf(fact: string): number | null {
  if (fact !== "weight") return null;
  const usual = phone.me?.patient?.baseline.weight;
  if (usual !== null && usual !== undefined) return usual;
  const logged = phone.logs.filter((log) => log.facts.weight !== undefined);
  return logged.sort((a, b) => b.day.localeCompare(a.day))[0]?.facts.weight ?? null;
}
