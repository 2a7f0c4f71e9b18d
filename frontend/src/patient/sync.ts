/** The phone and the server: sends what waits, fetches what the team answered. Never blocks a screen. */
import { get, needsSignIn, NoConnection, ours, Problem, unreachedBy, type Answer } from "../lib/api";
import { addDays, localDay } from "../lib/calendar";
import { oneTabAtATime, pauseBefore } from "../lib/outbox";
import { router } from "../lib/router.svelte";
import { endNow, endsLater, whoAmI } from "../lib/session";
import { space } from "../lib/space.svelte";
import { forgetBefore, keep, kept, keepLogs } from "../lib/store";
import type { Log } from "../lib/types";
import { changed, listenToOtherTabs } from "./other-tabs";
import { phone } from "./phone.svelte";
import type { Wire } from "./protocol";

const POLL_SECONDS = 15;
const REFRESH_EVERY = 20; // polls: who I am and the protocol change rarely
const DAYS_KEPT = 28;

let failures = 0;
/** How many seconds the server asked us to wait with its last answer. */
let askedToWait = 0;
/** Before this moment of the page's own clock nothing is sent or asked by itself. */
let quietUntil = 0;
let retry: ReturnType<typeof setTimeout> | undefined;
let logsEtag: string | null = null;
let polls = 0;
/** The first day kept when old ones were last removed. */
let forgotten = "";
/** Grows at each send and sign-out: an answer asked for before that is out of date. */
let turn = 0;

/** Takes note of how long the server wants to be left alone. */
export function heed(trouble: unknown): void {
  if (trouble instanceof Problem || trouble instanceof NoConnection)
    askedToWait = Math.max(askedToWait, trouble.retryAfter);
}

/** Nothing is sent or asked by itself for a while: longer after each failure, and as long as the server asked. */
function keepQuiet(): number {
  const pause = pauseBefore(failures, askedToWait);
  quietUntil = performance.now() + pause;
  askedToWait = 0;
  return pause;
}

let sending = false;
let wanted = false;

/**
 * Sends what waits. Called at each save, at each opening, when the network or the screen comes back. Called while an
 * attempt is under way, it is tried once more after it: the network may have come back in the middle.
 */
export async function sendNow(): Promise<void> {
  wanted = true;
  if (sending) return;
  sending = true;
  try {
    while (wanted) {
      wanted = false;
      await sendWhatWaits();
    }
  } finally {
    sending = false;
  }
}

async function sendWhatWaits(): Promise<void> {
  const patient = phone.me?.patient?.id;
  if (!patient || phone.signInAgain) return;
  clearTimeout(retry);
  const store = await phone.store();
  // Where it is not here yet it is tried again like a lost connection.
  const sending = await import("./after-today").then(
    (file) => file.sending,
    () => null,
  );
  if (phone.unkept.length) await sending?.sendUnkept(store);
  const left = phone.unkept.some((entry) => !entry.refusal);
  const sent = sending
    ? await oneTabAtATime(() => sending.sendEverything(store, patient), "nothing_to_do")
    : "try_again";
  const outcome = left && sent !== "sign_in" ? "try_again" : sent;
  if (outcome === "sign_in") phone.signInAgain = true;
  if (outcome === "try_again") {
    failures += 1;
    retry = setTimeout(() => void sendNow(), keepQuiet());
  } else failures = quietUntil = 0;
  if (outcome === "nothing_to_do") return;
  turn += 1;
  await changed();
}

/** Fetches the logs with what the team answered. */
async function fetchLogs(): Promise<void> {
  const asked = turn;
  const answer = await get<{ results: Log[] }>("logs?limit=28", logsEtag);
  if (asked !== turn) return;
  await forgetOldDays();
  if (answer.notModified) return;
  const { results } = ours(answer.data, "results");
  const oldest = oldestDayKept();
  const store = await phone.store();
  const kept = await space.toKeep(() =>
    keepLogs(
      store,
      results.filter((log) => log.day >= oldest),
    ),
  );
  if (kept) logsEtag = answer.etag;
  phone.knowsLogs = true;
  await changed();
}

/** Fetches the messages between patient and team, when something is new. */
async function fetchThread(): Promise<void> {
  const asked = turn;
  const { askForThread, keepThread } = await import("./messages/exchange");
  const store = await phone.store();
  const thread = await askForThread(store);
  if (!thread || asked !== turn) return;
  await space.toKeep(() => keepThread(store, thread));
  await changed();
}

