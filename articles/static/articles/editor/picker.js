// A dialog that searches and picks. It hangs on <body>: inside the editor it would be part of the article's form.
import { make, results } from "newsroom-editor/dom";

let number = 0;

// Resolves to the chosen results (one to `most`), or to null when the dialog was closed without a choice.
export const pick = ({ title, endpoint, query = {}, most, chosen = [], draw, add, words }) => new Promise((resolve) => {
  const id = `picker-${++number}`;
  const picked = new Map(chosen.map((result) => [result.id, result]));
  let latest = 0;
  let timer;

  const search = make("input", { type: "search", id, autocomplete: "off", oninput: () => { clearTimeout(timer); timer = setTimeout(load, 200); } });
  const list = make("ul", { class: "picker__results" });
  const status = make("p", { class: "picker__status", role: "status" });
  const done = make("button", { type: "button", class: "desk-button desk-button--primary", onclick: () => finish([...picked.values()]) });
  const dialog = make("dialog", { class: "picker", "aria-labelledby": `${id}-title` },
    make("h2", { id: `${id}-title` }, title),
    make("label", { for: id }, words.search), search, status, list,
    make("p", { class: "picker__buttons" },
      add && make("a", { class: "desk-button picker__add", href: add, target: "_blank", rel: "noopener" }, words.upload),
      make("button", { type: "button", class: "desk-button", onclick: () => dialog.close() }, words.cancel), most > 1 && done));

  const finish = (value) => { dialog.close(); resolve(value); }; // at once, so that no key typed next is lost
  const count = () => { done.disabled = !picked.size; done.textContent = `${words.insert} (${picked.size} / ${most})`; };
  const toggle = (result, button) => {
    if (most === 1) return finish([result]);
    if (!picked.delete(result.id) && picked.size < most) picked.set(result.id, result);
    button.setAttribute("aria-pressed", String(picked.has(result.id)));
    count();
  };
  const load = async () => {
    const mine = ++latest;
    try {
      const found = await results(endpoint, { ...query, q: search.value });
      if (mine !== latest || !dialog.open) return;
      list.replaceChildren(...found.map((result) => {
        const button = make("button", { type: "button", class: "picker__result", "aria-pressed": most > 1 && String(picked.has(result.id)) }, ...draw(result));
        button.addEventListener("click", () => toggle(result, button));
        return make("li", {}, button);
      }));
      status.textContent = found.length ? "" : words.nothing;
    } catch {
      status.textContent = words.failed;
    }
  };

  search.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    clearTimeout(timer);
    load();
  });
  addEventListener("focus", load); // back from the tab where a photo was uploaded
  dialog.addEventListener("close", () => {
    removeEventListener("focus", load);
    dialog.remove();
    resolve(null);
  });
  count();
  document.body.append(dialog);
  dialog.showModal();
  search.focus();
  load();
});

// Asks for the address of a player. Resolves to it, or to null.
export const askEmbed = ({ url, isAllowed, hosts, words }) => askAddress({
  address: url, isAllowed, isRemovable: false, hint: words.embedHint.replace("{hosts}", hosts.join(", ")),
  words: { ...words, link: words.embed, setLink: words.insert, badAddress: words.embedRefused.replace("{hosts}", hosts.join(", ")) },
});

// Asks for one address. Resolves to it, to "" when the link shall go, to null when nothing shall change.
export const askAddress = ({ address, isAllowed, words, isRemovable = true, hint = "" }) => new Promise((resolve) => {
  const id = `picker-${++number}`;
  const input = make("input", { type: "text", inputmode: "url", id, value: address, autocomplete: "off", "aria-describedby": `${id}-hint ${id}-error`, dir: "ltr" });
  const error = make("p", { class: "picker__status", id: `${id}-error`, role: "alert" });
  const finish = (value) => { dialog.close(); resolve(value); };
  const use = () => {
    const typed = input.value.trim();
    const whole = /^[\w-]+(\.[\w-]+)+([/?#]|$)/.test(typed) ? `https://${typed}` : typed;
    if (isAllowed(whole)) return finish(whole);
    error.textContent = words.badAddress;
    input.setAttribute("aria-invalid", "true");
    input.focus();
  };
  const dialog = make("dialog", { class: "picker picker--small", "aria-labelledby": `${id}-title` },
    make("h2", { id: `${id}-title` }, words.link),
    make("label", { for: id }, words.address), hint && make("p", { class: "picker__hint", id: `${id}-hint` }, hint), input, error,
    make("p", { class: "picker__buttons" },
      isRemovable && address && make("button", { type: "button", class: "desk-button", onclick: () => finish("") }, words.unlink),
      make("button", { type: "button", class: "desk-button", onclick: () => dialog.close() }, words.cancel),
      make("button", { type: "button", class: "desk-button desk-button--primary", onclick: use }, words.setLink)));
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    use();
  });
  dialog.addEventListener("close", () => { dialog.remove(); resolve(null); });
  document.body.append(dialog);
  dialog.showModal();
  input.select();
});
