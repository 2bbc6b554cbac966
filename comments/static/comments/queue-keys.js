// The shortcuts of the queue: off inside fields, off for good when the box says so, digits for the reason of a rejection.
const OFF = "queue-keys";

export function listenToKeys(root, keys, { close }) {
  const use = root.querySelector("[data-queue-keys]");
  if (!use) return;
  const apply = () => root.classList.toggle("queue--keys", use.checked);
  use.checked = localStorage.getItem(OFF) !== "off";
  apply();
  use.addEventListener("change", () => {
    localStorage.setItem(OFF, use.checked ? "on" : "off");
    apply();
  });

  // Before the desk's own listener, which takes "/" for its search.
  document.addEventListener("keydown", (event) => {
    if (!use.checked || event.ctrlKey || event.metaKey || event.altKey || event.repeat || root.querySelector("dialog[open]")) return;
    if (event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable=true]")) return;
    const key = event.key.length === 1 && event.key !== "X" ? event.key.toLowerCase() : event.key;
    const choice = root.querySelector(".queue__choice");
    const reason = choice?.querySelectorAll("[data-reason]")[key === "r" ? 5 : Number(key) - 1];
    const act = choice && reason ? () => reason.click() : key === "Escape" ? close : keys[key];
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }, true);
}
