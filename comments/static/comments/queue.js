// The moderators' queue without reloading: buttons, keys J K A R S X U O, and a notice with Undo.
const root = document.querySelector("[data-queue]");
const form = root?.querySelector("[data-queue-form]");
const toast = root?.querySelector("[data-queue-toast]");
const useKeys = root?.querySelector("[data-queue-keys]");
const undoable = []; // {token, ids}, the latest last
const MOST_UNDO = 20;
const ASK_OVER = 20;
let current = null;
let hiding = 0;
let reasonFor = null; // the list of reasons that waits for a digit

const rows = () => [...root.querySelectorAll("[data-row]")];
const open = () => rows().filter((row) => !row.matches(".queue__row--done"));

function go(row) {
  if (!row) return;
  current?.classList.remove("queue__row--current");
  current = row;
  row.classList.add("queue__row--current");
  row.focus();
  row.scrollIntoView({ block: "nearest" });
}

function step(by) {
  const all = rows();
  go(all[Math.min(all.length - 1, Math.max(0, all.indexOf(current) + by))]);
}

function tell(sentence, undo) {
  toast.querySelector("span").textContent = sentence;
  toast.querySelector("button").hidden = !undo;
  toast.hidden = false;
  clearTimeout(hiding);
  hiding = setTimeout(hide, 10_000);
}
function hide() {
  if (toast.matches(":hover, :focus-within")) hiding = setTimeout(hide, 2_000);
  else toast.hidden = true;
}

async function post(url, data) {
  const answer = await fetch(url, { method: "POST", body: data, headers: { Accept: "application/json" } });
  if (!answer.ok || !answer.headers.get("Content-Type")?.includes("json")) throw answer;
  const result = await answer.json();
  for (const [tab, count] of Object.entries(result.counts)) {
    root.querySelector(`[data-count="${tab}"]`).textContent = count;
  }
  return result;
}

function settle(id, sentence) {
  const row = root.querySelector(`[data-row="${id}"]`);
  if (!row) return;
  row.classList.add("queue__row--done");
  const said = row.querySelector(".queue__said") ?? document.createElement("p");
  said.className = "queue__said";
  said.textContent = sentence;
  row.querySelector(".queue__body").append(said);
  for (const control of row.querySelectorAll("button, select, input")) control.disabled = true;
  row.querySelector("[name=pick]").checked = false;
}

async function act(button) {
  const data = new FormData(form, button);
  const many = button.name === "many" ? form.querySelectorAll("[name=pick]:checked").length : 1;
  if (many > ASK_OVER && !confirm(`${button.textContent.trim()}: ${many}?`)) return;
  const next = open().find((row) => current && row !== current && current.compareDocumentPosition(row) & 4);
  try {
    const result = await post(form.action, data);
    for (const [id, sentence] of Object.entries(result.sentences)) settle(id, sentence);
    if (result.undo) undoable.push({ token: result.undo, ids: Object.keys(result.sentences) });
    undoable.splice(0, undoable.length - MOST_UNDO);
    tell(result.sentence, result.undo);
    count();
    go(next);
  } catch {
    tell(root.dataset.failed, false);
  }
}

async function undo() {
  const last = undoable.pop();
  if (!last) return;
  const data = new FormData();
  data.set("done", last.token);
  data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  const result = await post(root.dataset.undo, data).catch(() => location.reload());
  if (!result) return;
  for (const id of last.ids) {
    const row = root.querySelector(`[data-row="${id}"]`);
    row?.classList.remove("queue__row--done");
    row?.querySelector(".queue__said")?.remove();
    for (const control of row?.querySelectorAll("button, select, input") ?? []) control.disabled = false;
  }
  go(root.querySelector(`[data-row="${last.ids[0]}"]`));
  tell(result.sentence, false);
}

function count() {
  const ticked = form.querySelectorAll("[name=pick]:checked").length;
  const words = form.querySelector("[data-queue-selected]");
  if (words) words.dataset.n = ticked || "";
}

const press = (act) => current?.querySelector(`[data-act="${act}"]:not(:disabled)`)?.click();
const keys = {
  j: () => step(1),
  k: () => step(-1),
  a: () => press("approve"),
  s: () => press("spam"),
  u: undo,
  o: () => current?.querySelector("[data-open]")?.click(),
  x: () => current?.querySelector("[name=pick]")?.click(),
  r: () => {
    reasonFor = current?.querySelector("select:not(:disabled)") ?? null;
    if (reasonFor) reasonFor.focus();
    else press("reject");
  },
};

function onKey(event) {
  if (!useKeys?.checked || event.ctrlKey || event.metaKey || event.altKey) return;
  const key = event.key.toLowerCase();
  if (event.target === reasonFor && /^([0-5r]|enter)$/.test(key)) {
    if (/[0-5]/.test(key)) reasonFor.selectedIndex = Number(key);
    event.preventDefault();
    press("reject");
    return;
  }
  if (key === "escape") current?.focus();
  if (event.target.matches("input:not([type=checkbox]), textarea, select") || !keys[key]) return;
  event.preventDefault();
  keys[key]();
}

if (form) {
  form.addEventListener("submit", (event) => {
    if (!event.submitter?.dataset.act) return;
    event.preventDefault();
    const row = event.submitter.closest("[data-row]");
    if (row) go(row);
    act(event.submitter);
  });
  form.addEventListener("change", count);
  form.addEventListener("focusin", (event) => {
    const row = event.target.closest("[data-row]");
    if (row && row !== current) {
      current?.classList.remove("queue__row--current");
      current = row;
      row.classList.add("queue__row--current");
    }
  });
  const all = form.querySelector("[data-queue-all]");
  if (all) {
    all.hidden = false;
    all.addEventListener("change", () => {
      for (const tick of form.querySelectorAll("[name=pick]:not(:disabled)")) tick.checked = all.checked;
      count();
    });
  }
  toast.querySelector("button").addEventListener("click", undo);
  document.addEventListener("keydown", onKey);
  if (useKeys) {
    useKeys.checked = localStorage.getItem("queue-keys") !== "off";
    useKeys.addEventListener("change", () => localStorage.setItem("queue-keys", useKeys.checked ? "on" : "off"));
  }
  rows()[0]?.classList.add("queue__row--current");
  current = rows()[0] ?? null;
}
