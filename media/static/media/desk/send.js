// Sends one file to the library. Calls onProgress with a share of 0 to 100. Resolves to {status, answer}: the number and
// the JSON of the answer, null where there was none.
export const send = (endpoint, file, token, onProgress) => new Promise((resolve) => {
  const request = new XMLHttpRequest();
  const form = new FormData();
  form.append("file", file);
  request.open("POST", endpoint);
  request.setRequestHeader("X-CSRFToken", token);
  request.setRequestHeader("Accept", "application/json");
  request.responseType = "json";
  request.upload.addEventListener("progress", ({ loaded, total }) => onProgress(total ? Math.round(loaded / total * 100) : 0));
  request.addEventListener("loadend", () => resolve({ status: request.status, answer: request.response }));
  request.send(form);
});
