/** Coming in and going out of this phone. */
import { signIn, signOut, whoAmI } from "../lib/session";
import { keep, kept, wipe, wipeAllButOutbox } from "../lib/store";
import type { Me } from "../lib/types";
import { phone } from "./phone.svelte";
import { changed, round, startOver } from "./sync";

/**
 * Signs in. When somebody else used this phone before, what it showed them is removed first; their unsent logs
 * stay out of sight and are sent when they come back.
 */
export async function enter(email: string, password: string): Promise<void> {
  await signIn(email, password);
  const store = await phone.store();
  const before = await kept<Me>(store, "me");
  const me = await whoAmI();
  if (before && before.person.id !== me.person.id) await wipeAllButOutbox(store);
  await keep(store, "me", me);
  startOver();
  await changed();
  void round();
}

/** Signs out and removes everything from this phone. Throws NoConnection, with nothing removed, without a network. */
export async function leave(): Promise<void> {
  await signOut();
  startOver();
  await wipe(await phone.store());
  localStorage.clear();
  sessionStorage.clear();
  phone.signInAgain = true;
  await changed();
}
