// Links that save a story or follow a topic show the reader's own state, and change it in place.
const headers = { Accept: "application/json" };

for (const link of document.querySelectorAll("[data-keep]")) {
  const words = link.querySelector("span") || link;
  let state;
  const show = (answer) => {
    state = answer;
    words.textContent = state.label;
    link.classList.toggle("is-kept", state.on);
  };
  fetch(link.href, { headers }).then((answer) => answer.json()).then((answer) => {
    show(answer);
    link.addEventListener("click", (event) => {
      event.preventDefault();
      const body = new URLSearchParams({ do: state.on ? "drop" : "keep" });
      fetch(link.href, { method: "POST", body, headers: { ...headers, "X-CSRFToken": state.token } })
        .then((reply) => reply.json()).then(show).catch(() => { location.href = link.href; });
    });
  }).catch(() => { /* signed out meanwhile: the plain link asks to sign in */ });
}
