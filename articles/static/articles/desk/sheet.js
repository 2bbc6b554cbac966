// The article's sheet: counters, moving slides, a warning before unsaved text is lost. Without it the form is a plain one.
const form = document.querySelector("#sheet");
if (form) {
  for (const field of form.querySelectorAll("[data-count]")) {
    const counter = document.createElement("span");
    counter.className = "counter";
    counter.setAttribute("aria-hidden", "true");
    field.before(counter);
    const count = () => {
      const most = Number(field.dataset.count);
      counter.textContent = `${[...field.value].length} / ${most}`;
      counter.classList.toggle("is-long", [...field.value].length > most);
    };
    field.addEventListener("input", count);
    field.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
    count();
  }

  const slides = form.querySelector("[data-slides]");
  const number = () => slides.querySelectorAll("[data-slide] [data-position]").forEach((input, index) => { input.value = index + 1; });
  slides?.querySelectorAll(".slide-row__moves").forEach((moves) => { moves.hidden = false; });
  slides?.addEventListener("click", ({ target }) => {
    const step = Number(target.dataset.move);
    if (!step) return;
    const row = target.closest("[data-slide]");
    const other = step < 0 ? row.previousElementSibling : row.nextElementSibling;
    if (other?.matches("[data-slide]")) {
      if (step < 0) other.before(row); else other.after(row);
      number();
      target.focus();
      form.dispatchEvent(new Event("input"));
    }
  });
  slides?.addEventListener("change", ({ target }) => {
    if (target.name?.endsWith("-remove")) target.closest("[data-slide]").classList.toggle("is-removed", target.checked);
  });

  let unsaved = false;
  form.addEventListener("input", () => { unsaved = true; });
  form.addEventListener("submit", () => { unsaved = false; });
  addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });
  form.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
      event.preventDefault();
      form.querySelector('.sheet-bar button[name="act"][value=""]')?.click();
    }
  });
  document.querySelector(".errornote")?.focus();
}
