// What a fresh photo still lacks is asked for at once: credit and alt text stop publication otherwise.
import { make } from "newsroom-editor/dom";

let number = 0;

// Resolves to the photo as it is then, or to null when the person puts it off.
export const askFacts = (photo, words) => new Promise((resolve) => {
  const id = `facts-${++number}`;
  const fields = { credit: words.credit, alt: words.altText, caption: words.captionText };
  const error = make("p", { class: "picker__status", role: "alert" });
  const inputs = Object.entries(fields).map(([name, label]) => [
    make("label", { for: `${id}-${name}` }, label),
    make("input", { type: "text", id: `${id}-${name}`, name, dir: "auto", value: photo[name] ?? "", maxlength: name === "credit" ? 255 : 2000 }),
  ]);
  const keep = async (event) => {
    event.preventDefault();
    const answer = await fetch(photo.facts, {
      method: "POST", body: new FormData(form),
      headers: { "X-CSRFToken": document.querySelector("[name=csrfmiddlewaretoken]").value, Accept: "application/json" },
    }).catch(() => null);
    if (answer?.ok) { resolve(await answer.json()); return dialog.close(); }
    error.textContent = (await answer?.json().catch(() => null))?.error || words.factsFailed;
  };
  const form = make("form", { method: "dialog", onsubmit: keep },
    make("img", { src: photo.thumb, alt: "", width: 240, height: 160, class: "picker__photo" }),
    ...inputs.flat(), error,
    make("p", { class: "picker__buttons" },
      make("button", { type: "button", class: "desk-button", onclick: () => dialog.close() }, words.later),
      make("button", { class: "desk-button desk-button--primary" }, words.keep)));
  const dialog = make("dialog", { class: "picker picker--small", "aria-labelledby": `${id}-title` },
    make("h2", { id: `${id}-title` }, words.factsOf.replace("{photo}", photo.title)), form);
  dialog.addEventListener("close", () => { dialog.remove(); resolve(null); });
  document.body.append(dialog);
  dialog.showModal();
  (inputs.map(([, input]) => input).find((input) => !input.value) ?? inputs[0][1]).focus();
});
