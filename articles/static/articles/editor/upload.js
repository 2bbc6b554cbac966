// Pictures dropped or pasted as files: sent to the library one by one, each with its progress in the text, then a node.
import { Extension, pm } from "django-prose-editor/editor";
import { make } from "newsroom-editor/dom";
import { send as sendFile } from "newsroom-media/send";

const { Plugin, PluginKey } = pm.state;
const { Decoration, DecorationSet } = pm.view;
const places = new PluginKey("newsUpload");

const token = () => document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
export const pictures = (data) => [...(data?.files ?? [])].filter(({ type, name }) => type.startsWith("image/") || /\.(jpe?g|png|webp|avif|tiff?|gif|heic)$/i.test(name));

// Sends one file. Resolves to what the library answers: {id, title, missing …} of a photo that is there now, also of
// one that was there before; rejects with a sentence.
export const send = async (endpoint, file, words, onProgress) => {
  const { status, answer } = await sendFile(endpoint, file, token(), onProgress);
  if (status >= 200 && status < 300) return answer;
  if (answer?.duplicate) return { ...answer.duplicate, missing: [] };
  throw new Error(answer?.error || words.uploadFailed);
};

const sign = (file) => {
  const bar = make("progress", { max: 100, value: 0, "aria-label": file.name });
  const line = make("span", { dir: "auto" }, file.name);
  return { dom: make("div", { class: "editor-upload", contenteditable: "false", role: "status" }, line, bar), bar, line };
};

// Where the placeholder is now; null if the text round it was deleted.
const find = (state, id) => places.getState(state).find(null, null, (spec) => spec.id === id)[0]?.from ?? null;

const put = (view, photo, id) => {
  const { state } = view;
  const at = find(state, id);
  const tr = state.tr.setMeta(places, { away: id });
  if (at !== null) tr.insert(at, state.schema.nodes.newsPhoto.create({ id: String(photo.id) }));
  view.dispatch(tr);
};

const start = (view, files, at, { endpoint, words, askFacts }) => {
  const { state } = view;
  const $at = state.doc.resolve(at);
  const place = $at.depth ? $at.after(1) : at;
  return files.map(async (file) => {
    const id = {};
    const { dom, bar, line } = sign(file);
    view.dispatch(view.state.tr.setMeta(places, { add: { id, dom, at: view.state.doc.content.size < place ? view.state.doc.content.size : place } }));
    try {
      const photo = await send(endpoint, file, words, (share) => { bar.value = share; });
      put(view, photo, id);
      return photo;
    } catch (error) {
      bar.remove();
      dom.setAttribute("role", "alert");
      line.textContent = `${file.name}: ${error.message}`;
      dom.append(make("button", { type: "button", onclick: () => view.dispatch(view.state.tr.setMeta(places, { away: id })) }, words.close));
      return null;
    }
  });
};

const take = async (view, files, at, options) => {
  const photos = (await Promise.all(start(view, files, at, options))).filter(Boolean);
  for (const photo of photos) if (photo.missing?.length) await options.askFacts(photo);
};

export const NewsUpload = Extension.create({
  name: "newsUpload",
  addOptions: () => ({ endpoint: "", words: {}, askFacts: async () => null }),
  addProseMirrorPlugins() {
    const { options } = this;
    if (!options.endpoint) return [];
    return [new Plugin({
      key: places,
      state: {
        init: () => DecorationSet.empty,
        apply(tr, set) {
          const meta = tr.getMeta(places);
          let next = set.map(tr.mapping, tr.doc);
          if (meta?.add) next = next.add(tr.doc, [Decoration.widget(meta.add.at, meta.add.dom, { id: meta.add.id, side: 1 })]);
          if (meta?.away) next = next.remove(next.find(null, null, (spec) => spec.id === meta.away));
          return next;
        },
      },
      props: {
        decorations: (state) => places.getState(state),
        handlePaste(view, event) {
          const files = pictures(event.clipboardData);
          if (!files.length || event.clipboardData.types.includes("text/html")) return false;
          take(view, files, view.state.selection.to, options);
          return true;
        },
        handleDrop(view, event) {
          const files = pictures(event.dataTransfer);
          if (!files.length) return false;
          event.preventDefault();
          const at = view.posAtCoords({ left: event.clientX, top: event.clientY })?.pos ?? view.state.doc.content.size;
          take(view, files, at, options);
          return true;
        },
      },
    })];
  },
});
