// The moderators' queue without reloading: acts are sent one after the other while the next comment is read already.
import { listenToKeys } from "./queue-keys.js";

const root = document.querySelector("[data-queue]");
const form = root.querySelector("[data-queue-form]");
const list = root.querySelector("[data-queue-list]");
const toast = root.querySelector("[data-queue-toast] p");
const side = root.querySelector("[data-queue-reader]");
const words = root.querySelector("[data-queue-selected]");
const all = root.querySelector("[data-queue-all]");
const tab = root.dataset.tab;
const isStream = ["waiting", "reported"].includes(tab); // what is decided leaves the list, and the next rows follow
const gone = new Set(); // ids that were decided here: they may still come with the next rows
const undoable = []; // {token, rows}, the latest last
const MOST_UNDO = 20;
const ASK_OVER = 20;
const FEW = 10; // rows left when the next ones are asked for
const SHOWN_MS = 10_000;
const LOOK_MS = 20_000;
let current = null;
let selectedFrom = null;
let hiding = 0;
let sending = Promise.resolve(); // acts are sent in their order
let unsent = 0;
let loading = null;
let number = 0; // the place of a row in the list, for putting it back

const rows = () => [...list.querySelectorAll("[data-row]")];
const open = () => rows().filter((row) => !row.matches(".queue__row--done"));
const ticks = () => [...form.querySelectorAll("[name=pick]:checked")];

function show(row) {
  current?.classList.remove("queue__row--current");
  current = row ?? null;
  current?.classList.add("queue__row--current");
  if (!side) return;
  const about = current?.querySelector("[data-reader]");
  side.hidden = !about;
  side.replaceChildren(...(about ? [about.content.cloneNode(true)] : []));
}

function go(row) {
  show(row);
  row?.focus({ preventScroll: true });
  row?.scrollIntoView({ block: "nearest" });
}

function step(by) {
  const found = rows();
  go(found[Math.min(found.length - 1, Math.max(0, found.indexOf(current) + by))]);
}

// --- The notice ---

function tell(sentence, canUndo) {
  toast.querySelector("span").textContent = sentence;
  toast.querySelector("button").hidden = !canUndo;
  toast.hidden = false;
  clearTimeout(hiding);
  hiding = setTimeout(hide, SHOWN_MS);
}

function hide() {
  if (toast.matches(":hover, :focus-within")) hiding = setTimeout(hide, 2_000);
  else toast.hidden = true;
}

// --- Selecting ---

function count() {
  const ticked = ticks().length;
  const total = open().length;
  if (!words) return;
  words.textContent = (ticked ? words.dataset.some : words.dataset.none).replace("{n}", ticked || total);
  all.checked = total > 0 && ticked === total;
  all.indeterminate = ticked > 0 && ticked < total;
  for (const part of form.querySelectorAll("[data-queue-many] [data-n]")) part.textContent = ticked || "";
  form.querySelector("[data-queue-many]").hidden = !ticked;
}

function select(toHere) {
  const tick = current?.querySelector("[name=pick]:not(:disabled)");
  if (!tick) return;
  const found = rows();
  if (toHere && found.includes(selectedFrom)) {
    const [from, to] = [found.indexOf(selectedFrom), found.indexOf(current)].sort((a, b) => a - b);
    for (const box of found.slice(from, to + 1).map((row) => row.querySelector("[name=pick]:not(:disabled)"))) if (box) box.checked = true;
  } else tick.checked = !tick.checked;
  selectedFrom = current;
  count();
}

// --- Acts ---

async function post(url, data) {
  const answer = await fetch(url, { method: "POST", body: data, headers: { Accept: "application/json" } });
  if (!answer.ok || !answer.headers.get("Content-Type")?.includes("json")) throw new Error(answer.statusText);
  const result = await answer.json();
  for (const [name, figure] of Object.entries(result.counts)) {
    const place = root.querySelector(`[data-count="${name}"]`);
    if (place) place.textContent = figure;
  }
  return result;
}

