/** What this page does when its store is not what it left: emptied while it was open, or dated by a wrong clock. */
import { placeDrafts } from "../lib/drafts";
import { noteAsMissing } from "../lib/marker";
import { space } from "../lib/space.svelte";
import { keep, type Store } from "../lib/store";
import { canBeLogged } from "./days";
import type { PhoneState } from "./phone.svelte";
import { photosToDay } from "./photos/follow";

/**
 * Puts back what the page still knows after the browser has emptied the store: who I am, the protocol, the logs, and
 * above all what is not sent. The patient is told; photos that were not sent are lost. Safe to run twice.
 */
export async function putBack(store: Store, phone: PhoneState): Promise<void> {
  const { me, wire } = phone;
  const patient = me?.patient?.id;
  if (!me || !patient) return;
  const kept = await space.toKeep(async () => {
    const all = store.transaction(["kept", "logs", "outbox", "drafts", "calls", "messages"], "readwrite");
    const [logs, outbox, begun, calls, messages] = [
      all.objectStore("logs"),
      all.objectStore("outbox"),
      all.objectStore("drafts"),
      all.objectStore("calls"),
      all.objectStore("messages"),
    ];
    await Promise.all([
      ...phone.logs.map((log) => logs.put(plain(log))),
      ...phone.outbox.map((entry) => outbox.put(plain(entry))),
      ...phone.drafts.map((draft) => begun.put(plain(draft))),
      ...Object.entries(phone.calls).map(([log, call]) => calls.put(plain(call), log)),
      ...phone.messages.map((message) => messages.put(plain(message))),
      wire && all.objectStore("kept").put({ wire: plain(wire), etag: null }, "protocol"),
      all.done,
    ]);
    await keep(store, "me", plain(me));
  });
  const photos = phone.alsoUnsent - Object.keys(phone.calls).length - phone.messages.length;
  noteAsMissing({ patient, unsent: [], begun: [], photos });
  if (kept) await phone.refresh();
}

/** Gives the answers that a wrong clock dated a day without a log, to be asked about. True when something moved. */
export async function placeLostDrafts(store: Store, phone: PhoneState): Promise<boolean> {
  const open = phone.days(15).map(({ day }) => day);
  const free = open.filter((day) => canBeLogged(day, phone.today) && !phone.current(day));
  const moves = await placeDrafts(store, free);
  for (const [draft, day] of moves) await photosToDay(store, phone.me?.patient?.id ?? "", draft.day, day);
  return moves.length > 0;
}

const plain = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
