/** How Handhold gets on the home screen of this phone, and whether it is there. */

/** Chromium's own offer; it comes once, early, and can be shown once. */
import { recall, remember } from "../../lib/remembered";
type Offer = Event & { prompt(): Promise<{ outcome: "accepted" | "dismissed" }> };

/** What to tell: it is there, one tap does it, the share sheet, the browser's menu, or the browser of a desk. */
export type Way = "there" | "one_tap" | "share" | "menu" | "desk";

const TOLD = "handhold.install";

class Install {
  #offer = $state.raw<Offer | null>(null);
  #done = $state(false);
  /** The patient has read about it, or has put it off. */
  told = $state(true);

  get way(): Way {
    if (this.#done || opensByItself()) return "there";
    if (this.#offer) return "one_tap";
    const { userAgent, maxTouchPoints } = navigator;
    // An iPad calls itself a Macintosh, but no Macintosh is touched.
    if (/iPhone|iPad|iPod/.test(userAgent) || (/Macintosh/.test(userAgent) && maxTouchPoints > 1))
      return "share";
    return /Android/.test(userAgent) ? "menu" : "desk";
  }

  /** Waits for the browser's offer. Called before anything else is loaded. */
  wait(): void {
    this.told = recall(TOLD) !== null;
    addEventListener("beforeinstallprompt", (event) => {
      event.preventDefault();
      this.#offer = event as Offer;
    });
    addEventListener("appinstalled", () => (this.#done = true));
  }

  /** Takes the browser's offer: it asks the patient once more. */
  async take(): Promise<void> {
    const offer = this.#offer;
    this.#offer = null;
    await offer?.prompt();
  }

  /** Does not bring it up again by itself. */
  tell(): void {
    this.told = true;
    remember(TOLD, "told");
  }
}

/** True when this page was opened from the home screen. */
export function opensByItself(): boolean {
  return (
    matchMedia("(display-mode: standalone)").matches ||
    ("standalone" in navigator && navigator.standalone === true)
  );
}

export const install = new Install();
