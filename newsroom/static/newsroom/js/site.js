// What every page has: the choice of theme in the footer, and the reader's name in the header.
const root = document.documentElement;
const choice = document.querySelector(".theme");
if (choice) {
  const show = () => choice.querySelectorAll("button").forEach((button) =>
    button.setAttribute("aria-pressed", String((root.dataset.theme || "auto") === button.value)));
  choice.hidden = false;
  choice.addEventListener("click", ({ target }) => {
    if (!target.value) return;
    if (target.value === "auto") delete root.dataset.theme;
    else root.dataset.theme = target.value;
    try {
      if (target.value === "auto") localStorage.removeItem("theme");
      else localStorage.setItem("theme", target.value);
    } catch { /* not kept, but it holds on this page */ }
    show();
  });
  show();
}

// "Sign in" becomes the reader's name. Asks only if the browser holds the hint that somebody is signed in.
const link = document.querySelector("[data-account]");
if (link && /(^|; )signed_in=1/.test(document.cookie)) {
  fetch("/accounts/me/").then((answer) => answer.json()).then(({ name, url }) => {
    if (!name) return;
    link.textContent = name;
    link.dir = "auto";
    link.href = url;
  }).catch(() => { /* the plain link stays */ });
  const keep = document.querySelector("[data-keep]");
  if (keep) import(keep.dataset.keep);
}

// Keeps the pages that are read, for when there is no line.
navigator.serviceWorker?.register("/sw.js").catch(() => { /* the site works without */ });

// Says that the page was opened: a number, nobody's.
const read = document.querySelector("[data-seen]");
if (read && navigator.sendBeacon) navigator.sendBeacon(`/seen/${read.dataset.seen}/`);
