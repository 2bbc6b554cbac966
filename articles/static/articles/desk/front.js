// Stories are dragged to a place or put there by its number; places are exchanged by dragging. Each sends the page's own form.
class FrontEditor extends HTMLElement {
  connectedCallback() {
    this.form = document.querySelector("#front");
    const offers = [...this.querySelectorAll("[data-offer]")].filter((offer) => !offer.querySelector("input").matches(":disabled"));
    if (!offers.length && !this.querySelector("[data-put]")) return;
    const help = this.querySelector("#keys-help");
    if (help) help.hidden = false;
    for (const offer of offers) this.drags(offer);
    for (const slot of this.querySelectorAll("[data-place]")) {
      if (slot.dataset.story && !("locked" in slot.dataset)) this.drags(slot);
      if (!("locked" in slot.dataset)) this.takes(slot);
    }
    document.addEventListener("keydown", (event) => this.key(event));
  }

  drags(item) {
    item.draggable = true;
    item.addEventListener("dragstart", (event) => {
      this.dragged = item;
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", item.dataset.offer || item.dataset.place);
    });
    item.addEventListener("dragend", () => this.leave());
  }

  takes(slot) {
    slot.addEventListener("dragover", (event) => {
      if (!this.dragged || this.dragged === slot) return;
      event.preventDefault();
      this.querySelector(".is-target")?.classList.remove("is-target");
      slot.classList.add("is-target");
    });
    slot.addEventListener("dragleave", (event) => { if (!slot.contains(event.relatedTarget)) slot.classList.remove("is-target"); });
    slot.addEventListener("drop", (event) => {
      event.preventDefault();
      const from = this.dragged;
      if (from?.dataset.offer) this.send(`put:${slot.dataset.place}:${from.dataset.offer}`);
      else if (from && from !== slot) this.swap(from, slot);
      this.leave();
    });
  }

  swap(from, to) {
    const filled = "row" in from.dataset ? "" : `:${from.dataset.story}`;
    this.send(`swap:${from.dataset.place}:${to.dataset.place}${filled}`);
  }

  leave() {
    this.dragged = null;
    this.querySelector(".is-target")?.classList.remove("is-target");
  }

  key(event) {
    const isTyping = event.target.closest("input:not([type=radio]), textarea, select, [contenteditable=true]");
    if (isTyping || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || !/^[1-9]$/.test(event.key)) return;
    const chosen = this.querySelector("input[name=story]:checked");
    const button = this.querySelector(`[data-put="${event.key}"]`);
    if (!chosen || !button) return;
    event.preventDefault();
    this.form.requestSubmit(button);
  }

  send(act) {
    const button = Object.assign(document.createElement("button"), { name: "act", value: act, hidden: true });
    this.form.append(button);
    this.form.requestSubmit(button);
    button.remove();
  }
}
customElements.define("front-editor", FrontEditor);