/** The first of the days that stay on this phone. A clock that is ahead removes nothing. */
function oldestDayKept(): string {
  const now = Date.now();
  return addDays(localDay(new Date(Math.min(now, now - phone.ahead))), 1 - DAYS_KEPT);
}

/** Removes the days that are too old, once for each day. */
async function forgetOldDays(): Promise<void> {
  const oldest = oldestDayKept();
  if (oldest === forgotten) return;
  await forgetBefore(await phone.store(), oldest);
  forgotten = oldest;
}

/** The protocol, when it is another one than the phone has. Staff have none: they are refused. */
async function askForProtocol(etag: string | null): Promise<Answer<Wire> | null> {
  try {
    const answer = await get<Wire>("protocol?for=phone", etag);
    if (answer.notModified) return null;
    ours(answer.data, "protocol", "texts");
    return answer;
  } catch (trouble) {
    if (trouble instanceof Problem && trouble.status !== 401 && !unreachedBy(trouble)) return null;
    throw trouble;
  }
}

/** Fetches who I am and, when it has changed, the protocol with its texts. */
export async function fetchSelf(): Promise<void> {
  const store = await phone.store();
  const asked = turn;
  const held = await kept<{ wire: Wire; etag: string | null }>(store, "protocol");
  // Both at once, for a slow line; but whether somebody is signed in is said by the first.
  const coming = askForProtocol(held?.etag ?? null);
  coming.catch(() => undefined);
  const me = await whoAmI();
  if (asked !== turn) return;
  phone.ahead = Date.now() - Date.parse(me.now);
  await keep(store, "me", me);
  if (me.patient && !held && !phone.knowsLogs) await fetchLogs(); // Today can be read before the protocol is here
  const protocol = await coming;
  if (asked !== turn) return;
  if (me.patient && protocol) {
    await keep(store, "protocol", { wire: protocol.data, etag: protocol.etag });
    phone.renewed = held !== null && router.screen === "log";
  }
  await changed();
}

/** The person has signed out without signal: only the sign-in is shown, and the server is told when it is reached. */
async function endAndAsk(): Promise<void> {
  phone.signInAgain = true;
  await endNow().catch(() => undefined);
}

/** A round that nobody asked for: not while the server wants to be left alone, or after failures. */
function pollingRound(): void {
  if (visible() && performance.now() >= quietUntil) void round();
}

/** One round: send, then ask what is new. Trouble is remembered, never shown as a failure. */
export async function round(): Promise<void> {
  if (endsLater()) return endAndAsk();
  if (phone.signInAgain) return;
  try {
    await sendNow();
    const knew = phone.knowsLogs;
    if (polls % REFRESH_EVERY === 0 || !phone.me || !phone.wire) await fetchSelf();
    if (phone.me?.patient && knew === phone.knowsLogs) await fetchLogs();
    if (phone.me?.patient) await fetchThread();
    polls += 1;
    if (!phone.unsent.length) phone.unreached = null;
  } catch (trouble) {
    if (needsSignIn(trouble)) phone.signInAgain = true;
    else phone.unreached = unreachedBy(trouble);
    heed(trouble);
    if (askedToWait) keepQuiet();
  }
}

/** Starts over as somebody else, or after signing in again. */
export function startOver(): void {
  clearTimeout(retry);
  logsEtag = null;
  polls = 0;
  failures = 0;
  turn += 1;
  phone.signInAgain = false;
}

function visible(): boolean {
  return document.visibilityState === "visible";
}

/** Wires the clock, the network and the visibility of the page. Called once. */
export function start(): void {
  listenToOtherTabs();
  addEventListener("online", () => {
    polls = 0; // the protocol may have changed while we were away
    failures = 0;
    quietUntil = 0;
    void round();
  });
  document.addEventListener("visibilitychange", () => {
    phone.now = new Date();
    if (visible()) void phone.refresh().then(round);
  });
  // What could not be kept is in this page alone.
  addEventListener("beforeunload", (event) => phone.unkept.length && event.preventDefault());
  setInterval(() => {
    const before = phone.today;
    phone.now = new Date();
    if (phone.today !== before) void phone.refresh();
  }, 5_000);
  setInterval(pollingRound, POLL_SECONDS * 1000);
}
