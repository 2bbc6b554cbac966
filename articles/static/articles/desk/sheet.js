// The article's sheet: counters, photo slides, the words on the publish button, saving by itself.
// Without it the form is a plain one.
import { autosave } from "./autosave.js";
import { presence } from "./presence.js";
import { addPhotos, moveSlides } from "./slides.js";

const form = document.querySelector("#sheet");

const countCharacters = (field) => {
  const most = Number(field.dataset.count);
  const counter = document.createElement("span");
  counter.className = "counter";
  counter.setAttribute("aria-hidden", "true");
  field.before(counter);
  const count = () => {
    const length = [...field.value].length;
    counter.textContent = form.dataset.of.replace("{n}", length).replace("{most}", most);
    counter.classList.toggle("is-long", length > most);
  };
  field.addEventListener("input", count);
  field.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
  count();
};

// "Publish" says "Schedule for …" as soon as a time ahead is typed.
const sayWhatHappens = (button, field) => {
  const plain = button.textContent;
  const say = () => {
    const later = field?.value && new Date(field.value) > new Date();
    button.textContent = later ? button.dataset.later.replace("TIME", field.value.slice(-5)) : plain;
  };
  field?.addEventListener("input", say);
  say();
};

// Messages and help stand beside their field in the page; here they are tied to it for those who listen.
const describe = (block) => {
  const ids = [...block.querySelectorAll(":scope > .help, :scope > .sheet-errors")].map(({ id }) => id).filter(Boolean);
  const field = block.querySelector("input:not([type=hidden]), textarea, select");
  if (!field || !ids.length) return;
  field.setAttribute("aria-describedby", ids.join(" "));
  if (block.querySelector(":scope > .sheet-errors")) field.setAttribute("aria-invalid", "true");
};

// The texts are in the article's language: spelling is checked in it, and it says where lines begin.
const speak = (language) => {
  const texts = () => form.querySelectorAll(".sheet textarea, .sheet input[type=text], .editor__text");
  const set = () => {
    const dir = language.dataset.rtl.split(" ").includes(language.value.split("-")[0]) ? "rtl" : "auto";
    for (const text of texts()) Object.assign(text, { lang: language.value, dir });
  };
  language.addEventListener("change", set);
  form.addEventListener("body-editor:ready", set);
  set();
};

if (form) {
  if (form.elements.language) speak(form.elements.language);
  form.querySelectorAll("[data-count]").forEach(countCharacters);
  form.querySelectorAll(".sheet-field").forEach(describe);
  form.querySelectorAll("[data-publish]").forEach((button) => sayWhatHappens(button, form.querySelector("#id_publish_at")));
  const slides = form.querySelector("[data-slides]");
  if (slides) {
    moveSlides(slides);
    addPhotos(slides, form.querySelector("[data-body-editor]"));
  }
  if (form.dataset.autosave) {
    autosave(form);
    presence(form);
  }
  form.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
      event.preventDefault();
      form.querySelector('.sheet-bar button[name="act"][value=""]')?.click();
    }
    if ((event.ctrlKey || event.metaKey) && event.shiftKey && event.key.toLowerCase() === "p") {
      event.preventDefault();
      form.querySelector("[data-preview]")?.click();
    }
  });
  document.querySelector(".errornote")?.focus();
}
