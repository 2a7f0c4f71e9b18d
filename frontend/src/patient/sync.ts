/** The phone and the server: sends what waits, fetches what the team answered. Never blocks a screen. */
import { get, needsSignIn, NoConnection, put } from "../lib/api";
import { oneTabAtATime, pauseBefore, sendAll, type Sender } from "../lib/outbox";
import { whoAmI } from "../lib/session";
import { keep, kept, keepLogs } from "../lib/store";
import type { Log } from "../lib/types";
import { phone } from "./phone.svelte";
import type { Wire } from "./protocol";

const POLL_SECONDS = 15;
const REFRESH_EVERY = 20; // polls: who I am and the protocol change rarely

const otherTabs = new BroadcastChannel("handhold");
const send: Sender = (id, log) => put<Log>(`logs/${id}`, log);

let attempt = 0;
let retry: ReturnType<typeof setTimeout> | undefined;
let logsEtag: string | null = null;
let polls = 0;
/** Grows at each send and sign-out: an answer asked for before that is out of date. */
let turn = 0;

/** Tells this tab's screens and the other tabs that the store has changed. */
export async function changed(): Promise<void> {
  otherTabs.postMessage("changed");
  await phone.refresh();
}

/** Sends what waits. Called at each save, at each opening, when the network or the screen comes back. */
export async function sendNow(): Promise<void> {
  const patient = phone.me?.patient?.id;
  if (!patient || phone.signInAgain) return;
  clearTimeout(retry);
  const store = await phone.store();
  const outcome = await oneTabAtATime(() => sendAll(store, patient, send), "nothing_to_do");
  if (outcome === "sign_in") phone.signInAgain = true;
  if (outcome === "try_again") {
    attempt += 1;
    retry = setTimeout(() => void sendNow(), pauseBefore(attempt));
  } else attempt = 0;
  phone.outOfReach = outcome === "try_again";
  if (outcome === "nothing_to_do") return;
  turn += 1;
  await changed();
}

/** Fetches the logs with what the team answered. */
async function fetchLogs(): Promise<void> {
  const asked = turn;
  const answer = await get<{ results: Log[] }>("logs?limit=28", logsEtag);
  if (answer.notModified || asked !== turn) return;
  logsEtag = answer.etag;
  await keepLogs(await phone.store(), answer.data.results);
  await changed();
}

/** Fetches who I am and, when it has changed, the protocol with its texts. */
export async function fetchSelf(): Promise<void> {
  const store = await phone.store();
  const asked = turn;
  const me = await whoAmI();
  if (asked !== turn) return;
  await keep(store, "me", me);
  if (me.patient) {
    const held = await kept<{ wire: Wire; etag: string | null }>(store, "protocol");
    const answer = await get<Wire>("protocol", held?.etag ?? null);
    if (!answer.notModified) await keep(store, "protocol", { wire: answer.data, etag: answer.etag });
  }
  await changed();
}

/** One round: send, then ask what is new. Trouble is remembered, never shown as a failure. */
export async function round(): Promise<void> {
  if (phone.signInAgain) return;
  try {
    await sendNow();
    if (polls % REFRESH_EVERY === 0 || !phone.me) await fetchSelf();
    if (phone.me?.patient) await fetchLogs();
    polls += 1;
    phone.outOfReach = false;
  } catch (trouble) {
    if (needsSignIn(trouble)) phone.signInAgain = true;
    else phone.outOfReach = trouble instanceof NoConnection;
  }
}

/** Starts over as somebody else, or after signing in again. */
export function startOver(): void {
  clearTimeout(retry);
  logsEtag = null;
  polls = 0;
  attempt = 0;
  turn += 1;
  phone.signInAgain = false;
}

function visible(): boolean {
  return document.visibilityState === "visible";
}

/** Wires the clock, the network and the visibility of the page. Called once. */
export function start(): void {
  otherTabs.addEventListener("message", () => void phone.refresh());
  addEventListener("online", () => void round());
  document.addEventListener("visibilitychange", () => {
    phone.now = new Date();
    if (visible()) void round();
  });
  setInterval(() => (phone.now = new Date()), 5_000);
  setInterval(() => visible() && void round(), POLL_SECONDS * 1000);
  void navigator.storage?.persist?.();
}
