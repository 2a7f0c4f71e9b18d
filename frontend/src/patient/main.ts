/** The patient's page begins here. */
import { mount } from "svelte";
import { beforehand } from "../lib/api";
import { firstAnswers } from "../lib/first-answers";
import { askToKeepForGood } from "../lib/persist";
import { router } from "../lib/router.svelte";
import { isSlow } from "../lib/slow-line";
import { space } from "../lib/space.svelte";
import { applyTheme } from "../lib/theme";
import App from "./App.svelte";
import { install, opensByItself } from "./install/offer.svelte";
import { greet } from "./language";
import { phone } from "./phone.svelte";
import { fetchScreen, fetchFollowUp } from "./screens.svelte";
import { round, start } from "./sync";

/** What Today can do without: fetched while it is read, so that "Log today" opens at once. */
function fetchTheRest(): Promise<unknown> {
  const translated = import("./translated").then(({ keepLiveWords }) => keepLiveWords(document.body));
  return Promise.all([fetchScreen("log"), fetchScreen("advice"), import("./tabs.svelte"), translated]).catch(
    () => undefined,
  );
}

/**
 * What comes last, when all that says something is there: the typeface, and styles of paper. On the first visit over a
 * slow line the typeface is left to the app's own copy, which is fetched afterwards: the next visit has it.
 */
function fetchTheLooks(): Promise<unknown> {
  const typeface = isSlow() && !navigator.serviceWorker?.controller ? null : import("../ui/typeface.css");
  return Promise.all([typeface, import("../ui/paper.css"), import("./styles/print.css")]).catch(
    () => undefined,
  );
}

/** In ms: then Today is drawn without what has not arrived, the protocol or the follow-up question. */
const LONGEST_SHELL = 5000;

/** Screens on which nothing is being filled in or read in a hurry: only there may a new version take over. */
const AT_REST = ["today", "days", "more"];

/** True when this page may be replaced: nothing is being filled in, and all that was is kept on this phone. */
function atRest(): boolean {
  return phone.me !== null && AT_REST.includes(router.screen) && !space.writing && !space.full;
}

applyTheme();
if (document.readyState === "loading")
  await new Promise((done) => document.addEventListener("DOMContentLoaded", done));
// The log's styles came as if for print, so that they held up nothing; from here on they count.
for (const late of document.querySelectorAll<HTMLLinkElement>('link[media="print"]')) late.media = "all";
router.start();
install.wait();
for (const [path, answer] of firstAnswers()) beforehand.set(path, answer);
phone.arriving = beforehand.size > 0;
const opened = phone.refresh(); // the store answers while the first screen is being prepared
const target = document.getElementById("app");
await greet();
if (document.querySelector("#shell .follow-up")) void fetchFollowUp();
setTimeout(() => (phone.arriving = false), LONGEST_SHELL);
if (target) mount(App, { target });

start();
if (opensByItself()) void askToKeepForGood(); // from the home screen, browsers promise it without asking anybody
const first = opened.then(round).finally(() => (phone.arriving = false));
const rest = Promise.all([first, fetchTheRest()]).then(fetchTheLooks);
// On the first visit the line belongs to what is on the screen; afterwards everything is on the phone already.
const here = navigator.serviceWorker?.controller ? Promise.resolve() : rest;
void here.then(async () => (await import("./after-today")).keepUpToDate(atRest));
