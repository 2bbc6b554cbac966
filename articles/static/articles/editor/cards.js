// What every node of the newsroom is made of: attributes, the dashed card in the text, fields on it, its place.
import { pm } from "django-prose-editor/editor";
import { icon, make, results } from "newsroom-editor/dom";

const { TextSelection } = pm.state;
const CROSS = "M6 6l12 12M18 6L6 18";
const GRIP = "M9 6v.01M9 12v.01M9 18v.01M15 6v.01M15 12v.01M15 18v.01";

// Puts a block after the one the caret is in (in place of it, if that is an empty paragraph). The caret comes to stand
// after the block, in a node with text inside it.
export const insertBlock = (editor, json) => {
  const { state, view } = editor;
  const { $from, $to } = state.selection;
  const node = state.schema.nodeFromJSON(json);
  const top = $from.depth ? $from.node(1) : null;
  const isEmpty = top?.type.name === "paragraph" && !top.content.size;
  const start = isEmpty ? $from.before(1) : $to.depth ? $to.after(1) : state.selection.to;
  const tr = state.tr.replaceWith(start, isEmpty ? $from.after(1) : start, node);
  const after = start + node.nodeSize;
  if (!tr.doc.nodeAt(after)?.isTextblock) tr.insert(after, state.schema.nodes.paragraph.create());
  tr.setSelection(TextSelection.near(tr.doc.resolve(node.isAtom ? after : start + 1), 1));
  view.dispatch(tr.scrollIntoView());
  view.focus();
};

// Attributes named after data attributes; the node itself writes them, once and only if there is something to say.
export const attributes = (...names) => Object.fromEntries(names.map((name) => [name, {
  default: null, parseHTML: (element) => element.getAttribute(`data-${name}`), renderHTML: () => ({}),
}]));
export const written = (kind, attrs) => Object.fromEntries([["data-node", kind],
  ...Object.entries(attrs).filter(([, value]) => value).map(([name, value]) => [`data-${name}`, String(value)])]);

// A dashed card in the text. `draw(content, node, change)` fills it; it is called again when the node's `key` changed.
export const card = ({ kind, key, draw, change, words }) => ({ node, editor, getPos }) => {
  let current = node;
  const content = make("div", { class: "editor-card__content" });
  const dom = make("div", { class: `editor-card editor-card--${kind}`, contenteditable: "false" },
    make("span", { class: "editor-card__grip", "data-drag-handle": "" }, icon(GRIP)), content);
  const set = (attrs) => editor.view.dispatch(editor.state.tr.setNodeMarkup(getPos(), undefined, { ...current.attrs, ...attrs }));
  if (editor.isEditable) {
    const remove = () => { editor.view.dispatch(editor.state.tr.delete(getPos(), getPos() + current.nodeSize)); editor.view.focus(); };
    dom.append(make("span", { class: "editor-card__acts" },
      change && make("button", { type: "button", class: "editor-card__change", onclick: () => change(current, set) }, words.change),
      make("button", { type: "button", class: "editor-card__remove", "aria-label": words.remove, title: words.remove, onclick: remove }, icon(CROSS))));
  }
  const fill = () => draw(content, current, set, editor.isEditable);
  fill();
  return {
    dom,
    update(next) {
      if (next.type !== current.type) return false;
      const isOther = key(next) !== key(current);
      current = next;
      if (isOther) fill();
      return true;
    },
    stopEvent: (event) => event.target instanceof Element && Boolean(event.target.closest("input, select, button, a, label")),
    ignoreMutation: () => true,
    selectNode: () => dom.classList.add("is-selected"),
    deselectNode: () => dom.classList.remove("is-selected"),
  };
};

// Asks for the targets and draws them; a server that does not answer costs the sight of them, not the reference.
export const drawTargets = (content, endpoint, ids, words, draw) => {
  content.replaceChildren(make("small", {}, words.loading));
  results(endpoint, { ids }).then(
    (found) => content.replaceChildren(...draw(found)),
    () => content.replaceChildren(make("small", {}, words.unanswered)),
  );
};

export const field = (label, value, placeholder, isEditable, onChange) => {
  const input = make("input", { type: "text", value: value ?? "", placeholder, maxlength: 2000, dir: "auto", disabled: !isEditable });
  input.addEventListener("input", (event) => { event.stopPropagation(); onChange(input.value.trim() || null); });
  input.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); }); // would send the form
  return make("label", { class: "editor-card__field" }, label, input);
};
