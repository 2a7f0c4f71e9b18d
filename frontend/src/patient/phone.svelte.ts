/** What this phone knows right now, as the screens see it. It is read from the store, never kept beside it. */
import { localDay } from "../lib/calendar";
import { newestFirst } from "../lib/drafts";
import type { CallWaiting, Draft, MessageWaiting, ThreadKept, Waiting } from "../lib/kept";
import type { Unreached } from "../lib/api";
import { lineNow } from "../lib/line";
import { noteThatItIsGone, noteWhatIsHere, whatIsMissing, type Marker } from "../lib/marker";
import { oldestFirst, refused, unsent, waitsTooLong } from "../lib/outbox";
import { endsLater } from "../lib/session";
import { isNewer, openStore, type Store } from "../lib/store";
import type { Facts, Log, Me } from "../lib/types";
import { cannotBe, currentOf, factsOfDay, type Day, daysFrom, strayDays } from "./days";
import type { Wire } from "./protocol";

const FAR_OFF = 2 * 60 * 60 * 1000;

type Kept = { wire: Wire; etag: string | null };

/** Everything the screens show, read at one moment. One transaction is faster on a slow phone than one for each store. */
async function allOf(store: Store) {
  const read = store.transaction(
    ["kept", "logs", "outbox", "drafts", "photos", "calls", "messages"],
    "readonly",
  );
  const [kept, calls] = [read.objectStore("kept"), read.objectStore("calls")];
  const [me, protocol, thread, logs, outbox, begun, photos, called, waiting, messages] = await Promise.all([
    kept.get("me") as Promise<Me | undefined>,
    kept.get("protocol") as Promise<Kept | undefined>,
    kept.get("thread") as Promise<ThreadKept | undefined>,
    read.objectStore("logs").getAll(),
    read.objectStore("outbox").getAll(),
    read.objectStore("drafts").getAll(),
    read.objectStore("photos").getAll(),
    calls.getAllKeys(),
    calls.getAll(),
    read.objectStore("messages").getAll(),
  ]);
  return {
    me: me ?? null,
    protocol: protocol ?? null,
    thread: thread ?? null,
    logs,
    outbox: oldestFirst(outbox),
    begun: newestFirst(begun),
    photos,
    called,
    calls: waiting,
    messages,
  };
}

class Phone {
  ready = $state(false);
  me = $state.raw<Me | null>(null);
  wire = $state.raw<Wire | null>(null);
  logs = $state.raw<Log[]>([]);
  outbox = $state.raw<Waiting[]>([]);
  drafts = $state.raw<Draft[]>([]);
  /** What the patient said about calling and the server does not have yet, by log. */
  calls = $state.raw<Record<string, CallWaiting>>({});
  /** The newest messages between patient and team, as this phone last had them. */
  thread = $state.raw<ThreadKept | null>(null);
  /** Messages of this patient that the server does not have yet, or refused, oldest first. */
  messages = $state.raw<MessageWaiting[]>([]);
  now = $state.raw(new Date());
  /** The server no longer knows who we are; what is on the phone stays readable. */
  signInAgain = $state(endsLater());
  /** What kept the last attempt from the server, or null when it answered. */
  unreached = $state.raw<Unreached | null>(null);
  /** Finished logs for which this phone had no room: they are in this page alone until they are sent or kept. */
  unkept = $state.raw<Waiting[]>([]);
  /** What the server took from those: shown until the store has it. */
  arrived = $state.raw<Log[]>([]);
  /** Photos, calls and messages of this patient that the server does not have yet. */
  alsoUnsent = $state(0);
  /** By how many milliseconds this phone's clock is ahead of the server's; negative when it is behind. */
  ahead = $state(0);
  /** The page came with the first answers, and they are not kept yet. */
  arriving = $state(false);
  /** The server's logs have been here: a day without one is a day without one. */
  knowsLogs = $state(false);
  /** The team's protocol changed while a log was being filled in. */
  renewed = $state(false);
  /** What was on this phone before the browser cleared it. */
  missing = $state.raw<Marker | null>(null);
  /** This phone is being signed out: what is gone from its store is meant to be. */
  leaving = false;
  /** Why this page cannot open its store: an older page holds it, a newer one made it, or the browser keeps nothing. */
  locked = $state.raw<"other_page" | "newer" | "refused" | null>(null);

