// The toolbar of the body: one tab stop, arrow keys inside, states as aria-pressed.
import { icon, make } from "newsroom-editor/dom";
import { INSERTS, TABLE_ACTS } from "newsroom-editor/inserts";

const PLUS = "M12 5v14M5 12h14";
const TOOLS = [
  ["bold", { letter: "B" }, (chain) => chain.toggleBold(), (editor) => editor.isActive("bold")],
  ["italic", { letter: "I" }, (chain) => chain.toggleItalic(), (editor) => editor.isActive("italic")],
  ["heading", { letter: "H" }, (chain) => chain.toggleHeading({ level: 2 }), (editor) => editor.isActive("heading", { level: 2 })],
  ["quote", { drawing: "M10 7H5v5h5zM10 12c0 3-1 4-4 5M19 7h-5v5h5zM19 12c0 3-1 4-4 5" }, (chain) => chain.toggleBlockquote(), (editor) => editor.isActive("blockquote")],
  ["bullets", { drawing: "M9 6h11M9 12h11M9 18h11M4 6v.01M4 12v.01M4 18v.01" }, (chain) => chain.toggleBulletList(), (editor) => editor.isActive("bulletList")],
  ["numbers", { drawing: "M10 6h10M10 12h10M10 18h10M4 5l1.500-1v5M4 14.500c2-1.500 3 .5 0 3.500h3" }, (chain) => chain.toggleOrderedList(), (editor) => editor.isActive("orderedList")],
  ["link", { drawing: "M10 14a4 4 0 006 0l3-3a4 4 0 00-6-6l-1 1M14 10a4 4 0 00-6 0l-3 3a4 4 0 006 6l1-1" }, (chain) => chain.editLink(), (editor) => editor.isActive("link")],
  null,
  ["related", { drawing: PLUS, isNamed: true }, (chain) => chain.chooseRelated()],
  ["photo", { drawing: PLUS, isNamed: true }, (chain) => chain.choosePhoto()],
  ["more", { drawing: PLUS, isNamed: true }],
  null,
  ["undo", { drawing: "M9 7L4 12l5 5M4 12h10a6 6 0 016 6" }, (chain) => chain.undo(), null, (editor) => editor.can().undo()],
  ["redo", { drawing: "M15 7l5 5-5 5M20 12H10a6 6 0 00-6 6" }, (chain) => chain.redo(), null, (editor) => editor.can().redo()],
];

const face = (words, name, { letter, drawing, isNamed }) => [
  letter ? make("span", { class: `editor-letter editor-letter--${name}`, "aria-hidden": "true" }, letter) : icon(drawing),
  isNamed ? words[`${name}Short`] ?? words[name] : "",
];

// Tab reaches one button; left, right, Home and End move between them.
const roving = (bar) => {
  const buttons = [...bar.querySelectorAll(":scope > button")];
  const enter = (button) => {
    for (const other of buttons) other.tabIndex = other === button ? 0 : -1;
    button.focus();
  };
  buttons.forEach((button, index) => { button.tabIndex = index ? -1 : 0; });
  bar.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key] * (getComputedStyle(bar).direction === "rtl" ? -1 : 1);
    const at = buttons.indexOf(document.activeElement);
    const wanted = event.key === "Home" ? 0 : event.key === "End" ? buttons.length - 1 : (at + step + buttons.length) % buttons.length;
    if (Number.isNaN(wanted)) return;
    event.preventDefault();
    enter(buttons[wanted]);
  });
};

// A button that opens a menu. Arrow keys move in it, Escape leads back.
const menu = (button, editor, words, entries, label) => {
  const id = `${button.dataset.tool}-menu-${editor.view.dom.id}`;
  const list = make("div", { class: "editor-menu", role: "menu", id, "aria-label": label, hidden: true });
  const show = (isOpen) => { list.hidden = !isOpen; button.setAttribute("aria-expanded", String(isOpen)); };
  for (const [name, run] of entries) {
    list.append(make("button", { type: "button", role: "menuitem", tabindex: "-1", "data-tool": name, onclick: () => {
      show(false);
      editor.view.focus();
      run(editor.chain()).run();
    } }, words[name]));
  }
  button.setAttribute("aria-haspopup", "menu");
  button.setAttribute("aria-controls", id);
  show(false);
  button.addEventListener("click", () => {
    show(list.hidden);
    if (!list.hidden) list.firstElementChild.focus();
  });
  list.addEventListener("keydown", (event) => {
    const items = [...list.children];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") { show(false); button.focus(); }
    else if (step) items[(items.indexOf(document.activeElement) + step + items.length) % items.length].focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  addEventListener("focusin", ({ target }) => { if (!list.contains(target) && target !== button) show(false); });
  addEventListener("pointerdown", ({ target }) => { if (!list.contains(target) && !button.contains(target)) show(false); });
  return list;
};

// What can be done to the table the caret is in; not there otherwise.
const tableBar = (editor, words) => {
  const bar = make("div", { class: "editor-bar editor-bar--table", role: "toolbar", "aria-label": words.table, hidden: true });
  for (const [name, run] of TABLE_ACTS) {
    const button = make("button", { type: "button", "data-tool": name, onclick: () => { editor.view.focus(); run(editor.chain()).run(); } }, words[name]);
    button.addEventListener("mousedown", (event) => event.preventDefault());
    bar.append(button);
  }
  roving(bar);
  editor.on("transaction", () => { bar.hidden = !editor.isActive("table"); });
  return bar;
};

export const toolbar = (editor, words, keys, id) => {
  const bar = make("div", { class: "editor-bar", role: "toolbar", "aria-label": words.toolbar, "aria-controls": id });
  const tools = [];
  for (const tool of TOOLS) {
    if (!tool) {
      bar.append(make("span", { class: "editor-bar__gap", role: "separator", "aria-orientation": "vertical" }));
      continue;
    }
    const [name, looks, run, isOn, can] = tool;
    const title = keys[name] ? `${words[name]} (${keys[name]})` : words[name];
    const button = make("button", { type: "button", "aria-label": words[name], title, "data-tool": name, "aria-pressed": isOn && "false" }, ...face(words, name, looks));
    button.addEventListener("mousedown", (event) => event.preventDefault()); // the selection stays
    bar.append(button);
    if (!run) {
      bar.append(menu(button, editor, words, INSERTS.filter(([insert]) => !["photo", "related"].includes(insert)), words.insertPart));
      continue;
    }
    button.addEventListener("click", () => {
      if (button.getAttribute("aria-disabled") === "true") return;
      editor.view.focus();
      run(editor.chain()).run();
    });
    tools.push({ button, isOn, can });
  }
  const show = () => {
    for (const { button, isOn, can } of tools) {
      if (isOn) button.setAttribute("aria-pressed", String(isOn(editor)));
      if (can) button.setAttribute("aria-disabled", String(!can(editor)));
    }
  };
  editor.on("transaction", show);
  show();
  roving(bar);
  return [bar, tableBar(editor, words)];
};
