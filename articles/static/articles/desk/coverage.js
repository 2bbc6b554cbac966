// The screen of a live coverage: Ctrl+Enter posts, one click posts once, the browser keeps what is not posted yet, and
// what colleagues post appears by itself. No module: it has to run before the editor takes the text.
{
  const EVERY = 10_000;
  const form = document.querySelector("[data-live-form]");
  const key = form?.dataset.keep;
  const stored = (act) => { try { return act(localStorage); } catch { return null; } };

  const keepTexts = () => {
    const { headline, body } = form.elements;
    if (location.hash === "#posted") stored((kept) => kept.removeItem(key));
    else if (!headline.value && !body.value) {
      [headline.value, body.value] = JSON.parse(stored((kept) => kept.getItem(key)) ?? '["",""]');
    }
    form.addEventListener("input", () => stored((kept) => kept.setItem(key, JSON.stringify([headline.value, body.value]))));
    if (/^#?(posted)?$/.test(location.hash)) {
      form.addEventListener("body-editor:ready", ({ detail }) => detail.editor.view.focus(), { once: true });
    }
  };

  const guard = () => {
    let typed = false;
    form.addEventListener("input", () => { typed = true; });
    form.addEventListener("submit", () => { typed = false; });
    window.addEventListener("beforeunload", (event) => { if (typed) event.preventDefault(); });
  };

  if (form) {
    let isSent = false;
    form.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      event.stopPropagation();
      form.requestSubmit(form.querySelector("[data-send]"));
    }, true);
    form.addEventListener("submit", (event) => {
      if (isSent) event.preventDefault();
      isSent = true;
    });
    window.addEventListener("pageshow", () => { isSent = false; });
    if (key) keepTexts();
    else guard();
  }

  const place = document.querySelector("[data-live-rows]");
  const look = async () => {
    if (document.hidden || place.contains(document.activeElement) || place.querySelector("details[open]")) return;
    try {
      const { stamp } = await (await fetch(place.dataset.liveRows, { cache: "no-store" })).json();
      if (String(stamp) === place.dataset.stamp) return;
      const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
      const rows = page.querySelector("[data-live-rows]");
      if (!rows || place.contains(document.activeElement)) return;
      place.replaceChildren(...rows.childNodes);
      place.dataset.stamp = rows.dataset.stamp;
    } catch { /* no answer, or signed out: the next look may find one */ }
  };
  if (place) setInterval(look, EVERY);
}
