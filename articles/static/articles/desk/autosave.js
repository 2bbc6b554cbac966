// Saves what is typed every ten seconds and when the person turns away. Until the server has it, the browser keeps it:
// after a lost connection, a crash or an expired session the text is offered back.
const EVERY = 10_000;

export const autosave = (form) => {
  const words = document.querySelector("#autosave-words").dataset;
  const line = document.querySelector("[data-saved]");
  const key = `article-${form.dataset.writer}-${form.dataset.autosave}`;
  const ahead = Date.parse(form.dataset.now) - Date.now(); // the server's clock is this much ahead of ours
  const state = { isDirty: false, isSending: false, isLeaving: false, hasOther: Boolean(document.querySelector(".errornote, .conflict[role=alert], [data-unsaved]")) };

  const entries = () => [...new FormData(form)].filter(([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken");
  const keep = (isSent = false) => { try { localStorage[key] = JSON.stringify({ at: Date.now() + ahead, isSent, entries: entries() }); } catch { /* no room: the page still holds it */ } };
  const forget = () => { try { localStorage.removeItem(key); } catch { /* nothing was kept */ } };
  const say = (text, ...more) => { line.replaceChildren(text, ...more); line.classList.toggle("is-bad", more.length > 0 || state.isDirty); };
  const button = (label, act) => {
    const made = document.createElement("button");
    Object.assign(made, { type: "button", className: "desk-link", textContent: label, onclick: act });
    return made;
  };

  const adopt = ({ base, saves, url, preview, saved, checks }) => {
    form.elements.base.value = base;
    if (form.elements.saves) form.elements.saves.value = saves;
    if (!form.action.endsWith(url)) { // a new article has an address from now on
      form.action = url;
      form.dataset.autosave = `${preview.replace(/preview\/$/, "")}autosave/`;
      form.dataset.presence = preview.replace(/preview\/$/, "presence/");
      history.replaceState(null, "", url);
      document.querySelector("[data-new]")?.remove();
    }
    const panel = document.querySelector("#checks");
    if (panel && checks) panel.outerHTML = checks;
    if (!state.isDirty) { forget(); say(saved); }
  };

  let soon;
  const send = async () => {
    if (!state.isDirty || state.isSending || state.isLeaving) return;
    state.isSending = true;
    state.isDirty = false;
    clearTimeout(soon);
    keep();
    try {
      const answer = await fetch(form.dataset.autosave, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" }, redirect: "manual" });
      if (answer.type === "opaqueredirect" || answer.status === 403) throw words.out;
      const said = await answer.json();
      if (!answer.ok) throw said.error;
      adopt(said);
    } catch (error) {
      state.isDirty = true;
      keep();
      const sentence = typeof error === "string" ? error : words.failed;
      say(`${sentence} `, button(words.retry, send));
    } finally {
      state.isSending = false;
    }
  };

  const typed = (event) => {
    if (event?.target.matches?.("[name=note], [name=publish_at], [name=embargo_until], [name=expires_at]")) state.hasOther = true;
    state.isDirty = true;
    clearTimeout(soon);
    soon = setTimeout(() => keep(), 500);
  };
  form.addEventListener("input", typed);
  form.addEventListener("change", typed);
  form.addEventListener("submit", () => { keep(true); state.isLeaving = true; });
  addEventListener("pageshow", () => { state.isLeaving = false; });
  addEventListener("beforeunload", (event) => { if (!state.isLeaving && (state.isDirty || state.isSending || state.hasOther)) event.preventDefault(); });
  addEventListener("online", send);
  addEventListener("blur", send);
  document.addEventListener("visibilitychange", () => { if (document.hidden) { if (state.isDirty) keep(); send(); } });
  setInterval(send, EVERY);

  offer({ form, key, words, forget, typed });
};

// Text that this browser kept and the server has not is offered back; the server shows it in the form, unsaved.
const offer = ({ form, key, words, forget }) => {
  let kept;
  try { kept = JSON.parse(localStorage[key] ?? "null"); } catch { return; }
  if (!kept) return;
  const isShown = document.querySelector("[data-unsaved], .errornote, .conflict[role=alert]");
  const isSaved = kept.isSent && form.dataset.edited && Date.parse(form.dataset.edited) >= kept.at - 1500;
  if (isShown) return;
  const now = JSON.stringify([...new FormData(form)].filter(([name]) => ["headline", "standfirst", "body"].includes(name)));
  const then = JSON.stringify(kept.entries.filter(([name]) => ["headline", "standfirst", "body"].includes(name)));
  if (isSaved || now === then) return forget();
  const box = document.createElement("div");
  box.className = "conflict";
  box.setAttribute("role", "status");
  const text = document.createElement("p");
  text.textContent = words.found.replace("TIME", new Date(kept.at).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" }));
  const back = Object.assign(document.createElement("button"), { type: "button", className: "desk-button desk-button--primary", textContent: words.back });
  const away = Object.assign(document.createElement("button"), { type: "button", className: "desk-button", textContent: words.discard });
  back.addEventListener("click", () => {
    const again = Object.assign(document.createElement("form"), { method: "post", action: form.action, hidden: true });
    const sent = [...kept.entries.filter(([name]) => name !== "act"), ["act", "bring_back"], ["csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value]];
    for (const [name, value] of sent) {
      const field = document.createElement("textarea");
      field.name = name;
      field.value = value;
      again.append(field);
    }
    document.body.append(again);
    again.submit();
  });
  away.addEventListener("click", () => { forget(); box.remove(); });
  box.append(text, back, " ", away);
  form.querySelector(".sheet-bar").after(box);
};
