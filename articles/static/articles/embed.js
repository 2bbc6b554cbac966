// A click on a player's link puts the player in its place. Without this the link leads to the other site.
document.addEventListener("click", (event) => {
  const link = event.target.closest(".embed__open[data-player]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const frame = document.createElement("iframe");
  frame.src = link.dataset.player;
  frame.title = link.textContent.trim();
  frame.allow = "fullscreen; picture-in-picture; encrypted-media";
  frame.referrerPolicy = "strict-origin-when-cross-origin";
  frame.setAttribute("sandbox", "allow-scripts allow-same-origin allow-presentation allow-popups");
  link.replaceWith(frame);
  frame.focus();
});
