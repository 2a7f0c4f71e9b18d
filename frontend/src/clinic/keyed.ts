/** Which act a key pressed now means on a page: where the focus is, whether a dialog is open, whether letters act. */
import { type Act, actOf, focusKind, type Page } from "./keys";
import { letters } from "./letters.svelte";

export function actHere(event: KeyboardEvent, page: Page): Act | null {
  const dialogOpen = document.querySelector("dialog[open]") !== null;
  return actOf(event, { page, focus: focusKind(document.activeElement), dialogOpen, letters: letters.on });
}
