/** Coming in and going out of this phone. */
import { forgetEverything } from "../lib/remembered";
import { unreachedBy } from "../lib/api";
import { endLater, endNow, endsLater, signIn, signOut, whoAmI } from "../lib/session";
import { handOver, keep, kept, wipe } from "../lib/store";
import type { Me } from "../lib/types";
import { phone } from "./phone.svelte";
import { changed, startAfreshEverywhere } from "./other-tabs";
import { round, startOver } from "./sync";

/**
 * Signs in. When somebody else used this phone before, what it showed them is removed first, from the memory of every
 * open page as well; what they have not sent, and forms they have begun, stay out of sight until they come back.
 */
export async function enter(email: string, password: string): Promise<void> {
  if (endsLater()) await endNow(); // else the server would go on with the session that is to end
  await signIn(email, password);
  await arrive();
}

/** Shows the phone to the person who has just come in: by signing in, or by setting a new password. */
export async function arrive(): Promise<void> {
  const store = await phone.store();
  const before = await kept<Me>(store, "me");
  const me = await whoAmI();
  const another = before !== null && before.person.id !== me.person.id;
  phone.leaving = another;
  const [leaving, coming] = [before?.patient?.id ?? null, me.patient?.id ?? null];
  if (before === null || another) {
    await handOver(store, { patient: leaving }, { patient: coming, me });
  } else await keep(store, "me", me);
  if (another) return startAfreshEverywhere("another");
  startOver();
  await changed();
  void round();
}

/**
 * Signs out and removes everything from this phone. Without signal too: then the server ends the session as soon as it
 * is reached, and until then this phone shows nothing but the sign-in. Throws when the server refuses.
 */
export async function leave(): Promise<void> {
  let ended = true;
  await signOut().catch((reason: unknown) => {
    if (!unreachedBy(reason)) throw reason;
    ended = false;
  });
  phone.leaving = true;
  startOver();
  await wipe(await phone.store(), phone.me?.patient?.id ?? null);
  forgetEverything();
  if (!ended) endLater();
  startAfreshEverywhere("left");
}
