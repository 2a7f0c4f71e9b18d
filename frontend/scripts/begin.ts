/**
 * When the patient's page asks for its scripts. On a slow line nothing competes with the first paint, which needs the
 * page alone. Then Today and the protocol come, and the log follows when the first small file has arrived: Today runs
 * while the log is on its way. A page from this phone's own copy asks for everything at once. A page that nobody sees
 * yet is not painted, so it waits for no paint.
 */
const BEGIN = `
(() => {
  let begun = false;
  const ask = (which) => {
    for (const link of document.querySelectorAll("link[data-" + which + "]")) {
      link.remove();
      link.rel = link.dataset[which];
      document.head.append(link);
    }
  };
  const begin = () => {
    if (begun) return;
    begun = true;
    const first = document.querySelector("link[data-rel]");
    const rest = () => ask("then");
    if (!navigator.serviceWorker?.controller) first.onload = first.onerror = rest;
    ask("rel");
    if (!first.onload) rest();
    import("ENTRY");
  };
  if (document.hidden || navigator.serviceWorker?.controller) return begin();
  try {
    new PerformanceObserver(begin).observe({ type: "paint", buffered: true });
    setTimeout(begin, 1000);
  } catch {
    begin();
  }
})();
`;
const ENTRY = /\s*<script type="module" crossorigin src="([^"]+)"><\/script>/;
const EARLY = /\s*<link rel="modulepreload" crossorigin href="([^"]+)">/g;
const LINKS = "<!-- links -->";

const link = (when: "rel" | "then", rel: string, href: string, more = ""): string =>
  `<link data-${when}="${rel}" crossorigin href="${href}"${more}>`;

/** The built page with its scripts, and those of the log, put where BEGIN asks for them. Throws for another page. */
export function begunAfterPaint(html: string, scripts: string[], styles: string[]): string {
  const entry = ENTRY.exec(html)?.[1];
  if (!entry || !html.includes(LINKS))
    throw new Error(`The page has no script, or no place for links: ${LINKS}`);
  const first = [entry, ...[...html.matchAll(EARLY)].map(([, href]) => href!)];
  const after = [
    ...scripts.map((file) => link("then", "modulepreload", `/${file}`, ' fetchpriority="low"')),
    ...styles.map((file) => link("then", "stylesheet", `/${file}`, ' media="print"')),
  ];
  const links = [...first.map((href) => link("rel", "modulepreload", href)), LINKS, ...after];
  const begin = BEGIN.replace("ENTRY", entry).replace(/\n\s*/g, "");
  return html
    .replace(ENTRY, "")
    .replace(EARLY, "")
    .replace(LINKS, `${links.join("")}<script>${begin}</script>`);
}
