// The rows of the photo slides: moved by buttons, added through the picker.
const number = (slides) => {
  slides.querySelectorAll("[data-slide] [data-position]").forEach((input, index) => { input.value = index + 1; });
  slides.dispatchEvent(new Event("change", { bubbles: true }));
};

const move = (slides, button) => {
  const row = button.closest("[data-slide]");
  const step = Number(button.dataset.move);
  const other = step < 0 ? row.previousElementSibling : row.nextElementSibling;
  if (!other?.matches("[data-slide]")) return;
  if (step < 0) other.before(row);
  else other.after(row);
  number(slides);
  button.focus();
};

export const moveSlides = (slides) => {
  slides.classList.add("has-script");
  slides.querySelectorAll(".slide-row__moves").forEach((moves) => { moves.hidden = false; });
  slides.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-move]");
    if (button) move(slides, button);
  });
  slides.addEventListener("change", ({ target }) => {
    if (target.name?.endsWith("-remove")) target.closest("[data-slide]").classList.toggle("is-removed", target.checked);
  });
};

const append = (slides, template, photo) => {
  const index = Number(slides.dataset.next);
  slides.dataset.next = index + 1;
  const holder = document.createElement("template");
  holder.innerHTML = template.innerHTML.replaceAll("INDEX", index);
  const row = holder.content.querySelector("[data-slide]");
  row.querySelector("img").src = photo.thumb;
  row.querySelector("[data-photo]").value = photo.id;
  row.querySelector("[name$=-caption]").placeholder = photo.caption;
  row.querySelector("[name$=-alt]").placeholder = photo.alt;
  row.querySelector("[data-credit]").textContent = photo.credit;
  row.querySelector("[data-url]").href = photo.url;
  row.querySelector(".slide-row__moves").hidden = false;
  (slides.querySelector(".slides-uploads") ?? template).before(row);
  return row;
};

const drawn = (photo) => {
  const image = document.createElement("img");
  image.src = photo.thumb;
  image.alt = "";
  const name = document.createElement("span");
  name.textContent = photo.title;
  const credit = document.createElement("small");
  credit.textContent = photo.credit;
  return [image, name, credit];
};

const credit = (row, photo) => { row.querySelector("[data-credit]").textContent = photo.credit; };

// Files dropped on the slides or chosen with the button go to the library one by one and become slides.
const takeFiles = (slides, template, { send, pictures, askFacts, options }) => {
  const list = document.createElement("div");
  list.className = "slides-uploads";
  template.before(list);
  const take = async (files) => {
    const fresh = [];
    await Promise.all(files.map(async (file) => {
      const line = document.createElement("p");
      const bar = Object.assign(document.createElement("progress"), { max: 100, value: 0 });
      line.setAttribute("role", "status");
      line.append(`${file.name} `, bar);
      list.append(line);
      try {
        const photo = await send(options.upload, file, options.words, (share) => { bar.value = share; });
        line.remove();
        const there = [...slides.querySelectorAll("[data-slide] [data-photo]")].some(({ value }) => value === String(photo.id));
        if (!there) fresh.push([append(slides, template, photo), photo]);
      } catch (error) {
        line.setAttribute("role", "alert");
        line.className = "sheet-error";
        line.textContent = `${file.name}: ${error.message}`;
      }
    }));
    number(slides);
    for (const [row, photo] of fresh) {
      if (!photo.missing?.length) continue;
      const known = await askFacts(photo, options.words);
      if (!known) continue;
      credit(row, known);
      row.querySelector("[name$=-caption]").placeholder = known.caption;
      row.querySelector("[name$=-alt]").placeholder = known.alt;
    }
  };
  const isFiles = ({ dataTransfer }) => dataTransfer?.types.includes("Files");
  slides.addEventListener("dragover", (event) => { if (isFiles(event)) { event.preventDefault(); slides.classList.add("is-target"); } });
  slides.addEventListener("dragleave", () => slides.classList.remove("is-target"));
  slides.addEventListener("drop", (event) => {
    if (!isFiles(event)) return;
    event.preventDefault();
    slides.classList.remove("is-target");
    take(pictures(event.dataTransfer));
  });
  const input = Object.assign(document.createElement("input"), { type: "file", multiple: true, accept: "image/*", hidden: true });
  const link = slides.querySelector(".slide-new a");
  input.addEventListener("change", () => { take([...input.files]); input.value = ""; });
  link.after(input);
  link.addEventListener("click", (event) => { event.preventDefault(); input.click(); });
};

// The picker comes with the body's editor; without it the plain select stays.
export const addPhotos = async (slides, editor) => {
  const button = slides.querySelector("[data-add-photos]");
  const template = slides.querySelector("[data-slide-template]");
  const { pick } = await import("newsroom-editor/picker").catch(() => ({}));
  if (!pick || !editor || slides.closest("fieldset").disabled) return;
  const options = JSON.parse(editor.dataset.bodyEditor);
  const { words } = options;
  const [{ send, pictures }, { askFacts }] = await Promise.all([import("newsroom-editor/upload"), import("newsroom-editor/facts")]);
  takeFiles(slides, template, { send, pictures, askFacts, options });
  slides.querySelector("[data-without-script]").hidden = true;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const add = slides.querySelector(".slide-new a").href;
    const chosen = await pick({ title: slides.dataset.title, endpoint: slides.dataset.picker, most: 20, draw: drawn, add, words });
    const there = new Set([...slides.querySelectorAll("[data-slide] [data-photo]")].map(({ value }) => value));
    for (const photo of chosen ?? []) {
      if (!there.has(String(photo.id))) append(slides, template, photo);
    }
    number(slides);
    button.focus();
  });
};
