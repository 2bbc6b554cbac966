// The live and audio pages: one big button starts the player, and the schedule shows the reader's own time.
for (const button of document.querySelectorAll(".player__start")) {
  const player = button.closest(".player__frame").querySelector("video, audio");
  const hide = () => { button.hidden = true; player.controls = true; };
  if (player.tagName === "VIDEO") player.controls = false;
  button.hidden = false;
  button.addEventListener("click", () => {
    hide();
    player.focus();
    player.play().catch(() => { /* the player's own controls say why */ });
  });
  player.addEventListener("play", hide);
}

const words = document.querySelector("[data-zone]");
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (words && zone && zone !== words.dataset.zone) {
  const clock = new Intl.DateTimeFormat(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  for (const time of document.querySelectorAll(".schedule time, .on-now time")) time.textContent = clock.format(new Date(time.dateTime));
  words.textContent = words.dataset.own;
}
