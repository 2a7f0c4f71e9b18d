/** Hash routes: the server knows one address, "/", and the page opens without a network. */

/** "#/log/2026-05-14" gives ["log", "2026-05-14"]; what cannot be read stays as it is, and names no screen. */
export function parts(hash: string): string[] {
  return hash
    .replace(/^#\/?/, "")
    .split("/")
    .filter(Boolean)
    .map((part) => {
      try {
        return decodeURIComponent(part);
      } catch {
        return part;
      }
    });
}

/** Why an address led to Today: there is no such page, or no log can be written for that day. */
export type Lost = "page" | "day";

const address = (path: string[]): string => "#/" + path.map(encodeURIComponent).join("/");

/** Shows the top of the next screen, in the frame that draws it: asked for at once, the old one would be laid out again. */
function toTop(): void {
  requestAnimationFrame(() => scrollTo(0, 0));
}

class Router {
  path = $state.raw<string[]>([]);
  lost = $state.raw<Lost | null>(null);

  /** The name of the screen: "today", "log", "days", ... */
  get screen(): string {
    return this.path[0] ?? "today";
  }

  /** Follows the address bar, the phone's back key and links that begin with "#/". Called once. */
  start(): void {
    const follow = (): void => {
      const path = parts(location.hash);
      if (address(path) !== address(this.path)) this.#show(path); // one change of the address tells itself twice
    };
    addEventListener("popstate", follow);
    addEventListener("hashchange", follow);
    document.addEventListener("click", (event) => {
      const link = (event.target as Element).closest?.('a[href^="#/"]');
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      this.go(...parts(link.getAttribute("href") ?? ""));
    });
    follow();
  }

  /** Goes to a screen, leaving a step to come back to. */
  go(...path: string[]): void {
    history.pushState({ inside: true }, "", address(path));
    this.#show(path);
    toTop();
  }

  /** Goes to a screen in place of this one, so that Back does not return here. */
  replace(...path: string[]): void {
    history.replaceState(history.state, "", address(path));
    this.#show(path);
    toTop();
  }

  /** Goes to Today, which says why. */
  lose(why: Lost): void {
    this.replace();
    this.lost = why;
  }

  #show(path: string[]): void {
    this.path = path;
    this.lost = null;
  }

  /** One step back: where the person came from, or `otherwise` when they opened this screen first. */
  back(...otherwise: string[]): void {
    if (history.state?.inside) history.back();
    else this.replace(...otherwise);
  }
}

export const router = new Router();
