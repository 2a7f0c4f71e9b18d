/** The patient's page begins here. */
import { mount } from "svelte";
import "../ui/tokens.css";
import "./patient.css";
import "./screens.css";
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