  today = $derived(localDay(this.now));
  /** Today by the server's clock, which differs from today when this phone's clock is wrong. */
  trueToday = $derived(localDay(new Date(this.now.getTime() - this.ahead)));
  /** The last day that the server named. This phone's clock may show an earlier one after its battery was drained. */
  lastKnownDay = $derived(this.me ? localDay(new Date(this.me.now)) : "");
  /** True while nobody knows which day it is: neither this phone's clock nor the server says so. */
  dayIsUnknown = $derived(cannotBe(this.trueToday, this.lastKnownDay));
  /** The team's number that is answered now, by the server's clock: the one number every screen shows. */
  line = $derived(this.me ? lineNow(this.me.clinic, this.now.getTime() - this.ahead) : "");
  /** An hour off is often a time zone set by hand; more than that moves days. */
  clockIsOff = $derived(Math.abs(this.ahead) > FAR_OFF);
  unsent = $derived(unsent(this.outbox));
  needsHelp = $derived(refused(this.outbox));
  waitsTooLong = $derived(waitsTooLong(this.unsent, this.now));

  #store: Promise<Store> | null = null;
  #etag: string | null = null;

  /** The phone's store, opened once, and again when the browser has closed it. */
  store(): Promise<Store> {
    const forget = (): null => (this.#store = null);
    this.#store ??= openStore(undefined, {
      blocked: () => (this.locked = "other_page"),
      closed: forget,
    }).catch((reason: unknown) => {
      forget();
      this.locked = isNewer(reason) ? "newer" : "refused";
      throw reason;
    });
    return this.#store;
  }

  /** Reads everything again from the store; called after each change and when another tab changed something. */
  async refresh(): Promise<void> {
    const store = await this.store().catch(() => null);
    if (!store) return; // `locked` says why
    const { me, protocol, logs, outbox, begun, photos, called, calls, thread, messages } = await allOf(store);
    if (!me) noteThatItIsGone();
    if (!me && this.me?.patient && !this.leaving) {
      const { putBack } = await import("./put-back");
      await putBack(store, this);
      return;
    }
    const patient = me?.patient?.id;
    this.me = me;
    if (!protocol || !this.wire || protocol.etag !== this.#etag) this.wire = protocol?.wire ?? null;
    this.#etag = protocol?.etag ?? null;
    this.arrived = this.arrived.filter((log) => !logs.some((stored) => stored.id === log.id));
    this.logs = [...logs, ...this.arrived];
    this.outbox = [...outbox, ...this.unkept].filter((entry) => entry.patient === patient);
    this.thread = thread;
    this.messages = messages.filter((entry) => entry.patient === patient);
    this.alsoUnsent =
      [...photos, ...calls].filter((entry) => entry.patient === patient).length + this.messages.length;
    // A finished log for which there was no room has its answers there too, until it is sent.
    this.drafts = begun.filter((draft) => !this.unkept.some((entry) => entry.log.day === draft.day));
    this.calls = Object.fromEntries(called.flatMap((log, i) => (calls[i] ? [[log, calls[i]]] : [])));
    this.locked = null;
    this.ready = true;
    if (begun.some((draft) => draft.day_unknown) && !cannotBe(this.today, this.lastKnownDay)) {
      const { placeLostDrafts } = await import("./put-back");
      if (await placeLostDrafts(store, this)) return this.refresh();
    }
    if (patient) this.#note(patient);
  }

  /** A form was changed and kept: the screens know it without reading the store again. */
  begun(draft: Draft): void {
    this.drafts = [draft, ...this.drafts.filter((one) => one.day !== draft.day)];
    if (this.me?.patient) this.#note(this.me.patient.id);
  }

  /** Notes outside the store what is in it, and reads what an earlier note says is missing. */
  #note(patient: string): void {
    const unsentDays = [...new Set(this.outbox.map((entry) => entry.log.day))];
    noteWhatIsHere({ patient, unsent: unsentDays, begun: this.drafts.map((draft) => draft.day) });
    this.missing = whatIsMissing(patient);
  }

  /** What counts for that day: the newest answers on this phone, sent or not. */
  current(day: string): Day["current"] {
    return currentOf(day, this.logs, this.outbox);
  }

  /** The answers of that day, or null when there is no log. */
  factsOf = (day: string): Facts | null => factsOfDay(day, this.logs, this.outbox);

  /** Refused logs of days that are not among the last `count`: a wrong clock wrote them. */
  strayDays(count: number): Day[] {
    return strayDays(this.days(count), this.needsHelp, this.logs, this.outbox);
  }

  /** The last `count` days, today first. */
  days(count: number): Day[] {
    return daysFrom(this.today, count, this.logs, this.outbox);
  }
}

export const phone = new Phone();
export type PhoneState = typeof phone;
