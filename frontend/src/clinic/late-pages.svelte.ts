/** Pages that the worklist can do without. They are fetched once its rows are there, and shown without waiting then. */
import type { Component } from "svelte";
import type { Me } from "./wire";

type Page = Component<{ me: Me; id: string }>;
type Fetch = () => Promise<{ default: unknown }>;

const fetched: Record<string, Fetch> = {
  roster: () => import("./roster/Roster.svelte"),
  threads: () => import("./messages/Threads.svelte"),
  thread: () => import("./messages/Thread.svelte"),
  treatment: () => import("./treatment/Treatment.svelte"),
};
const TRY_AGAIN_MS = 7_000;

let here = $state.raw<Record<string, Page>>({});

/** True for a page that comes late. */
export function isLate(name: string): boolean {
  return name in fetched;
}

/** The page, when it is here already. */
export function pageHere(name: string): Page | undefined {
  return here[name];
}

/** Fetches a page that comes late, and tries until it is here. Nothing for another page, or one that is here. */
export async function fetchPage(name: string): Promise<void> {
  while (fetched[name] && !here[name]) {
    try {
      const { default: page } = await fetched[name]();
      here = { ...here, [name]: page as Page };
    } catch {
      await new Promise((done) => setTimeout(done, TRY_AGAIN_MS));
    }
  }
}

/** Fetches all of them. */
export function fetchAllPages(): void {
  for (const name of Object.keys(fetched)) void fetchPage(name);
}
