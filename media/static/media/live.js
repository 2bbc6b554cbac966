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
  const place = position(frame, player);
  const own = (on) => {
    player.controls = !on;
    start.hidden = (bar ?? mute).hidden = !on;
    place();
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

/** Says how far it is, and lets a recording be sought; of a transmission, how much of the programme is over. */
function position(frame, player) {
  const seek = frame.querySelector(".player__seek"), time = frame.querySelector(".player__time");
  const [from, until] = [...document.querySelectorAll(".on-now time[datetime]")].map((each) => Date.parse(each.dateTime));
  const show = () => {
    const { currentTime: now, duration: end, seekable } = player;
    const isRecording = Number.isFinite(end) && seekable.length > 0 && seekable.end(0) > 0, part = isRecording ? now / end : (Date.now() - from) / (until - from);
    seek.hidden = time.hidden = !isRecording || player.controls;
    frame.style.setProperty("--at", `${100 * Math.min(1, Math.max(0, Number.isNaN(part) ? 1 : part))}%`);
    if (!isRecording) return;
    seek.max = end;
    seek.value = now;
    time.textContent = `${clock(now)} / ${clock(end)}`;
    seek.setAttribute("aria-valuetext", seek.dataset.words.replace("{n}", clock(now)).replace("{total}", clock(end)));
  };
  for (const event of ["durationchange", "timeupdate", "seeking"]) player.addEventListener(event, show);
  seek.addEventListener("input", () => { player.currentTime = seek.value; });
  return show;
}

/** Seconds as people write them: 1:05, and 1:01:05 from an hour on. */
function clock(seconds) {
  const parts = [seconds / 3600, (seconds / 60) % 60, seconds % 60].map(Math.floor);
  return parts.slice(parts[0] ? 0 : 1).map((part, n) => String(part).padStart(n && 2, "0")).join(":");
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
if (zone) {
  const says = (time, options) => {
    time.textContent = new Intl.DateTimeFormat(document.documentElement.lang, { hourCycle: "h23", ...options }).format(new Date(time.dateTime));
  };
  for (const time of document.querySelectorAll(".schedule time, .on-now time, .next time")) {
    const isToday = time.textContent.length === "16:40".length;
    says(time, isToday ? { hour: "2-digit", minute: "2-digit" } : { dateStyle: "long", timeStyle: "short" });
  }
  if (words) words.textContent = words.dataset.own;
}
