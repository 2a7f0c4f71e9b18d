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
import { router } from "../lib/router.svelte";
import { applyTheme } from "../lib/theme";
import { keepUpToDate } from "../lib/update";
import App from "./App.svelte";
import { phone } from "./phone.svelte";
import { round, start } from "./sync";

/** Once Today is on the screen, the rest of the page is fetched, so that "Log today" opens at once. */
function fetchTheRest(): Promise<unknown> {
  return Promise.all([import("./log/Log.svelte"), import("./advice/Advice.svelte")]).catch(() => undefined);
}

applyTheme();
router.start();
const target = document.getElementById("app");
if (target) mount(App, { target });

start();
void phone.refresh().then(round);
addEventListener("load", () => void fetchTheRest(), { once: true });
void keepUpToDate(() => router.screen !== "log");
