// What every page has: the choice of theme in the footer.
const root = document.documentElement;
const choice = document.querySelector(".theme");
if (choice) {
  const show = () => choice.querySelectorAll("button").forEach((button) =>
    button.setAttribute("aria-pressed", String((root.dataset.theme || "auto") === button.value)));
  choice.hidden = false;
  choice.addEventListener("click", ({ target }) => {
    if (!target.value) return;
    if (target.value === "auto") delete root.dataset.theme;
    else root.dataset.theme = target.value;
    try {
      if (target.value === "auto") localStorage.removeItem("theme");
      else localStorage.setItem("theme", target.value);
    } catch { /* not kept, but it holds on this page */ }
    show();
  });
  show();
}
