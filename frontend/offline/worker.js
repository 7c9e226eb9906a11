// What works without a network (`/sw.js`). The build fills in the braces (xtask/src/offline.rs).
//
// A page is asked of the network first, so that whoever has one always reads the law of today; what is kept answers where the
// network does not. Everything under /assets carries its hash in its name, so that old and new never mix: each page
// finds the files of its own release, here or there. Neither the API's answers nor config.json are ever kept, and
// nothing personal passes through here. The desk is let past untouched.

// Names the programs, styles and documents that belong together; each page of the portal says the same of itself.
const RELEASE = "{{release}}";
// Names them with the pages: what is kept lies under this name.
const KEPT = "anju-{{version}}";
// What everybody may need: pages by their addresses, other files by address and hash.
const SHELL = JSON.parse(`{{shell}}`);
// What whoever has visited a place may need, by the place's id.
const PLACES = JSON.parse(`{{places}}`);
// Shown where there is no network and the page asked for is not kept.
const NOTHING = "/offline";
// How long the network may take for a page that is kept.
const PATIENCE_MS = 4000;
// The longest wait between two tries to fetch what is to be kept.
const LONGEST_MS = 32_000;

const isDesk = (path) => path === "/desk" || path.startsWith("/desk/");
const plain = (path) => (path.length > 1 ? path.replace(/\/+$/, "") : path);
const sparing = () => Boolean(self.navigator.connection?.saveData);

const ours = async () => (await caches.keys()).filter((name) => name.startsWith("anju-"));

// A page as it is kept: of this release, and without what a host adds on the way (a redirect, a compression).
async function copyOfPage(answer) {
  const text = await answer.text();
  if (!answer.ok || !text.includes(`data-release="${RELEASE}"`)) return undefined;
  const headers = new Headers(answer.headers);
  headers.delete("content-encoding");
  headers.delete("content-length");
  return new Response(text, { headers });
}

// A line that is lost comes back: what was begun waits for it, a minute in all.
async function fetched(address, options) {
  for (let wait = 1000; ; wait *= 2) {
    try {
      return await fetch(address, options);
    } catch (error) {
      if (wait > LONGEST_MS) throw error;
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
}

// Keeps one file, unless it is kept; one with a hash in its name may come from an earlier release.
async function keep(cache, [address, integrity]) {
  if (await cache.match(address)) return;
  if (integrity) {
    const held = await caches.match(address);
    const file = held ?? (await fetched(address, { integrity, priority: "low" }));
    if (!file.ok) throw new Error(`${address}: ${file.status}`);
    return cache.put(address, file);
  }
  const page = await copyOfPage(await fetched(address, { priority: "low" }));
  if (!page) throw new Error(`${address} is of another release`);
  return cache.put(address, page);
}

// One after the other: whoever reads meanwhile has the line for himself.
async function keepAll(files) {
  const cache = await caches.open(KEPT);
  for (const file of files) await keep(cache, file);
}

self.addEventListener("install", (event) => {
  // Pages of an earlier release go on with their own files, so that nobody has to wait for them to be closed.
  self.skipWaiting();
  if (!sparing()) event.waitUntil(keepAllAgain());
});

// With what everybody keeps, the places of which an earlier release kept anything.
async function keepAllAgain() {
  const files = [...SHELL];
  for (const [place, its] of Object.entries(PLACES)) if (await caches.match(`/${place}`)) files.push(...its);
  await keepAll(files);
}

self.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      await self.registration.navigationPreload?.enable();
      await self.clients.claim();
      for (const page of await pages()) page.postMessage({ release: RELEASE });
    })(),
  );
});

// Open pages of the portal.
async function pages() {
  const all = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  return all.filter((page) => !isDesk(new URL(page.url).pathname));
}

// Which release each open page said that it is of.
const said = new Map();

// Forgets what earlier releases kept, once every open page is of this one; who has not said so is asked.
async function tidy() {
  const open = await pages();
  for (const page of open) if (!said.has(page.id)) page.postMessage({ release: RELEASE, ask: true });
  if (!open.every((page) => said.get(page.id) === RELEASE)) return;
  for (const name of await ours()) if (name !== KEPT) await caches.delete(name);
}

// A page says of which release it is.
self.addEventListener("message", (event) => {
  const { source, data } = event;
  if (!source?.url || !data?.release) return;
  said.set(source.id, data.release);
  const place = PLACES[new URL(source.url).pathname.split("/")[1]];
  event.waitUntil(
    (async () => {
      if (data.release !== RELEASE) await tellIfNewer(source);
      await tidy();
      if (data.release === RELEASE) await keepAll((data.loaded ?? []).map(known).filter(Boolean));
      if (place && !sparing()) await keepAll(place);
    })(),
  );
});

// A page of another release may be older, or come from the network and be newer than this: only the server can say.
async function tellIfNewer(page) {
  const { registration } = self;
  const asked = await registration.update().then(() => true, () => false);
  if (asked && !registration.installing && !registration.waiting) page.postMessage({ release: RELEASE });
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin || isDesk(url.pathname)) return;
  if (request.mode === "navigate") {
    if (!url.pathname.startsWith("/api/")) event.respondWith(page(event, plain(url.pathname)));
  } else if (url.pathname.startsWith("/assets/")) {
    event.respondWith(asset(event, url.pathname));
  }
});

const known = (path) => [SHELL, ...Object.values(PLACES)].flat().find(([address]) => address === path);

async function asset(event, path) {
  const client = await self.clients.get(event.clientId);
  if (client && isDesk(new URL(client.url).pathname)) return fetch(event.request);
  const held = await caches.match(path);
  if (held) return held;
  const answer = await fetch(event.request);
  if (answer.ok && known(path)) {
    const copy = answer.clone();
    event.waitUntil(caches.open(KEPT).then((cache) => cache.put(path, copy)));
  }
  return answer;
}

async function page(event, path) {
  const network = (async () => (await event.preloadResponse) ?? fetch(event.request))();
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
  const answer = await Promise.race([network.catch(() => undefined), late]);
  if (answer && answer.status < 500) {
    if (answer.ok && known(path)) {
      const copy = answer.clone();
      event.waitUntil(keepPage(path, copy));
    }
    return answer;
  }
  const cache = await caches.open(KEPT);
  const held = await cache.match(path);
  if (held) return held;
  return network.catch(async (error) => (await cache.match(NOTHING)) ?? Promise.reject(error));
}

async function keepPage(path, answer) {
  const cache = await caches.open(KEPT);
  if (await cache.match(path)) return;
  const copy = await copyOfPage(answer);
  if (copy) await cache.put(path, copy);
}
