// A dialog that searches and picks. It hangs on <body>: inside the editor it would be part of the admin's form.
const gettext = (text) => (window.gettext ? window.gettext(text) : text);

export const make = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
};

export const fetchResults = async (endpoint, query) => {
  const address = new URL(endpoint, location.href);
  for (const [name, value] of Object.entries(query)) address.searchParams.set(name, value);
  const response = await fetch(address, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(String(response.status));
  return (await response.json()).results;
};

// Resolves to the chosen results (at most `most`), or null when the dialog was closed.
export const pick = ({ title, endpoint, most, draw }) => new Promise((resolve) => {
  const chosen = new Map();
  const search = make("input", { type: "search", id: "picker-search", autocomplete: "off" });
  const list = make("div", { class: "picker__results", role: "group", "aria-label": gettext("Results") });
  const status = make("p", { class: "picker__status", role: "status" });
  const done = make("button", { type: "button", class: "desk-button desk-button--primary", disabled: true }, gettext("Insert"));
  const cancel = make("button", { type: "button", class: "desk-button" }, gettext("Cancel"));
  const dialog = make("dialog", { class: "picker", "aria-label": title },
    make("h2", {}, title), make("label", { for: "picker-search" }, gettext("Search")), search, status, list,
    make("p", { class: "picker__buttons" }, done, cancel));

  const finish = (value) => { dialog.close(); dialog.remove(); resolve(value); };
  const toggle = (result, button) => {
    if (most === 1) return finish([result]);
    if (chosen.has(result.id)) chosen.delete(result.id);
    else if (chosen.size < most) chosen.set(result.id, result);
    button.setAttribute("aria-pressed", String(chosen.has(result.id)));
    done.disabled = !chosen.size;
  };
  let latest = 0;
  const load = async () => {
    const mine = ++latest;
    try {
      const results = await fetchResults(endpoint, { q: search.value });
      if (mine !== latest) return;
      list.replaceChildren(...results.map((result) => {
        const button = make("button", { type: "button", class: "picker__result", "aria-pressed": String(chosen.has(result.id)) }, ...draw(result));
        button.addEventListener("click", () => toggle(result, button));
        return button;
      }));
      status.textContent = results.length ? "" : gettext("Nothing found. Try fewer words.");
    } catch {
      status.textContent = gettext("The search did not answer. Try again.");
    }
  };
  let timer;
  search.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(load, 200); });
  search.addEventListener("keydown", (event) => { if (event.key === "Enter") { event.preventDefault(); load(); } });
  done.addEventListener("click", () => finish([...chosen.values()]));
  cancel.addEventListener("click", () => finish(null));
  dialog.addEventListener("cancel", (event) => { event.preventDefault(); finish(null); });
  document.body.append(dialog);
  dialog.showModal();
  load();
});
