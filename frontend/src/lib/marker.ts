import { recall, remember } from "./remembered";

/**
 * What the store held, noted in another storage. A browser that clears IndexedDB often leaves this: then the patient
 * can be told what was there. Days and a patient's id only, no answer. Signing out removes it.
 */
export type Marker = { patient: string; unsent: string[]; begun: string[]; photos?: number };

const HERE = "handhold.here";
const MISSING = "handhold.missing";

function read(name: string): Marker | null {
  try {
    return JSON.parse(recall(name) ?? "null") as Marker | null;
  } catch {
    return null;
  }
}

/** Notes what the store holds now. */
export function noteWhatIsHere(marker: Marker): void {
  remember(HERE, JSON.stringify(marker));
}

/** Called when the store is found empty: what it held before becomes what is missing, until the patient has read it. */
export function noteThatItIsGone(): void {
  const before = recall(HERE);
  if (before === null) return;
  remember(MISSING, before);
  remember(HERE, null);
}

/** Notes what an open page could not put back after its store was emptied. */
export function noteAsMissing(marker: Marker): void {
  remember(MISSING, JSON.stringify(marker));
}

/** What this patient's store held before it was cleared, or null. */
export function whatIsMissing(patient: string): Marker | null {
  const missing = read(MISSING);
  return missing?.patient === patient ? missing : null;
}

/** The patient has read what is missing. */
export function missingWasRead(): void {
  remember(MISSING, null);
}
