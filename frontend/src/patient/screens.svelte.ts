/**
 * The screens that come after Today. What is not needed to see Today comes a moment later; it is on the phone as well,
 * so it comes without a network. Once here, a screen is shown without waiting.
 */
import type { Component } from "svelte";
import { moreWords } from "../lib/texts";
import type { Wire } from "./protocol";

export type Screen = Component<{ wire: Wire; id: string }>;
type Late = () => Promise<{ default: Screen }>;

const late: Record<string, Late> = {
  log: () => import("./log/Log.svelte") as unknown as ReturnType<Late>,
  advice: () => import("./advice/Advice.svelte"),
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

let here = $state.raw<Record<string, Screen>>({});

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
  const [screen] = await Promise.all([late[name](), moreWords()]);
  here = { ...here, [name]: screen.default };
}
