/// <reference lib="webworker" />
/** Keeps the patient page on the phone so that it opens without a network. It never stores an answer of the API. */
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from "workbox-precaching";
import { NavigationRoute, registerRoute } from "workbox-routing";

declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: { url: string; revision: string | null }[] };

precacheAndRoute(self.__WB_MANIFEST);
cleanupOutdatedCaches();

// Only "/" is the patient page; the clinic, the API, sign-in and the documents go to the network.
registerRoute(new NavigationRoute(createHandlerBoundToURL("/index.html"), { allowlist: [/^\/(\?.*)?$/] }));

// The first visit is enough: take charge of the page that installed us.
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

// A new version waits until the page says that nothing is being filled in.
self.addEventListener("message", (event) => {
  if (event.data === "take over") void self.skipWaiting();
});
