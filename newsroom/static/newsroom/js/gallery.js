// Arrow keys turn the pages of a gallery; the links do the work.
addEventListener("keydown", ({ key, target, ctrlKey, metaKey, altKey }) => {
  if (ctrlKey || metaKey || altKey || target.closest("input, textarea, select, [tabindex='0']")) return;
  const isBackwards = document.dir === "rtl";
  const rel = { ArrowRight: isBackwards ? "prev" : "next", ArrowLeft: isBackwards ? "next" : "prev" }[key];
  const link = rel && document.querySelector(`.gallery__steps a[rel="${rel}"]`);
  if (link) location = link.href;
});
