// Every page of the desk: names for searchable selects, "/" to search, one answer to a double click.
const nameSelect = (container) => {
  const select = container.previousElementSibling;
  const label = select?.labels?.[0]?.textContent.trim() || select?.getAttribute("aria-label");
  const box = container.querySelector(".select2-selection");
  if (!label || !box || box.getAttribute("aria-label") === label) return;
  const shown = container.querySelector(".select2-selection__rendered");
  box.setAttribute("aria-label", label);
  box.removeAttribute("aria-labelledby");
  if (shown?.getAttribute("role") === "textbox") {
    shown.removeAttribute("role");
    shown.removeAttribute("aria-readonly");
    box.setAttribute("aria-describedby", shown.id);
  }
  container.querySelector(".select2-search__field")?.setAttribute("aria-label", label);
};

// The list of a select opens elsewhere in the document; the open box says what it belongs to.
const nameList = (search) => {
  const label = document.querySelector(".select2-container--open .select2-selection")?.getAttribute("aria-label");
  if (!label) return;
  search.setAttribute("aria-label", label);
  document.querySelector(".select2-dropdown [role=listbox]")?.setAttribute("aria-label", label);
};

const nameAll = () => document.querySelectorAll("select + .select2-container").forEach(nameSelect);
nameAll();
new MutationObserver(nameAll).observe(document.body, { childList: true, subtree: true });
document.addEventListener("focusin", ({ target }) => {
  if (target.matches(".select2-search__field")) nameList(target);
});

document.addEventListener("keydown", (event) => {
  const isTyping = event.target.closest("input, textarea, select, [contenteditable=true]");
  const field = document.querySelector("#desk-find");
  if (event.key !== "/" || isTyping || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || !field?.offsetParent) return;
  event.preventDefault();
  field.focus();
});

document.addEventListener("click", ({ target }) => {
  document.querySelectorAll(".desk-account[open]").forEach((menu) => { if (!menu.contains(target)) menu.open = false; });
});

document.addEventListener("submit", (event) => {
  const { target } = event;
  if (event.defaultPrevented || target.method !== "post") return;
  if (target.ariaBusy === "true") event.preventDefault();
  else target.ariaBusy = "true";
});
addEventListener("pageshow", () => document.querySelectorAll("form[aria-busy]").forEach((form) => form.removeAttribute("aria-busy")));