function queue(act) {
  unsent += 1;
  sending = sending.then(act).finally(() => { unsent -= 1; });
}

function settle(row, sentence) {
  row.classList.add("queue__row--done");
  row.querySelectorAll(".queue__said, .queue__choice").forEach((part) => part.remove());
  const said = document.createElement("p");
  said.className = "queue__said";
  said.textContent = sentence;
  row.querySelector(".queue__body").append(said);
  for (const control of row.querySelectorAll("button, select, input, textarea")) control.disabled = true;
  row.querySelector("[name=pick]").checked = false;
}

function unsettle(row) {
  row.classList.remove("queue__row--done");
  row.querySelector(".queue__said")?.remove();
  for (const control of row.querySelectorAll("button, select, input, textarea")) control.disabled = false;
}

function putBack(row) {
  gone.delete(row.dataset.row);
  list.querySelector("[data-queue-empty]")?.remove();
  const place = rows().find((other) => Number(other.dataset.place) > Number(row.dataset.place));
  list.insertBefore(row, place ?? list.querySelector("[data-queue-next]"));
}

function decide(button, reason = null) {
  const isMany = button.name === "many";
  const chosen = isMany ? ticks().map((tick) => tick.closest("[data-row]")) : [button.closest("[data-row]")];
  if (!chosen.length || (chosen.length > ASK_OVER && !confirm(`${root.dataset.sure} (${chosen.length})`))) return;
  const data = new FormData(form, button);
  if (reason !== null) data.set(isMany ? "reason" : `reason-${chosen[0].dataset.row}`, reason);
  const found = open();
  const from = found.indexOf(current && chosen.includes(current) ? current : chosen[0]);
  const next = found.slice(from).find((row) => !chosen.includes(row)) ?? found.slice(0, from).findLast((row) => !chosen.includes(row));
  const leaves = isStream && button.dataset.act !== "reply";
  closeChoice();
  for (const row of chosen) {
    row.querySelector("[name=pick]").checked = false;
    if (!leaves) continue;
    gone.add(row.dataset.row);
    row.remove();
  }
  go(next ?? (leaves ? null : chosen[0]));
  count();
  queue(() => send(data, chosen, leaves));
  more();
}

async function send(data, chosen, leaves) {
  let result = null;
  try {
    result = await post(form.action, data);
  } catch {
    result = { refused: true, sentence: root.dataset.failed };
  }
  if (result.refused) {
    if (leaves) chosen.forEach(putBack);
    tell(result.sentence, false);
    return count();
  }
  const changed = chosen.filter((row) => result.changed.includes(Number(row.dataset.row)));
  for (const row of chosen) {
    if (leaves && changed.includes(row)) continue;
    if (leaves) putBack(row);
    settle(row, result.sentences[row.dataset.row] ?? result.sentence);
  }
  if (result.undo) undoable.push({ token: result.undo, rows: changed });
  undoable.splice(0, undoable.length - MOST_UNDO);
  tell(result.sentence, Boolean(result.undo));
  count();
  await more();
}

function undo() {
  queue(async () => {
    const last = undoable.pop();
    if (!last) return tell(root.dataset.nothing, false);
    const data = new FormData();
    data.set("done", last.token);
    data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    let result = null;
    try {
      result = await post(root.dataset.undo, data);
    } catch {
      undoable.push(last);
      return tell(root.dataset.failed, true);
    }
    const back = last.rows.filter((row) => result.changed.includes(Number(row.dataset.row)) || !isStream);
    for (const row of back) {
      unsettle(row);
      if (!row.isConnected) putBack(row);
    }
    if (back.length) go(back[0]);
    tell(result.sentence, false);
    count();
  });
}

// --- The reason of a rejection ---

function closeChoice() {
  root.querySelector("[data-queue-list] .queue__choice, .queue__bulk .queue__choice")?.remove();
}

