/** What Today can do without and a log cannot: one file, so that a form never waits for code, nor a red screen. */
import { addWords } from "../lib/texts";
import words from "../texts/log/en.json";

addWords(words);

export { keepUpToDate } from "../lib/update.svelte";
export { iHaveCalled } from "./advice/called";
export { default as Advice } from "./advice/Advice.svelte";
export { default as Log } from "./log/Log.svelte";
export { stepOf } from "./log/step-of";
export * as sending from "./sending";
