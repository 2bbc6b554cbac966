// Opens comment forms in place, sends them without leaving the page, and fetches one's own waiting comments.
const HEADERS = { "X-Fragment": "1" };
const KEY = "comments-mine"; // which articles to ask about; the answer itself is never kept
const kept = () => JSON.parse(localStorage.getItem(KEY) ?? "[]");
const keep = (urls) => localStorage.setItem(KEY, JSON.stringify(urls.slice(-20)));
const section = document.querySelector("[data-comments]");
const mine = section?.dataset.comments;
const remember = (url) => keep([...new Set([...kept(), url])]);

const box = (html, link) => {
  const box = document.createElement("div");
  box.innerHTML = html;
  box.link = link;
  return box;
};

async function open(link) {
  link.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(link.href, { headers: HEADERS });
    if (!answer.ok) throw answer;
    const made = box(await answer.text(), link);
    link.parentElement.after(made);
    link.hidden = true;
    made.querySelector("textarea, a")?.focus();
  } catch {
    location.assign(link.href);
  }
  link.removeAttribute("aria-busy");
}

async function send(form) {
  const holder = form.parentElement, button = form.querySelector("[data-sending]"), words = button.textContent;
  if (button.ariaDisabled) return;
  button.ariaDisabled = "true";
  button.textContent = button.dataset.sending;
  try {
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: HEADERS });
    if (answer.status === 201) {
      location.assign(answer.headers.get("Location"));
      location.reload();
      return;
    }
    if (answer.status >= 500) throw answer;
    holder.innerHTML = await answer.text();
    if (answer.ok) {
      remember(mine);
      holder.link.hidden = false;
    }
    holder.querySelector("[role=alert], textarea")?.focus();
  } catch {
    form.querySelector("[data-comment-failed]").hidden = false;
    button.ariaDisabled = null;
    button.textContent = words;
  }
}

section?.addEventListener("click", (event) => {
  const link = event.target.closest("[data-comment-form], [data-comment-cancel]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (link.matches("[data-comment-form]")) return open(link);
  const holder = link.closest("form").parentElement;
  holder.link.hidden = false;
  holder.link.focus();
  holder.remove();
});
section?.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-comment-post]")) return;
  event.preventDefault();
  send(event.target);
});

const posted = document.querySelector("[data-comments-posted]");
if (posted) remember(posted.dataset.commentsPosted);
if (mine && kept().includes(mine)) {
  const answer = await fetch(mine);
  if (answer.status === 200) section.querySelector(".comments__head").after(box(await answer.text()));
  else keep(kept().filter((url) => url !== mine));
}
