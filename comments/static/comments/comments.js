// Comment forms in place; one's own waiting comments.
const headers = { "X-Fragment": "1" };
const store = "comments-mine";
const kept = () => JSON.parse(localStorage[store] ?? "[]");
const keep = (urls) => (localStorage[store] = JSON.stringify(urls.slice(-20)));
const section = document.querySelector("[data-comments]");
const mine = section?.dataset.comments;
const box = document.createElement("div");
let opener;

async function open(link) {
  try {
    const answer = await fetch(link.href, { headers });
    if (!answer.ok) throw 0;
    box.innerHTML = await answer.text();
    opener = link;
    link.parentElement.after(box);
    box.querySelector("textarea, a")?.focus();
  } catch {
    location = link.href;
  }
}

async function send(form) {
  const button = form.querySelector("[data-sending]"), words = button.textContent;
  if (button.ariaDisabled) return;
  button.ariaDisabled = "true";
  button.textContent = button.dataset.sending;
  try {
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers });
    const place = answer.headers.get("Location");
    if (answer.status > 499) throw 0;
    if (place) return (location = place), location.reload();
    box.innerHTML = await answer.text();
    if (answer.ok) keep([...kept(), mine]);
    box.querySelector("[role=alert], textarea")?.focus();
  } catch {
    form.querySelector("[data-comment-failed]").hidden = false;
    button.ariaDisabled = null;
    button.textContent = words;
  }
}

section?.addEventListener("click", (event) => {
  const link = event.target.closest("[data-comment-form],[data-comment-cancel]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if ("commentForm" in link.dataset) return open(link);
  box.remove();
  opener.focus();
});
section?.addEventListener("submit", (event) => {
  if (!box.contains(event.target)) return;
  event.preventDefault();
  send(event.target);
});

const posted = document.querySelector("[data-comments-posted]");
if (posted) keep([...kept(), posted.dataset.commentsPosted]);
if (kept().includes(mine)) {
  const answer = await fetch(mine);
  if (answer.status === 200) section.querySelector(".comments__head").insertAdjacentHTML("afterend", await answer.text());
  else keep(kept().filter((url) => url !== mine));
}
