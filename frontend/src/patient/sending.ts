/** What waits on this phone, on its way to the server. It comes with the log: before that there is nothing to send. */
import { get, put, unreachedBy } from "../lib/api";
import { dropDraft } from "../lib/drafts";
import type { Outcome } from "../lib/outbox";
import { attempt, sendAll, type Looker, type Sender } from "../lib/send-outbox";
import { space } from "../lib/space.svelte";
import type { Store } from "../lib/store";
import type { Log } from "../lib/types";
import { sendLanguage } from "./language";
import { phone } from "./phone.svelte";
import { fetchSelf, heed } from "./sync";

/** Sends one log, and remembers what kept it from the server. */
const send: Sender = async (id, log) => {
  try {
    const kept = await put<Log>(`logs/${id}`, log);
    phone.unreached = null;
    return kept;
  } catch (trouble) {
    phone.unreached = unreachedBy(trouble);
    heed(trouble);
    throw trouble;
  }
};

/** Reads a log that is in the way: with the very same answers it arrived before, and this phone could not note it. */
const look: Looker = async (id) => (await get<Log>(`logs/${id}`)).data;

/** What is sent after the logs it belongs to, each oldest first. */
const THINGS_TO_SEND: ((store: Store, patient: string) => Promise<Outcome>)[] = [
  async (store, patient) =>
    (await store.count("photos")) > 0
      ? (await import("./photos/send")).sendPhotos(store, patient)
      : "nothing_to_do",
  async (store, patient) => (await import("./advice/calls")).sendCalls(store, patient),
  async (store, patient) => (await import("./messages/exchange")).sendMessages(store, patient),
  async (store) => {
    const outcome = await sendLanguage(store);
    if (outcome === "all_sent") await fetchSelf(); // the advice comes in that language
    return outcome;
  },
];

/** Sends the logs for which this phone had no room, or keeps them once it has. */
export async function sendUnkept(store: Store): Promise<void> {
  for (const entry of phone.unkept.filter((one) => one.patient === phone.me?.patient?.id && !one.refusal)) {
    const kept = await space.toKeep(() => store.put("outbox", entry));
    const { log, refusal } = kept ? {} : await attempt(entry, send, look);
    if (log) phone.arrived = [...phone.arrived, log];
    const others = phone.unkept.filter((one) => one.id !== entry.id);
    if (kept || log) {
      phone.unkept = others;
      await dropDraft(store, entry.log.day);
    }
    if (refusal) phone.unkept = [...others, { ...entry, refusal }];
  }
}

/** Sends everything that waits: logs first, then what belongs to them. The worst of the answers counts. */
export async function sendEverything(store: Store, patient: string): Promise<Outcome> {
  const outcomes = [await sendAll(store, patient, send, look)];
  for (const sendMore of THINGS_TO_SEND) {
    if (outcomes[0] === "sign_in") break;
    outcomes.push(await sendMore(store, patient).catch((): Outcome => "try_again"));
  }
  const worst: Outcome[] = ["sign_in", "try_again", "all_sent"];
  return worst.find((outcome) => outcomes.includes(outcome)) ?? "nothing_to_do";
}
