// A thing of the calendar is dragged to another day; it keeps its time, and the form beside it is sent.
class DeskCalendar extends HTMLElement {
  connectedCallback() {
    for (const item of this.querySelectorAll("[data-key]")) {
      item.draggable = true;
      item.addEventListener("dragstart", (event) => {
        this.dragged = item;
        event.dataTransfer.effectAllowed = "move";
        event.dataTransfer.setData("text/plain", item.dataset.key);
      });
      item.addEventListener("dragend", () => this.leave());
    }
    for (const day of this.querySelectorAll("[data-day]")) {
      day.addEventListener("dragover", (event) => {
        if (!this.dragged || day.contains(this.dragged)) return;
        event.preventDefault();
        this.querySelector(".is-target")?.classList.remove("is-target");
        day.classList.add("is-target");
      });
      day.addEventListener("dragleave", (event) => { if (!day.contains(event.relatedTarget)) day.classList.remove("is-target"); });
      day.addEventListener("drop", (event) => {
        event.preventDefault();
        if (this.dragged && !day.contains(this.dragged)) this.move(this.dragged, day.dataset.day);
        this.leave();
      });
    }
  }

  leave() {
    this.dragged = null;
    this.querySelector(".is-target")?.classList.remove("is-target");
  }

  move(item, day) {
    const field = item.querySelector("input[name=at]");
    field.value = `${day}T${field.defaultValue.split("T")[1]}`;
    field.form.requestSubmit();
  }
}
customElements.define("desk-calendar", DeskCalendar);
