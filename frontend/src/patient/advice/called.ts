/** What the screens of advice say when the patient has called. */
import { space } from "../../lib/space.svelte";
import { phone } from "../phone.svelte";
import { changed, sendNow } from "../sync";
import { keepCall } from "./calls";

/** Remembers that the patient has called about that log, and tells the team when it can. */
export async function iHaveCalled(log: string, reached = false): Promise<void> {
  const patient = phone.me?.patient?.id;
  if (!patient) return;
  const store = await phone.store();
  await space.toKeep(() => keepCall(store, { log, patient, now: new Date(), reached }));
  await changed();
  void sendNow();
}
