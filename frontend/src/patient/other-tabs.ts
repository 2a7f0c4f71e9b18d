/** The tabs of one phone: each says what it changed in the store, and they leave a person together. */
import { wipe } from "../lib/store";
import { phone } from "./phone.svelte";

const otherTabs = new BroadcastChannel("handhold");

/** Reads the store again when another tab has changed it, and leaves with it. Called once. */
export function listenToOtherTabs(): void {
  otherTabs.addEventListener("message", ({ data }) =>
    data === "left" ? void leaveToo() : data === "another" ? startAfresh() : void phone.refresh(),
  );
}

/** Tells the other tabs that the store has changed. */
export function tellOtherTabs(): void {
  otherTabs.postMessage("changed");
}

/** Tells this tab's screens and the other tabs that the store has changed. */
export async function changed(): Promise<void> {
  tellOtherTabs();
  await phone.refresh();
}

/** Loads the page anew, in this tab and in the others: nothing of the last person stays in its memory. */
export function startAfreshEverywhere(because: "left" | "another"): void {
  otherTabs.postMessage(because);
  startAfresh();
}

/** Another tab has signed out. What this one may have put back at that very moment goes as well. */
async function leaveToo(): Promise<void> {
  phone.leaving = true;
  await wipe(await phone.store(), phone.me?.patient?.id ?? null).catch(() => undefined);
  startAfresh();
}

function startAfresh(): void {
  phone.unkept = [];
  location.replace("/");
}