function askReason(button) {
  const was = button.parentElement.querySelector(".queue__choice");
  closeChoice();
  if (was) return decide(button, "");
  const choice = root.querySelector("[data-queue-reasons]").content.firstElementChild.cloneNode(true);
  choice.addEventListener("click", (event) => {
    const reason = event.target.closest("[data-reason]");
    if (reason) decide(button, reason.dataset.reason);
  });
  (button.closest(".queue__acts") ?? button.closest(".queue__bulk")).append(choice);
  choice.querySelector("button").focus();
}

function press(key) {
  const many = ticks().length ? form.querySelector("[data-queue-many]") : null;
  const name = { a: "approve", s: "spam" }[key];
  const button = many
    ? many.querySelector(name ? `[data-act="${name}"]` : '[data-act="reject"], [data-act="remove"]')
    : current?.querySelector(`[data-key="${key}"]:not(:disabled)`);
  button?.click();
}

// --- The next rows, and what colleagues did ---

async function more() {
  if (!isStream || loading || open().length >= FEW) return loading;
  loading = load().finally(() => { loading = null; });
  return loading;
}

async function load() {
  const mark = list.querySelector("[data-queue-next]");
  const after = mark.dataset.queueNext;
  if (!after && open().length) return;
  const answer = await fetch(`?${new URLSearchParams({ tab, ...(after ? { after } : {}) })}`, { headers: { "X-Fragment": "1" } }).catch(() => null);
  if (!answer?.ok) return;
  const part = document.createElement("template");
  part.innerHTML = await answer.text();
  for (const row of part.content.querySelectorAll("[data-row]")) if (gone.has(row.dataset.row) || document.getElementById(row.id)) row.remove();
  list.querySelector("[data-queue-empty]")?.remove();
  const isEmpty = !part.content.querySelector("[data-row]");
  if (open().length) part.content.querySelector("[data-queue-empty]")?.remove();
  mark.replaceWith(part.content);
  root.querySelector("[data-queue-pager]")?.remove();
  placeRows();
  count();
  if (!isEmpty && !current?.isConnected) go(open()[0]);
}

function placeRows() {
  for (const row of rows()) row.dataset.place ??= ++number;
}

async function look() {
  const seen = open();
  if (document.hidden || !seen.length) return;
  const ids = seen.slice(0, 200).map((row) => `${row.dataset.row}-${row.dataset.state}`);
  const answer = await fetch(`${root.dataset.states}?ids=${ids.join(",")}`, { headers: { Accept: "application/json" } }).catch(() => null);
  if (!answer?.ok || !answer.headers.get("Content-Type")?.includes("json")) return;
  for (const [id, sentence] of Object.entries(await answer.json())) {
    const row = list.querySelector(`[data-row="${id}"]`);
    if (row && open().includes(row)) settle(row, sentence);
  }
  count();
}

// --- Listening ---

form.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (!button?.dataset.act) return;
  event.preventDefault();
  if (button.dataset.act === "reject") askReason(button);
  else decide(button);
});
form.addEventListener("change", count);
form.addEventListener("focusin", (event) => {
  const row = event.target.closest("[data-row]");
  if (row && row !== current) show(row);
});
all?.addEventListener("change", () => {
  for (const row of open()) row.querySelector("[name=pick]").checked = all.checked;
  count();
});
toast.querySelector("button").addEventListener("click", undo);
listenToKeys(root, {
  j: () => step(1),
  k: () => step(-1),
  a: () => press("a"),
  r: () => press("r"),
  s: () => press("s"),
  x: () => select(false),
  X: () => select(true),
  u: undo,
  o: () => current?.querySelector("[data-open]")?.click(),
  "/": () => root.querySelector("[data-queue-find], .queue__form input")?.focus(),
  "?": () => root.querySelector("[data-queue-dialog]")?.showModal(),
}, { close: () => { closeChoice(); current?.focus(); } });
root.classList.add("queue--live");
if (all) all.closest("label").hidden = false;
placeRows();
count();
show(rows()[0]);
addEventListener("beforeunload", (event) => {
  if (unsent) event.preventDefault(); // whoever leaves while decisions are on their way is asked
});
setInterval(look, LOOK_MS);
