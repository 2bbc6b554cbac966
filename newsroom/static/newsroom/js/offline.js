// On the offline page: the pages that this browser still has.
const list = document.querySelector("[data-kept]");
const titleOf = (html) => new DOMParser().parseFromString(html, "text/html").title;
caches.open("pages-1").then(async (pages) => {
  for (const { url } of (await pages.keys()).reverse()) {
    const link = document.createElement("a");
    link.href = url;
    link.textContent = titleOf(await (await pages.match(url)).text()) || url;
    const item = document.createElement("li");
    item.append(link);
    list.append(item);
  }
  list.closest("section").hidden = !list.children.length;
}).catch(() => { /* no storage: the page says all there is to say */ });
