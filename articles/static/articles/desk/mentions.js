// While "@" and letters are typed, the colleagues they can mean stand under the field. Down and Up choose, Enter takes, Escape closes.
const MOST = 6;

class MentionBox extends HTMLElement {
  connectedCallback() {
    this.field = this.querySelector("textarea");
    this.people = JSON.parse(document.getElementById(this.dataset.people).textContent);
    this.list = Object.assign(document.createElement("ul"), { id: `${this.field.id}_people`, className: "mentions", hidden: true });
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", this.dataset.label);
    this.field.after(this.list);
    this.field.setAttribute("aria-autocomplete", "list");
    this.field.setAttribute("aria-haspopup", "listbox");
    this.field.setAttribute("aria-controls", this.list.id);
    this.field.autocomplete = "off";
    for (const kind of ["input", "click"]) this.field.addEventListener(kind, () => this.offer());
    this.field.addEventListener("keydown", (event) => this.key(event));
    this.field.addEventListener("blur", () => this.close());
    this.list.addEventListener("mousedown", (event) => {
      event.preventDefault();
      const option = event.target.closest("[role=option]");
      if (option) this.take(option.dataset.username);
    });
  }

  // The letters after the "@" before the caret, or null.
  typed() {
    const before = this.field.value.slice(0, this.field.selectionStart);
    return /(?:^|[^\p{L}\p{N}_@.])@([\p{L}\p{N}_.+-]*)$/u.exec(before)?.[1] ?? null;
  }

  offer() {
    const typed = this.typed()?.toLowerCase();
    const fits = ({ username, name }) => username.toLowerCase().startsWith(typed) || name.toLowerCase().split(" ").some((word) => word.startsWith(typed));
    const found = typed === undefined ? [] : this.people.filter(fits).slice(0, MOST);
    this.list.replaceChildren(...found.map(({ username, name }, index) => {
      const option = Object.assign(document.createElement("li"), { id: `${this.list.id}_${index}` });
      option.setAttribute("role", "option");
      option.dataset.username = username;
      option.append(Object.assign(document.createElement("bdi"), { textContent: name }), ` @${username}`);
      return option;
    }));
    this.list.hidden = !found.length;
    this.choose(0);
  }

  choose(index) {
    const options = [...this.list.children];
    this.chosen = options.length ? (index + options.length) % options.length : 0;
    options.forEach((option, place) => option.setAttribute("aria-selected", String(place === this.chosen)));
    if (options.length) this.field.setAttribute("aria-activedescendant", options[this.chosen].id);
    else this.field.removeAttribute("aria-activedescendant");
  }

  key(event) {
    if (this.list.hidden || event.isComposing) return;
    const acts = {
      ArrowDown: () => this.choose(this.chosen + 1),
      ArrowUp: () => this.choose(this.chosen - 1),
      Enter: () => this.take(this.list.children[this.chosen].dataset.username),
      Tab: () => this.take(this.list.children[this.chosen].dataset.username),
      Escape: () => this.close(),
    };
    if (!acts[event.key]) return;
    event.preventDefault();
    acts[event.key]();
  }

  take(username) {
    const end = this.field.selectionStart;
    this.field.setRangeText(`${username} `, end - this.typed().length, end, "end");
    this.close();
  }

  close() {
    this.list.hidden = true;
    this.list.replaceChildren();
    this.field.removeAttribute("aria-activedescendant");
  }
}
customElements.define("mention-box", MentionBox);
