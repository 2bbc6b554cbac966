// The photo library: results while typing, and files dropped anywhere on the page. Without it the forms do the work.
import { send } from "./send.js";

const library = () => document.querySelector("[data-library]");

const search = document.querySelector("#changelist-search");
if (search && library()) {
  let timer;
  let latest = 0;
  const show = async () => {
    const mine = ++latest;
    const address = new URL(location.href);
    for (const name of ["q", "p", "e"]) address.searchParams.delete(name);
    if (search.elements.q.value.trim()) address.searchParams.set("q", search.elements.q.value);
    library().classList.add("is-loading");
    try {
      const answer = await fetch(address, { headers: { Accept: "text/html" } });
      if (!answer.ok) throw new Error(String(answer.status));
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (mine !== latest) return;
      for (const part of ["[data-library]", "[data-pages]"]) document.querySelector(part).replaceWith(page.querySelector(part));
      history.replaceState(null, "", address);
    } catch {
      if (mine === latest) library().classList.remove("is-loading"); // what is there stays; Enter asks the plain way
    }
  };
  search.elements.q.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(show, 250); });
}

const box = document.querySelector(".library-upload");
if (box) {
  const { upload, taken, lacks, credit, alt, failed, drop } = box.dataset;
  const list = box.querySelector(".library-upload__list");
  const form = box.querySelector("form");
  const token = form.elements.csrfmiddlewaretoken.value;

  const said = ({ status, answer }) => {
    if (status === 201) return [taken, answer.missing.length ? `${lacks} ${answer.missing.map((name) => ({ credit, alt })[name]).join(", ")}.` : "", answer.url];
    return ["", answer?.error || failed, answer?.duplicate?.url];
  };

  const put = async (file) => {
    const line = document.createElement("li");
    const name = document.createElement("bdi");
    const bar = Object.assign(document.createElement("progress"), { max: 100, value: 0 });
    name.textContent = file.name;
    line.append(name, bar);
    list.append(line);
    const result = await send(upload, file, token, (share) => { bar.value = share; });
    const [good, bad, url] = said(result);
    const words = document.createElement("span");
    words.append(good, " ", Object.assign(document.createElement("strong"), { className: good ? "library__warn" : "library__bad", textContent: bad }));
    bar.replaceWith(words);
    if (url) {
      const link = document.createElement("a");
      link.href = url;
      link.append(...name.childNodes);
      name.append(link);
    }
    return result.status === 201;
  };

  const take = async (files) => {
    box.open = true;
    const done = [];
    for (const file of files) done.push(await put(file)); // one after the other: each is decoded whole on the server
    if (done.some(Boolean)) {
      const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
      library().replaceWith(page.querySelector("[data-library]"));
    }
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    take([...form.elements.files.files]);
    form.reset();
  });

  const isFiles = ({ dataTransfer }) => dataTransfer?.types.includes("Files");
  const veil = Object.assign(document.createElement("div"), { className: "library-drop", textContent: drop, hidden: true });
  document.body.append(veil);
  let depth = 0;
  addEventListener("dragenter", (event) => { if (isFiles(event)) { depth += 1; veil.hidden = false; } });
  addEventListener("dragleave", (event) => { if (isFiles(event) && --depth <= 0) { depth = 0; veil.hidden = true; } });
  addEventListener("dragover", (event) => { if (isFiles(event)) event.preventDefault(); });
  addEventListener("drop", (event) => {
    if (!isFiles(event)) return;
    event.preventDefault();
    depth = 0;
    veil.hidden = true;
    take([...event.dataTransfer.files]);
  });
}
