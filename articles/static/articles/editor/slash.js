// "/" in an empty paragraph opens a list of what can be inserted; typing on narrows it, Enter takes, Escape closes.
import { Extension, pm } from "django-prose-editor/editor";
import { make } from "newsroom-editor/dom";
import { INSERTS } from "newsroom-editor/inserts";

const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

// The letters after the slash, if the caret stands behind them in a paragraph that holds nothing else; otherwise null.
const typed = ({ selection: { $from, empty } }) => {
  if (!empty || $from.depth !== 1 || $from.parent.type.name !== "paragraph" || $from.parentOffset !== $from.parent.content.size) return null;
  return /^\/([\p{L}\p{N} ]{0,20})$/u.exec($from.parent.textContent)?.[1] ?? null;
};

let number = 0;

class Menu {
  constructor(editor, words) {
    Object.assign(this, { editor, words, at: 0, found: [], isOpen: false, closedAt: null });
    this.id = `slash-${++number}`;
    this.list = make("ul", { class: "editor-slash", role: "listbox", id: this.id, "aria-label": words.insertPart, hidden: true });
    this.list.addEventListener("mousedown", (event) => {
      event.preventDefault(); // the caret stays
      const item = event.target.closest("[data-index]");
      if (item) this.take(Number(item.dataset.index));
    });
    document.body.append(this.list);
  }

  update() {
    const word = typed(this.editor.state);
    const place = this.editor.state.selection.$from.depth ? this.editor.state.selection.$from.before(1) : null;
    if (word === null) this.closedAt = null;
    if (word === null || this.closedAt === place || !this.editor.view.hasFocus()) return this.close();
    this.found = INSERTS.filter(([name]) => fold(this.words[name]).includes(fold(word.trim())));
    if (!this.found.length) return this.close();
    this.at = Math.min(this.at, this.found.length - 1);
    this.draw();
  }

  draw() {
    this.list.replaceChildren(...this.found.map(([name], index) => make("li", {
      role: "option", id: `${this.id}-${index}`, "data-index": index, "aria-selected": String(index === this.at),
    }, this.words[name])));
    const { left, bottom } = this.editor.view.coordsAtPos(this.editor.state.selection.from);
    this.list.hidden = false;
    this.isOpen = true;
    this.list.style.setProperty("inset-block-start", `${bottom + scrollY + 4}px`);
    this.list.style.setProperty("left", `${Math.max(8, Math.min(left + scrollX, scrollX + innerWidth - this.list.offsetWidth - 8))}px`);
    const box = this.editor.view.dom;
    box.setAttribute("aria-controls", this.id);
    box.setAttribute("aria-activedescendant", `${this.id}-${this.at}`);
  }

  close() {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.at = 0;
    this.list.hidden = true;
    this.editor.view.dom.removeAttribute("aria-controls");
    this.editor.view.dom.removeAttribute("aria-activedescendant");
  }

  take(index) {
    const [, run] = this.found[index];
    const { $from } = this.editor.state.selection;
    this.close();
    this.editor.view.dispatch(this.editor.state.tr.delete($from.start(1), $from.end(1)));
    run(this.editor.chain()).run();
  }

  key(event) {
    if (!this.isOpen || event.ctrlKey || event.metaKey || event.altKey) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      this.at = (this.at + step + this.found.length) % this.found.length;
      this.draw();
    } else if (event.key === "Enter" || event.key === "Tab") this.take(this.at);
    else if (event.key === "Escape") {
      this.closedAt = this.editor.state.selection.$from.before(1);
      this.close();
    } else return false;
    return true;
  }

  destroy() { this.list.remove(); }
}

export const NewsSlash = Extension.create({
  name: "newsSlash",
  priority: 1000, // its keys come before those of the text
  addOptions: () => ({ words: {} }),
  addProseMirrorPlugins() {
    const { editor, options: { words } } = this;
    let menu;
    return [new pm.state.Plugin({
      view: () => { menu = new Menu(editor, words); return menu; },
      props: {
        handleKeyDown: (view, event) => menu?.key(event) ?? false,
        handleDOMEvents: { blur: () => { menu?.close(); return false; } },
      },
    })];
  },
});
