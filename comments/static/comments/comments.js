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

async function look() {
  setTimeout(look, 30_000);
  if (document.hidden) return;
  const { words } = await fetch(`${poll}?since=${count}`).then((answer) => (answer.ok ? answer.json() : {})).catch(() => ({}));
  if (!words) return;
  const news = section.querySelector("[data-news]");
  news.hidden = false;
  news.firstChild.textContent = words;
}
new IntersectionObserver((seen, watch) => seen[0].isIntersecting && (watch.disconnect(), look())).observe(section);
