// The live and audio pages: buttons of our own over the player, and the schedule in the reader's own time.
// Where something cannot be played, the browser's controls come back and say why.
const AWAKE = 3000; // milliseconds for which the buttons stay over a moving picture

for (const frame of document.querySelectorAll(".player__frame")) {
  const player = frame.querySelector("video, audio");
  const start = frame.querySelector(".player__start");
  const mute = frame.querySelector("[data-mute]");
  const bar = frame.querySelector(".player__bar");
  const play = start.getAttribute("aria-label");
  const show = () => {
    frame.classList.toggle("is-playing", !player.paused);
    start.setAttribute("aria-label", player.paused ? play : start.dataset.pause);
    mute.setAttribute("aria-pressed", player.muted);
  };
  const own = (on) => {
    player.controls = !on;
    start.hidden = (bar ?? mute).hidden = !on;
  };
  const turn = () => {
    if (player.paused) player.play().catch(() => {}); // an error of the source says it better
    else player.pause();
  };
  const refuse = () => {
    const wasHere = frame.contains(document.activeElement);
    own(false);
    if (wasHere) player.focus();
  };
  own(player.networkState !== HTMLMediaElement.NETWORK_NO_SOURCE);
  for (const each of [player, player.querySelector("source")]) each.addEventListener("error", refuse);
  start.addEventListener("click", turn);
  mute.addEventListener("click", () => { player.muted = !player.muted; });
  for (const event of ["play", "pause", "ended", "volumechange"]) player.addEventListener(event, show);
  if (!bar) continue;
  watch(frame, player, turn);
  captions(bar.querySelector("[data-captions]"), player);
  fullScreen(bar.querySelector("[data-full-screen]"), frame, player);
}

/** Over a moving picture the buttons show while somebody does something; a click on the picture turns it off and on. */
function watch(frame, player, turn) {
  let sleep;
  const wake = () => {
    frame.classList.add("is-awake");
    clearTimeout(sleep);
    sleep = setTimeout(() => frame.classList.remove("is-awake"), AWAKE);
  };
  player.addEventListener("click", () => {
    if (!player.controls && (player.paused || frame.classList.contains("is-awake"))) turn();
    wake();
  });
  for (const event of ["pointermove", "keydown", "focusin"]) frame.addEventListener(event, wake);
}

function captions(button, player) {
  const element = player.querySelector("track");
  if (!button || !element) return;
  const { track } = element;
  const show = () => button.setAttribute("aria-pressed", track.mode === "showing");
  button.addEventListener("click", () => { track.mode = track.mode === "showing" ? "disabled" : "showing"; });
  player.textTracks.addEventListener("change", show);
  element.addEventListener("load", () => { // the lines stand above the bar
    for (const cue of track.cues) if (cue.line === "auto") cue.line = -3;
  });
}

/** The frame fills the screen with its buttons; on a telephone that cannot do that, the picture alone. */
function fullScreen(button, frame, player) {
  if (!document.fullscreenEnabled && !player.webkitEnterFullscreen) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    if (document.fullscreenElement) document.exitFullscreen();
    else if (document.fullscreenEnabled) frame.requestFullscreen().catch(() => {});
    else player.webkitEnterFullscreen();
  });
  document.addEventListener("fullscreenchange", () => button.setAttribute("aria-pressed", !!document.fullscreenElement));
}

const words = document.querySelector("[data-zone]");
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (words && zone && zone !== words.dataset.zone) {
  const clock = new Intl.DateTimeFormat(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  for (const time of document.querySelectorAll(".schedule time, .on-now time")) time.textContent = clock.format(new Date(time.dateTime));
  words.textContent = words.dataset.own;
}
