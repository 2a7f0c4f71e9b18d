/** The patient's page begins here. */
import { mount } from "svelte";
import "../ui/tokens.css";
// Where two styles meet, the later file has the last word.
import "./styles/base.css";
import "./styles/top.css";
import "./styles/headings.css";
import "./styles/press.css";
import "./styles/grab.css";
import "./styles/rail.css";
import "./styles/band.css";
import "./styles/answers.css";
import "./styles/counting.css";
import "./styles/reading.css";
import "./styles/do.css";
import "./styles/all-red.css";
import "./styles/narrow.css";
import "./styles/touch.css";
import "./styles/spacing.css";
import "./styles/notes.css";
import "./styles/form.css";
import "./styles/facts.css";
import "./styles/sheet.css";
import "./styles/today.css";
import "./styles/states.css";
import "./styles/question.css";
import "./styles/review.css";
import "./styles/advice.css";
import { askToKeepForGood } from "../lib/persist";
import { router } from "../lib/router.svelte";
import { moreWords } from "../lib/texts";
import { applyTheme } from "../lib/theme";
import { keepUpToDate } from "../lib/update.svelte";
import App from "./App.svelte";
import { install, opensByItself } from "./install/offer.svelte";
import { greet } from "./language";
import { phone } from "./phone.svelte";
import { round, start } from "./sync";

/** Once Today is on the screen, the rest of the page is fetched, so that "Log today" opens at once. */
function fetchTheRest(): Promise<unknown> {
  return Promise.all([
    moreWords(),
    import("./log/Log.svelte"),
    import("./advice/Advice.svelte"),
    import("./tabs.svelte"),
  ]).catch(() => undefined);
}

/** Screens on which nothing is being filled in or read in a hurry: only there may a new version take over. */
const AT_REST = ["today", "days", "more"];

applyTheme();
router.start();
install.wait();
const target = document.getElementById("app");
await greet();
if (target) mount(App, { target });

start();
if (opensByItself()) void askToKeepForGood(); // from the home screen, browsers promise it without asking anybody
// On the first visit the line belongs to what Today needs; afterwards everything is on the phone already.
const first = phone.refresh().then(round);
const here = navigator.serviceWorker?.controller ? Promise.resolve() : first;
void here.then(() => {
  void fetchTheRest();
  void keepUpToDate(() => phone.me !== null && AT_REST.includes(router.screen));
});
