// The screen of a live coverage: Ctrl+Enter posts, one click posts once, a text not sent is not left by mistake.
const form = document.querySelector("[data-live-form]");
if (form) {
  let sent = false, typed = false;
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    event.stopPropagation();
    form.requestSubmit(form.querySelector("[data-send]"));
  }, true);
  form.addEventListener("input", () => { typed = true; });
  form.addEventListener("submit", (event) => {
    if (sent) event.preventDefault();
    sent = true;
  });
  window.addEventListener("beforeunload", (event) => { if (typed && !sent) event.preventDefault(); });
  window.addEventListener("pageshow", () => { sent = false; });
  if (!location.hash && !form.querySelector("[name=entry]")) {
    const write = () => form.querySelector(".editor__text")?.focus();
    form.addEventListener("body-editor:ready", write, { once: true });
    write();
  }
}
