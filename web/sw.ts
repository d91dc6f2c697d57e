/** Service worker of the page: what it needs to show the emergency number and the first step without a network. */

interface WorkerEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}

interface FetchEvent extends WorkerEvent {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}

const CACHE = "unknot-1";
const PAGE = ["/", "/page.css", "/page.js", "/widget.js", "/favicon.svg"];
/** A network that does not answer in this time counts as none: somebody is in pain. */
const PATIENCE = 3_000;

self.addEventListener("install", (event) => {
  (event as WorkerEvent).waitUntil(caches.open(CACHE).then((cache) => cache.addAll(PAGE)));
});

self.addEventListener("activate", (event) => {
  (event as WorkerEvent).waitUntil(
    caches.keys().then((names) => Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name)))),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event as FetchEvent;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (PAGE.includes(pathname) || pathname.startsWith("/pictures/")) (event as FetchEvent).respondWith(answer(request));
});

/** From the network, kept for later; from what was kept where there is none. */
async function answer(request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  try {
    const fresh = await fetch(request, { signal: AbortSignal.timeout(PATIENCE) });
    if (fresh.ok) await cache.put(request, fresh.clone());
    return fresh;
  } catch (error) {
    const kept = await cache.match(request, { ignoreSearch: true });
    if (kept !== undefined) return kept;
    throw error;
  }
}
