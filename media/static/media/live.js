// The live and audio pages: one big button starts the player, and the schedule shows the reader's own time.
for (const button of document.querySelectorAll(".player__frame:not(.player__frame--audio) .player__start")) {
  const player = button.closest(".player__frame").querySelector("video");
  const hide = () => { button.hidden = true; player.controls = true; };
  player.controls = false;
  button.hidden = false;
  button.addEventListener("click", () => {
    hide();
    player.focus();
    player.play().catch(() => { /* the player's own controls say why */ });
  });
  player.addEventListener("play", hide);
}

// Sound has two buttons of its own; where it cannot be played, the browser's controls come back and say why.
for (const frame of document.querySelectorAll(".player__frame--audio")) {
  const sound = frame.querySelector("audio");
  const [start, mute] = frame.querySelectorAll("button");
  const play = start.getAttribute("aria-label");
  const show = () => {
    start.classList.toggle("is-playing", !sound.paused);
    start.setAttribute("aria-label", sound.paused ? play : start.dataset.pause);
    mute.setAttribute("aria-pressed", sound.muted);
  };
  sound.controls = false;
  start.hidden = mute.hidden = false;
  start.addEventListener("click", () => {
    if (sound.paused) sound.play().catch(() => { sound.controls = true; });
    else sound.pause();
  });
  mute.addEventListener("click", () => { sound.muted = !sound.muted; });
  for (const event of ["play", "pause", "volumechange"]) sound.addEventListener(event, show);
}

const words = document.querySelector("[data-zone]");
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (words && zone && zone !== words.dataset.zone) {
  const clock = new Intl.DateTimeFormat(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  for (const time of document.querySelectorAll(".schedule time, .on-now time")) time.textContent = clock.format(new Date(time.dateTime));
  words.textContent = words.dataset.own;
}
