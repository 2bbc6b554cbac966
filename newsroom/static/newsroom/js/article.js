// The article's page: slides that scroll in place, the system's share sheet, and print. Without it the links do the work.
for (const slides of document.querySelectorAll(".slides")) {
  const track = slides.querySelector(".slides__track");
  const counter = slides.querySelector(".slides__count");
  if (!counter) continue;
  const figures = [...track.children];
  const now = () => Math.round(Math.abs(track.scrollLeft) / track.clientWidth);
  const go = (step) => {
    const next = figures[Math.max(0, Math.min(figures.length - 1, now() + step))];
    track.scrollTo({ left: next.offsetLeft - figures[0].offsetLeft });
  };
  slides.querySelectorAll(".slides__arrows a").forEach((link, index) =>
    link.addEventListener("click", (event) => { event.preventDefault(); go(index ? 1 : -1); }));
  track.addEventListener("keydown", (event) => {
    const along = getComputedStyle(track).direction === "rtl" ? -1 : 1;
    const step = { ArrowRight: along, ArrowLeft: -along }[event.key];
    if (step) { event.preventDefault(); go(step); }
  });
  track.addEventListener("scroll", () => {
    counter.textContent = counter.dataset.words.replace("{n}", now() + 1);
  }, { passive: true });
}
for (const link of document.querySelectorAll("[data-share]")) {
  if (navigator.share) link.addEventListener("click", (event) => {
    event.preventDefault();
    navigator.share({ title: document.title, url: link.href }).catch(() => {});
  });
}
for (const button of document.querySelectorAll("[data-print]")) {
  button.parentElement.hidden = false;
  button.addEventListener("click", () => print());
}
