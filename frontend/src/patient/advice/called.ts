/** What the screens of advice say when the patient has called, or says whether it can wait. */
import type { Store } from "../../lib/store";
import { space } from "../../lib/space.svelte";
import { phone } from "../phone.svelte";
import { changed } from "../other-tabs";
import { sendNow } from "../sync";
import { keepCall, keepUndo, keepWaits } from "./calls";

type About = { patient: string; now: Date };

/** Keeps what was said, and tells the team when it can. */
async function keepAndTell(keep: (store: Store, about: About) => Promise<void>): Promise<void> {
  const patient = phone.me?.patient?.id;
  if (!patient) return;
  const store = await phone.store();
  await space.toKeep(() => keep(store, { patient, now: new Date() }));
  await changed();
  void sendNow();
}

/** Remembers that the patient has called about that log. */
export const iHaveCalled = (log: string, reached = false): Promise<void> =>
  keepAndTell((store, about) => keepCall(store, { ...about, log, reached }));

/** Takes back, within a minute, that the patient has called about that log. */
export const iHaveNotCalled = (log: string): Promise<void> =>
  keepAndTell((store, about) => keepUndo(store, { ...about, log }));

/** Remembers whether it can wait, as the patient says about that log. */
export const itCanWait = (log: string, canWait: boolean): Promise<void> =>
  keepAndTell((store, about) => keepWaits(store, { ...about, log, canWait }));
