/** Light, dark, or as the phone is set. The choice stays on this phone. */
import { recall, remember } from "./remembered";

export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];
const NAME = "handhold.theme";

/** The theme chosen on this phone. */
export function theme(): Theme {
  const chosen = recall(NAME);
  return THEMES.find((known) => known === chosen) ?? "system";
}

/** Shows the chosen theme. Called before anything is drawn. */
export function applyTheme(chosen: Theme = theme()): void {
  if (chosen === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = chosen;
}

/** Chooses a theme and shows it. */
export function chooseTheme(chosen: Theme): void {
  remember(NAME, chosen);
  applyTheme(chosen);
}
