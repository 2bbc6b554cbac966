// The thumbnail of the photo that is shown stands in view.
const strip = document.querySelector(".gallery__thumbs");
const shown = strip?.querySelector("[aria-current]");
if (shown) {
  const [all, one] = [strip, shown].map((each) => each.getBoundingClientRect());
  strip.scrollLeft += one.left + one.width / 2 - all.left - all.width / 2;
}

// Arrow keys turn the pages of a gallery; the links do the work.
addEventListener("keydown", ({ key, target, ctrlKey, metaKey, altKey }) => {
  if (ctrlKey || metaKey || altKey || target.closest("input, textarea, select, [tabindex='0']")) return;
  const isBackwards = document.dir === "rtl";
  const rel = { ArrowRight: isBackwards ? "prev" : "next", ArrowLeft: isBackwards ? "next" : "prev" }[key];
  const link = rel && document.querySelector(`.gallery__steps a[rel="${rel}"]`);
  if (link) location = link.href;
});

const PATIENCE = 10_000; // milliseconds

// What goes on paper only is fetched when somebody prints.
addEventListener("click", async (event) => {
  if (!event.target.closest?.("[data-print]")) return;
  event.stopPropagation();
  const photos = [...document.querySelectorAll(".gallery__paper img")];
  const arrive = (photo) => photo.naturalWidth || new Promise((done) => {
    photo.onload = photo.onerror = done;
    setTimeout(done, PATIENCE);
  });
  for (const photo of photos) photo.loading = "eager";
  await Promise.all(photos.map(arrive));
  print();
}, true);
