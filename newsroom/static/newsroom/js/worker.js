// Keeps the last pages that were read, and shows them, dated, when there is no line. With a line it only listens.
const { offline, apart, parts: needed, words, language } = self.known;
const PAGES = "pages-1", PARTS = "parts-1", KEPT_AT = "x-kept-at";
const MOST = { [PAGES]: 40, [PARTS]: 200 };

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(PARTS).then((parts) => parts.addAll([offline, ...needed])).then(() => self.skipWaiting()));
});

const isApart = (url) => apart.some((start) => new URL(url).pathname.startsWith(start));

// The page with which the worker came is kept too.
const keepOpenPages = async () => {
  const open = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  for (const { url } of open) if (!isApart(url)) await learn(new Request(url), await fetch(url));
};

self.addEventListener("activate", (event) => {
  event.waitUntil(caches.keys()
    .then((names) => Promise.all(names.filter((name) => !(name in MOST)).map((name) => caches.delete(name))))
    .then(() => self.clients.claim()).then(keepOpenPages).catch(() => { /* no line just now */ }));
});

// The oldest go first: a cache lists its entries in the order in which they came.
const trim = async (cache, most) => {
  const keys = await cache.keys();
  await Promise.all(keys.slice(0, Math.max(0, keys.length - most)).map((key) => cache.delete(key)));
};

const keep = async (name, request, answer) => {
  const cache = await caches.open(name);
  await cache.delete(request);
  await cache.put(request, answer);
  await trim(cache, MOST[name]);
};

const dated = async (answer) => {
  const headers = new Headers(answer.headers);
  headers.set(KEPT_AT, String(Date.now()));
  return new Response(await answer.blob(), { status: answer.status, headers });
};

const isForAll = ({ headers }) => !/no-store|private/.test(headers.get("cache-control") || "");

// A page that may no longer be read is forgotten at once.
const learn = async (request, answer) => {
  if (answer.status === 404 || answer.status === 410) await (await caches.open(PAGES)).delete(request);
  else if (answer.ok && !answer.redirected && isForAll(answer)) await keep(PAGES, request, await dated(answer));
};

const escaped = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

const withNote = async (kept) => {
  const html = await kept.text();
  const spoken = (/<html[^>]* lang="([\w-]+)"/.exec(html) || [])[1];
  const code = spoken in words ? spoken : language;
  const when = new Intl.DateTimeFormat(code, { dateStyle: "long", timeStyle: "short" })
    .format(Number(kept.headers.get(KEPT_AT)));
  const note = `<p class="note note--warn" role="status" lang="${code}">${escaped(words[code].replace("{when}", when))}</p>`;
  return new Response(html.replace(/<main\b/, `${note}<main`), { headers: kept.headers });
};

const page = async (event) => {
  try {
    const answer = await fetch(event.request);
    event.waitUntil(learn(event.request, answer.clone()));
    return answer;
  } catch {
    const kept = await (await caches.open(PAGES)).match(event.request);
    return kept ? withNote(kept) : (await caches.match(offline)) || Response.error();
  }
};

const part = async (event) => {
  try {
    const answer = await fetch(event.request);
    if (answer.ok && answer.status === 200 && isForAll(answer)) event.waitUntil(keep(PARTS, event.request, answer.clone()));
    return answer;
  } catch {
    return (await caches.match(event.request)) || Response.error();
  }
};

self.addEventListener("fetch", (event) => {
  const { request } = event, { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin || isApart(request.url)) return;
  if (request.mode === "navigate") event.respondWith(page(event));
  else if (/^\/(static|photos)\//.test(pathname) && !request.headers.has("range")) event.respondWith(part(event));
});
