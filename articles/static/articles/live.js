// A live coverage asks now and then whether there is something new, and offers it; what was removed goes at once.
const live = document.querySelector("[data-live]");
const button = live.querySelector("[data-live-news]");
const list = live.querySelector("[data-live-posts]");
const points = live.querySelector("[data-live-points]");
const { live: address } = live.dataset;
const fresh = new Map();
let shown = Number(live.dataset.version), seen = shown, later, waits = 15e3;

const ask = (query = "") => fetch(address + query, { cache: "no-cache", credentials: "omit" });
const show = (post) => {
  const below = [...list.children].find(({ dataset }) => dataset.order <= post.dataset.order);
  list.insertBefore(post, below || null);
  for (const { src } of post.querySelectorAll("script")) import(src); // of a player: inserted ones do not run
};
const made = (html) => {
  const frame = document.createElement("template");
  frame.innerHTML = html;
  return frame.content.firstElementChild;
};
const raise = (html) => {
  points.innerHTML = html;
  for (const link of points.querySelectorAll("a")) if (live.querySelector(link.hash)) link.href = link.hash;
};

const take = ({ version, posts, points: html, news, more }) => {
  seen = version;
  fresh.clear();
  for (const [id, , text, isNew] of posts) {
    const there = document.getElementById(`e${id}`);
    if (there) {
      there.remove();
      if (text) show(made(text));
    } else if (text && isNew) fresh.set(id, text);
  }
  later = () => {
    if (more) return location.reload();
    const added = [...fresh.values()].map(made);
    live.querySelector(".live__empty")?.remove();
    added.forEach(show);
    raise(html);
    shown = seen;
    button.hidden = true;
    added[0]?.scrollIntoView();
    added[0]?.focus({ preventScroll: true });
  };
  button.hidden = !(fresh.size || more);
  button.textContent = news;
  if (button.hidden) { raise(html); shown = seen; }
};

button.addEventListener("click", () => later());
const turn = async () => {
  try {
    const answer = await ask();
    if (answer.status === 404) return;
    const { version, running } = await answer.json();
    if (version > seen) take(await (await ask(`?since=${shown}`)).json());
    if (!running) {
      live.querySelector("[data-live-state]").textContent = live.dataset.ended;
      live.querySelector(".dot").remove();
      live.classList.remove("live--on");
      return;
    }
    waits = 15e3;
  } catch { waits = Math.min(waits * 2, 24e4); /* no answer: ask less often */ }
  wait();
};
const wait = () => setTimeout(() => document.hidden
  ? document.addEventListener("visibilitychange", turn, { once: true })
  : turn(), waits * (0.8 + Math.random() * 0.4));
wait();
