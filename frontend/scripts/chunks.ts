/**
 * Which files the patient's page is made of. Left alone, the build makes a file of every set of modules that the same
 * screens share: forty small ones, and on a slow network each costs a round trip. Here they are two: what Today needs
 * is the page's own file, and what the log and its advice need is another. Other screens keep files of their own.
 */
import { fileURLToPath } from "node:url";

type Modules = { getModuleInfo(id: string): { importedIds: readonly string[] } | null };

const source = (path: string): string => fileURLToPath(new URL(`../src/${path}`, import.meta.url));
const TODAY = source("patient/main.ts");
/** Small parts that both the follow-up question and the log need: kept out of the log's file, for which nothing waits. */
const SHARED = [source("patient/parts/reveal.ts")];
const LOG = source("patient/after-today.ts");

/** True when one of `starts` needs the module before it runs. */
function needs(starts: string[], id: string, modules: Modules): boolean {
  const walked = new Set(starts);
  for (const one of walked) modules.getModuleInfo(one)?.importedIds.forEach((next) => walked.add(next));
  return walked.has(id);
}

type Group = { priority: number; name: (id: string, modules: Modules) => string | null };

/** The files by name, for the build. A module goes to the first that wants it, with all it needs. */
export const FILES: Group[] = [
  {
    priority: 2,
    name: (id, modules) => (id !== TODAY && needs([TODAY, ...SHARED], id, modules) ? "today" : null),
  },
  { priority: 1, name: (id, modules) => (needs([LOG], id, modules) ? "log" : null) },
];

/** The nurse's page: all that the worklist and a patient need is one file. */
const DESK = source("clinic/main.ts");
export const FILES_OF_DESK: Group[] = [
  { priority: 1, name: (id, modules) => (id !== DESK && needs([DESK], id, modules) ? "desk" : null) },
];

/** True for a screen, or another part, that the log's file holds. */
export function isOfLog(id: string | null): boolean {
  return id === LOG;
}
