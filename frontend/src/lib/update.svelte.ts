/** New versions of the page: fetched in the background, taken over only when nothing is being filled in, in any tab. */

/** Held, shared, by every tab in which something is being filled in. */
const FILLING = "handhold-filling-in";

/** Holds updates back until the returned function is called. */
function holdBack(): () => void {
  let release: () => void = () => undefined;
  const done = new Promise<void>((resolve) => (release = resolve));
  void navigator.locks?.request(FILLING, { mode: "shared" }, () => done);
  return release;
}

/** Does `act` if no tab of this phone holds updates back. */
async function unlessHeldBack(act: () => void): Promise<void> {
  if (!navigator.locks) return act();
  await navigator.locks.request(FILLING, { ifAvailable: true }, (lock) => lock && act());
}

/** Registers the service worker. `idle` says whether this page may be replaced right now; it may read Svelte's state. */
export async function keepUpToDate(idle: () => boolean): Promise<void> {
  if (!("serviceWorker" in navigator) || !import.meta.env.PROD) return;
  const workers = navigator.serviceWorker;
  const hadOne = workers.controller !== null;
  let replaced = $state(false);
  $effect.root(() => {
    $effect(() => (idle() ? undefined : holdBack()));
    $effect(() => {
      if (replaced && idle()) location.reload();
    });
  });
  workers.addEventListener("controllerchange", () => (replaced = hadOne));
  const registration = await workers.register("/sw.js");
  const offer = (): void => {
    if (!registration.waiting || !idle()) return;
    void unlessHeldBack(() => registration.waiting?.postMessage("take over"));
  };
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") offer();
    else void registration.update().catch(() => undefined);
  });
  offer();
}
