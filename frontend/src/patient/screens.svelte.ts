/**
 * The screens that come after Today. What is not needed to see Today comes a moment later; it is on the phone as well,
 * so it comes without a network. Once here, a screen is shown without waiting.
 */
import type { Component } from "svelte";
import { moreWords } from "../lib/texts";
import type FollowUp from "./advice/FollowUp.svelte";
import type { Wire } from "./protocol";

export type Screen = Component<{ wire: Wire; id: string }>;
type Late = () => Promise<{ default: Screen }>;

const late: Record<string, Late> = {
  log: () => import("./after-today").then(({ Log }) => ({ default: Log as unknown as Screen })),
  advice: () => import("./after-today").then(({ Advice }) => ({ default: Advice })),
  stopping: () => import("./Stopping.svelte") as unknown as ReturnType<Late>,
  days: () => import("./days/Days.svelte") as unknown as ReturnType<Late>,
  read: () => import("./days/ReadOut.svelte"),
  compare: () => import("./days/Compare.svelte"),
  which: () => import("./days/OtherDay.svelte"),
  more: () => import("./More.svelte") as unknown as ReturnType<Late>,
  messages: () => import("./messages/Messages.svelte"),
  medicine: () => import("./advice/Medicine.svelte") as unknown as ReturnType<Late>,
  install: () => import("./install/Install.svelte") as unknown as ReturnType<Late>,
  call: () => import("./install/Call.svelte") as unknown as ReturnType<Late>,
};

/** Screens whose words come with them. */
const WITH_WORDS = ["log", "advice"];

let here = $state.raw<Record<string, Screen>>({});

/** The follow-up question on Today, once it is here. */
export const followUp = $state<{ here: typeof FollowUp | null }>({ here: null });

/** Fetches it, before Today is drawn where there is time. */
export async function fetchFollowUp(): Promise<void> {
  followUp.here ??= (await import("./advice/FollowUp.svelte")).default;
}

/** True for a screen there is. */
export function isScreen(name: string): boolean {
  return name in late;
}

/** The screen, when it and its words are here already. */
export function screenHere(name: string): Screen | undefined {
  return here[name];
}

/** Fetches a screen and its words; nothing for a name that is none. Throws when they cannot be fetched. */
export async function fetchScreen(name: string): Promise<void> {
  if (!late[name] || here[name]) return;
  const [screen] = await Promise.all([late[name](), WITH_WORDS.includes(name) ? null : moreWords()]);
  here = { ...here, [name]: screen.default };
}
