// What readers do: forms in place, recommending at once, dialogs, and what is theirs laid over the page.
const headers = { "X-Fragment": "1" };
const store = "comments-mine";
const kept = () => JSON.parse(localStorage[store] ?? "[]");
const keep = (urls) => (localStorage[store] = JSON.stringify(urls.slice(-20)));
const section = document.querySelector("[data-comments]");
const mine = section?.dataset.comments;
const box = document.createElement("div");
const dialog = document.createElement("dialog");
dialog.className = "comment-dialog";
let opener;
let token = "";

/** Does what `link` offers, in place. Throws if the server does not answer as it should. */
export async function act(link) {
  if ("commentCancel" in link.dataset) return close();
  if ("recommend" in link.dataset) return token ? recommend(link) : (location = link.href);
  const text = await fragment(link.href);
  opener = link;
  if ("dialog" in link.dataset) return ask(text, link);
  box.innerHTML = text;
  link.parentElement.after(box);
  restore(box);
  box.querySelector("textarea, a")?.focus();
}

/** Shows the reader's own waiting comments, and marks what is theirs, recommended, reported or muted. */
export async function lay() {
  const answer = await fetch(mine);
  if (answer.status !== 200) return keep(kept().filter((url) => url !== mine));
  section.querySelector(".comments__head").insertAdjacentHTML("afterend", await answer.text());
  const box = section.querySelector("[data-marks]");
  if (!box) return;
  for (const words of section.querySelectorAll("[data-guests]")) words.remove();
  token = box.querySelector("[name=csrfmiddlewaretoken]").value;
  const marks = JSON.parse(box.dataset.marks);
  const part = (name, id) => {
    const copy = box.querySelector(`[data-part=${name}]`).content.cloneNode(true);
    for (const link of copy.querySelectorAll("a")) link.href = mine.replace(/\d+\/mine\/$/, `${id}/${link.dataset.to}/`);
    return copy;
  };
  const each = (ids, work) => ids.forEach((id) => {
    const comment = document.getElementById(`c${id}`);
    if (comment) work(comment, id);
  });
  each(marks.recommended, (comment) => press(comment.querySelector("[data-recommend]"), true));
  each(marks.reported, (comment, id) => comment.querySelector(".comment__meta").prepend(part("reported", id)));
  each(marks.muted, (comment, id) => hide(comment, part("muted", id)));
  for (const [id, editable] of marks.own) {
    const acts = document.querySelector(`#c${id} .comment__actions`);
    acts?.querySelector("[data-recommend]")?.remove();
    acts?.querySelector("[data-dialog]")?.remove();
    const link = acts?.querySelector(".comment__link");
    if (editable) link?.before(part("edit", id), " ");
    link?.before(part("delete", id), " ");
  }
  if (marks.answers) {
    for (const comment of section.querySelectorAll(".thread > li > .comment[id] > .comment__actions")) {
      comment.prepend(part("answer", comment.parentElement.id.slice(1)));
    }
  }
}

async function fragment(url, options = {}) {
  const answer = await fetch(url, { ...options, headers });
  if (!answer.ok) throw answer;
  return answer.text();
}

function close() {
  box.remove();
  opener?.focus();
}

function press(link, on) {
  if (!link) return;
  link.role = "button";
  link.ariaPressed = String(on);
  link.classList.toggle("is-on", on);
}

async function recommend(link) {
  const on = link.ariaPressed !== "true";
  const body = new URLSearchParams({ on: on ? "1" : "0", csrfmiddlewaretoken: token });
  const answer = await fetch(link.href, { method: "POST", body, headers });
  if (!answer.ok) throw answer;
  const result = await answer.json();
  press(link, result.on);
  link.querySelector("b").textContent = result.count || "";
}

function hide(comment, note) {
  const line = note.firstElementChild;
  comment.hidden = true;
  comment.before(line);
  line.querySelector("button").addEventListener("click", () => {
    line.remove();
    comment.hidden = false;
  });
}

function ask(text, link) {
  if (!dialog.isConnected) {
    document.body.append(dialog);
    dialog.addEventListener("click", onDialogClick);
    dialog.addEventListener("submit", onDialogSubmit);
    dialog.addEventListener("close", () => opener?.focus());
  }
  dialog.innerHTML = text;
  dialog.ariaLabel = link.textContent.trim();
  if (!dialog.open) dialog.showModal();
}

async function onDialogClick(event) {
  const link = event.target.closest("[data-dialog],[data-dialog-close]");
  if (!link) return;
  event.preventDefault();
  if ("dialogClose" in link.dataset) return dialog.close();
  try {
    ask(await fragment(link.href), link);
  } catch {
    location = link.href;
  }
}

async function onDialogSubmit(event) {
  event.preventDefault();
  const form = event.target;
  try {
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers });
    const place = answer.headers.get("Location");
    if (place) return go(place);
    if (answer.status > 422) throw answer;
    dialog.innerHTML = await answer.text();
    dialog.querySelector("[tabindex='-1']")?.focus();
  } catch {
    form.submit();
  }
}

function go(place) {
  const here = location.pathname + location.search;
  location = place;
  if (place.split("#")[0] === here) location.reload();
}

// --- Writing: the text is kept in this browser until it is sent -------------------------------------------------------

const draft = (form) => `comment-draft-${new URL(form.action).pathname}`;

function restore(root) {
  const form = root.querySelector("[data-comment-post]");
  const field = form?.querySelector("textarea");
  if (!field) return;
  const saved = sessionStorage[draft(form)];
  if (saved && (!field.value || form.dataset.commentPost === "edit")) field.value = saved;
}

document.addEventListener("input", ({ target }) => {
  const form = target.closest("[data-comment-post]");
  if (form && target.matches("textarea")) sessionStorage[draft(form)] = target.value;
});

async function send(form, again = true) {
  const button = form.querySelector("[data-sending]"), words = button.textContent;
  if (button.ariaDisabled) return;
  button.ariaDisabled = "true";
  button.textContent = button.dataset.sending;
  try {
    if (form.dataset.proof) await (await import(form.dataset.proof)).default(form);
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers });
    const place = answer.headers.get("Location");
    if (answer.status > 499) throw answer;
    if (answer.status === 403 && !answer.headers.has("X-Fragment") && again) return renew(form);
    if (answer.ok) delete sessionStorage[draft(form)];
    if (place) return go(place);
    box.innerHTML = await answer.text();
    if (answer.ok) keep([...kept(), mine]);
    box.querySelector("[role=alert], textarea")?.focus();
  } catch {
    form.querySelector("[data-comment-failed]").hidden = false;
    button.ariaDisabled = null;
    button.textContent = words;
  }
}

/** The form's token is out of date, for the reader signed in or out elsewhere: a new form, the same text, once more. */
async function renew(form) {
  box.innerHTML = await fragment(form.action);
  restore(box);
  const fresh = box.querySelector("[data-comment-post]");
  for (const name of ["name", "email", "letters"]) {
    const [from, to] = [form.elements[name], fresh?.elements[name]];
    if (from && to) [to.value, to.checked] = [from.value, from.checked];
  }
  if (fresh && !fresh.querySelector("[name=email]")) {
    fresh.elements.opened.value = form.elements.opened.value; // since when the reader has been writing
    return send(fresh, false);
  }
  box.querySelector("input:not([type=hidden]), textarea, a")?.focus();
}

section?.addEventListener("submit", (event) => {
  if (!box.contains(event.target)) return;
  event.preventDefault();
  send(event.target);
});

restore(document);
const posted = document.querySelector("[data-comments-posted]");
if (posted) keep([...kept(), posted.dataset.commentsPosted]);
