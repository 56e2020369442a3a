/** Keeps the page's own files by their hash, so that it starts without a network. Nothing else is kept. */

const RELEASE = {"name": "", "files": {}};

const CACHE = `sheetrecord ${RELEASE.name}`;
const SITE = new URL("./", self.location.href);

/** What is the same as in an earlier release is taken over; the rest is fetched, and only then is it one. */
async function keep() {
  const cache = await caches.open(CACHE);
  const earlier = (await caches.keys()).filter((name) => name.startsWith("sheetrecord ") && name !== CACHE);
  await Promise.all(Object.entries(RELEASE.files).map(async ([name, hash]) => {
    const address = new URL(name, SITE).href;
    for (const known of earlier) {
      const held = await (await caches.open(known)).match(address);
      if (held?.headers.get("X-Digest") === hash) return cache.put(address, held);
    }
    const response = await fetch(address, {cache: "no-cache"});
    if (!response.ok) throw new Error(`${name}: ${response.status}`);
    const data = await response.arrayBuffer();
    const found = [...new Uint8Array(await crypto.subtle.digest("SHA-256", data))].map((one) => one.toString(16).padStart(2, "0")).join("");
    if (found !== hash) throw new Error(`${name} is of another release`);
    const headers = {"Content-Type": response.headers.get("Content-Type") || "", "X-Digest": hash};
    return cache.put(address, new Response(data, {headers}));
  }));
}

self.addEventListener("install", (event) => event.waitUntil(keep()));

self.addEventListener("activate", (event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) if (name.startsWith("sheetrecord ") && name !== CACHE) await caches.delete(name);
  await self.clients.claim();
})()));

/** The page says when the newer release may take over: never by itself. */
self.addEventListener("message", (event) => { if (event.data === "take over") self.skipWaiting(); });

self.addEventListener("fetch", (event) => {
  const {request} = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== SITE.origin) return;
  url.search = "";
  url.hash = "";
  if (url.href === SITE.href) url.href = new URL("index.html", SITE).href;
  event.respondWith(caches.open(CACHE).then((cache) => cache.match(url.href)).then((held) => held || fetch(request)));
});
