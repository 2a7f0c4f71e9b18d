/**
 * Which files the patient's page is made of. Left alone, the build makes a file of every set of modules that the same
 * screens share: forty small ones, and on a slow network each costs a round. Here they are three: what both pages
 * need, what Today needs, and what the log and its advice need, the evaluator apart; and a tiny one that runs before
 * them. Other screens keep files of their own.
 */
import { fileURLToPath } from "node:url";

type Modules = { getModuleInfo(id: string): { importedIds: readonly string[] } | null };

const source = (path: string): string => fileURLToPath(new URL(`../src/${path}`, import.meta.url));
const TODAY = source("patient/main.ts");
const EARLY = source("patient/early.ts");
const CLINIC = source("clinic/main.ts");
const CLINIC_LATER = [
  "clinic/chart/Chart.svelte",
  "clinic/chart/judge.ts",
  "clinic/photos/Photos.svelte",
].map(source);
const LOG = ["patient/log/Log.svelte", "patient/advice/Advice.svelte", "texts/later/en.json"].map(source);

/** True when one of `starts` needs the module before it runs. */
function needs(starts: string[], id: string, modules: Modules): boolean {
  const walked = new Set(starts);
  for (const one of walked) modules.getModuleInfo(one)?.importedIds.forEach((next) => walked.add(next));
  return walked.has(id);
}

type Group = { priority: number; name: (id: string, modules: Modules) => string | null };

/**
 * The files by name, for the build. A module goes to the first that wants it, with all it needs. What the clinic's page
 * needs, at once or later, never stands in a file of the patient's: that file's styles would come with it.
 */
export const FILES: Group[] = [
  {
    priority: 2,
    name: (id, modules) => {
      if (id === TODAY || id === EARLY || !needs([TODAY], id, modules)) return null;
      return needs([CLINIC, ...CLINIC_LATER], id, modules) ? "both" : "today";
    },
  },
  // The maker of ids: the log takes all it needs into its own file, and the clinic's page must not follow it there.
  {
    priority: 2,
    name: (id, modules) =>
      !needs([TODAY], id, modules) && needs(LOG, id, modules) && needs([CLINIC], id, modules) ? "ids" : null,
  },
  {
    priority: 1,
    name: (id, modules) => {
      if (!needs(LOG, id, modules) || needs([CLINIC], id, modules)) return null;
      return needs(CLINIC_LATER, id, modules) ? "judge" : "log";
    },
  },
];
