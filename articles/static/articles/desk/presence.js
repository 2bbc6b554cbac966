// Says every few seconds that this sheet is open, shows who else has it open, and says good-bye.
const EVERY = 20_000;

export const presence = (form) => {
  const box = document.querySelector("#presence");
  const said = (act = "") => {
    const words = new FormData();
    words.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    words.set("page", form.elements.page.value);
    words.set("act", act);
    return words;
  };
  let shown = box.innerHTML.trim();
  const beat = async () => {
    if (!form.dataset.presence) return; // a new article that was not saved yet
    try {
      const answer = await fetch(form.dataset.presence, { method: "POST", body: said(), redirect: "manual" });
      if (!answer.ok) return;
      const { html } = await answer.json();
      if (html.trim() === shown) return;
      shown = html.trim();
      box.innerHTML = html;
    } catch { /* no connection: the sheet says so when it saves */ }
  };
  addEventListener("pagehide", () => { if (form.dataset.presence) navigator.sendBeacon(form.dataset.presence, said("leave")); });
  addEventListener("pageshow", beat);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) beat(); });
  setInterval(beat, EVERY);
};
