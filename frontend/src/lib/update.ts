/** New versions of the page: fetched in the background, taken over only when nothing is being filled in. */

/** Registers the service worker. `idle` says whether the page may be replaced right now. */
export async function keepUpToDate(idle: () => boolean): Promise<void> {
  if (!("serviceWorker" in navigator) || !import.meta.env.PROD) return;
  const workers = navigator.serviceWorker;
  const hadOne = workers.controller !== null;
  let replaced = false;
  workers.addEventListener("controllerchange", () => {
    if (!hadOne || replaced) return;
    replaced = true;
    location.reload();
  });
  const registration = await workers.register("/sw.js");
  const offer = (): void => {
    if (registration.waiting && idle()) registration.waiting.postMessage("take over");
  };
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") offer();
    else void registration.update().catch(() => undefined);
  });
  offer();
}
