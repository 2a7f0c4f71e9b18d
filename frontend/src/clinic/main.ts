import { mount } from "svelte";
import "../ui/tokens.css";
import "../ui/typeface.css";
import "./styles/base.css";
import "./styles/controls.css";
import "./styles/frame.css";
import "./styles/worklist.css";
import "./styles/worklist-narrow.css";
import "./styles/patients.css";
import "./styles/patient.css";
import "./styles/chart.css";
import "./styles/panel.css";
import "./styles/form.css";
import "./styles/guide.css";
import App from "./App.svelte";

mount(App, { target: document.getElementById("app")! });
