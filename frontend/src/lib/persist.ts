/** Asking the browser not to clear what is on this phone when it runs out of room. */

/** True when the browser has promised to keep it; null when it cannot tell. */
export async function isKeptForGood(): Promise<boolean | null> {
  return (await navigator.storage?.persisted?.().catch(() => null)) ?? null;
}

/** Asks for that promise, unless it was given. Some browsers ask the patient, so call it when nothing is urgent. */
export async function askToKeepForGood(): Promise<boolean | null> {
  if ((await isKeptForGood()) === true) return true;
  return (await navigator.storage?.persist?.().catch(() => null)) ?? null;
}
