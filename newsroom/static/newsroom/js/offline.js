// On the offline page: the pages that this browser still has, by their titles without the site's name.
const list = document.querySelector("[data-kept]");
const ending = ` – ${document.title.split(" – ").at(-1)}`;
const titleOf = (html) => new DOMParser().parseFromString(html, "text/html").title;
const listed = new Set(); // a gallery's photos are one page
caches.open("pages-1").then(async (pages) => {
  for (const { url } of (await pages.keys()).reverse()) {
    const { pathname } = new URL(url);
    if (pathname.endsWith("/offline/") || listed.has(pathname)) continue;
    listed.add(pathname);
    const link = document.createElement("a");
    link.href = url;
    link.textContent = titleOf(await (await pages.match(url)).text()).replace(ending, "") || url;
    link.dir = "auto";
    const item = document.createElement("li");
    item.append(link);
    list.append(item);
  }
  list.closest("section").hidden = !list.children.length;
}).catch(() => { /* no storage: the page says all there is to say */ });
