/** Send a contact to where it belongs, and say what came of it. */
import { acts } from "../acts.svelte";
import { fullDay } from "../calendar";
import { type ContactForm, contactInput, plainInput } from "../record";
import { stepInput } from "../nextStep";
import { said } from "../said.svelte";
import { session } from "../session.svelte";
import * as server from "../server";
import type { Alert } from "../wire";
import { say } from "../words";
import { worklist } from "../worklist.svelte";
import type { About } from "./about";
import { whyWords } from "./item";
import { finish, recordFor, recordWith } from "./server";

/** `others` are the alerts it is also about, as they are shown. Throws what the server refused; then nothing was
    recorded. */
export async function sendContact(
  about: About,
  form: ContactForm,
  ending: boolean,
  others: readonly Alert[],
): Promise<void> {
  const { alert, item, patient } = about;
  const zone = session.me?.clinic.time_zone ?? "UTC";
  if (alert) {
    const contact = contactInput(form, ending, [alert, ...others]);
    const changed = await (ending
      ? server.resolve(alert.id, contact)
      : server.recordContact(alert.id, contact));
    acts.done(changed, ending ? "said.resolved" : "said.recorded");
    if (form.also.length) said.add(say("said.also", { n: form.also.length }));
    comesBack(form);
    if (ending && contact.id) acts.offerUndo(alert, contact.id);
    return;
  }
  if (item) {
    const changed = await (ending ? finish(item.id, plainInput(form)) : recordFor(item.id, plainInput(form)));
    worklist.itemChanged(changed);
    said.show(
      say(ending ? "said.finished" : "said.kept_item", { name: patient.name, why: whyWords(item, zone) }),
    );
    return comesBack(form);
  }
  await recordWith(patient.id, plainInput(form));
  said.show(say("said.contact_kept", { name: patient.name }));
  comesBack(form);
  worklist.recordedWith();
}

/** A next step is on the worklist from its day on: said, so that nobody misses it there before. */
function comesBack(form: ContactForm): void {
  const { next_on } = stepInput(form);
  if (next_on) said.add(say("said.comes_back", { day: fullDay(next_on) }));
}
