// Fetches what a reader needs only once they act, and looks for new comments meanwhile.
const section = document.querySelector("[data-comments]");
const { acts, comments: mine, count, poll } = section.dataset;
const load = () => import(acts);
const wanted = "[data-comment-form],[data-comment-cancel],[data-recommend],[data-dialog]";

section.addEventListener("click", (event) => {
  const link = event.target.closest(wanted);
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  load().then((module) => module.act(link)).catch(() => (location = link.href));
});
if (/signed_in=1/.test(document.cookie) || localStorage["comments-mine"]?.includes(mine)) load().then((module) => module.lay(section));

const { hash, search } = location;
if (/^#c\d+$/.test(hash) && !document.getElementById(hash.slice(1)) && !search) location.replace(`/comments/${hash.slice(2)}/`);

const news = section.querySelector(".comments__news"), link = document.createElement("a");
link.href = "?comments=newest#comments";

async function look() {
  const answer = document.hidden ? null : await fetch(`${poll}?since=${count}`).catch(() => null);
  if (answer?.status === 404) return; // readers do not see the article any more
  const { words } = answer?.ok ? await answer.json() : {};
  if (words) {
    link.textContent = words;
    news.append(link);
  }
  setTimeout(look, 30_000);
}
link.addEventListener("click", () => search === link.search && location.reload());
new IntersectionObserver((seen, watch) => seen[0].isIntersecting && (watch.disconnect(), look())).observe(section);
