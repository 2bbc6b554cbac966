// The focal point: a click on the picture sets it, the arrow keys move it, and every crop is shown as it will be.
const picture = document.querySelector(".field-preview img");
const x = document.querySelector("#id_focal_x");
const y = document.querySelector("#id_focal_y");
const words = document.querySelector("#focal-words")?.dataset;
if (picture && x && y && words) {
  const frame = document.createElement("div");
  const point = document.createElement("span");
  const crops = document.createElement("div");
  frame.className = "focal";
  point.className = "focal__point";
  crops.className = "crops";
  Object.assign(frame, { tabIndex: 0 });
  frame.setAttribute("role", "group");
  frame.setAttribute("aria-label", words.label);
  picture.before(frame);
  frame.append(picture, point);
  frame.after(crops);
  for (const ratio of ["3x2", "16x9", "1x1"]) {
    const figure = document.createElement("figure");
    const image = Object.assign(document.createElement("img"), { src: picture.src, alt: "" });
    const caption = document.createElement("figcaption");
    figure.className = `crops__${ratio}`;
    caption.textContent = ratio.replace("x", ":");
    figure.append(image, caption);
    crops.append(figure);
  }
  // A crop's middle comes as near to the point as the edges allow; object-position says the same in other words.
  const share = (at, whole, part) => (whole <= part ? 0.5 : Math.min(1, Math.max(0, (at * whole - part / 2) / (whole - part))));
  const show = () => {
    const [left, top] = [Number(x.value), Number(y.value)].map((value) => Math.min(1, Math.max(0, value || 0)));
    point.style.setProperty("left", `${left * 100}%`);
    point.style.setProperty("top", `${top * 100}%`);
    const { naturalWidth: width, naturalHeight: height } = picture;
    for (const image of crops.querySelectorAll("img")) {
      const [across, down] = image.parentElement.className.slice(7).split("x").map(Number);
      const wide = Math.min(width, height * across / down);
      const high = Math.min(height, width * down / across);
      image.style.setProperty("object-position", `${share(left, width, wide) * 100}% ${share(top, height, high) * 100}%`);
    }
  };
  const set = (left, top) => {
    x.value = Math.min(1, Math.max(0, left)).toFixed(3);
    y.value = Math.min(1, Math.max(0, top)).toFixed(3);
    show();
  };
  frame.addEventListener("click", (event) => {
    const { left, top, width, height } = picture.getBoundingClientRect();
    set((event.clientX - left) / width, (event.clientY - top) / height);
  });
  frame.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (!step) return;
    event.preventDefault();
    set(Number(x.value) + step[0] * 0.02, Number(y.value) + step[1] * 0.02);
  });
  for (const field of [x, y]) field.addEventListener("input", show);
  if (picture.complete) show();
  else picture.addEventListener("load", show);
}
