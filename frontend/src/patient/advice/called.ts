/** "I have called": remembered on this phone, so that the screen knows it too. */
import { phone } from "../phone.svelte";
import { changed } from "../sync";

/** Remembers that the patient has called about that log. */
export async function iHaveCalled(id: string): Promise<void> {
  await (await phone.store()).put("called", new Date().toISOString(), id);
  await changed();
}
