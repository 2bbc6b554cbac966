// The newsroom's own nodes. A reference node stores an id and what was typed for this place; everything else of its
// target is drawn from the picker's answer and never stored.
import { Node, pm } from "django-prose-editor/editor";
import { icon, make, parsed, results, safeCopy } from "newsroom-editor/dom";
import { pick } from "newsroom-editor/picker";

const { NodeSelection, TextSelection } = pm.state;
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
const attributes = (...names) => Object.fromEntries(names.map((name) => [name, {
  default: null, parseHTML: (element) => element.getAttribute(`data-${name}`), renderHTML: () => ({}),
}]));
const written = (kind, attrs) => Object.fromEntries([["data-node", kind],
  ...Object.entries(attrs).filter(([, value]) => value).map(([name, value]) => [`data-${name}`, String(value)])]);

// A dashed card in the text. `draw(content, node, change)` fills it; it is called again when the node's `key` changed.
const card = ({ kind, key, draw, change, words }) => ({ node, editor, getPos }) => {
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
const drawTargets = (content, endpoint, ids, words, draw) => {
  content.replaceChildren(make("small", {}, words.loading));
  results(endpoint, { ids }).then(
    (found) => content.replaceChildren(...draw(found)),
    () => content.replaceChildren(make("small", {}, words.unanswered)),
  );
};

const field = (label, value, placeholder, isEditable, onChange) => {
  const input = make("input", { type: "text", value: value ?? "", placeholder, maxlength: 2000, dir: "auto", disabled: !isEditable });
  input.addEventListener("input", (event) => { event.stopPropagation(); onChange(input.value.trim() || null); });
  input.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); }); // would send the form
  return make("label", { class: "editor-card__field" }, label, input);
};

const sizes = (attrs, isEditable, words, set) => {
  const select = make("select", { disabled: !isEditable },
    make("option", { value: "" }, words.normal), make("option", { value: "wide", selected: attrs.size === "wide" }, words.wide));
  select.addEventListener("change", (event) => { event.stopPropagation(); set({ size: select.value || null }); });
  return make("label", { class: "editor-card__field" }, words.size, select);
};

const photoLine = (photo, words) => [
  make("img", { src: photo.thumb, alt: "", loading: "lazy", width: 120, height: 80 }),
  make("span", { dir: "auto" }, photo.caption || photo.title || String(photo.id)),
  make("small", {}, photo.usable ? photo.credit || words.noCredit : words.unusable),
];

export const NewsPhoto = Node.create({
  name: "newsPhoto",
  group: "block",
  atom: true,
  draggable: true,
  addOptions: () => ({ endpoint: "", add: "", words: {} }),
  addAttributes: () => attributes("id", "size", "caption", "alt"),
  parseHTML: () => [{ tag: 'figure[data-node="photo"][data-id]', priority: 100 }],
  renderHTML: ({ node }) => ["figure", written("photo", node.attrs)],
  addNodeView() {
    const { endpoint, words } = this.options;
    return card({
      kind: "photo",
      key: (node) => node.attrs.id,
      words,
      change: (node, set) => this.storage.choose().then((photo) => photo && set({ id: String(photo.id), caption: null, alt: null })),
      draw: (content, node, set, isEditable) => drawTargets(content, endpoint, node.attrs.id, words, ([photo]) => photo ? [
        make("img", { src: photo.thumb, alt: "", width: 120, height: 80 }),
        make("div", { class: "editor-card__words" },
          make("span", { class: "editor-card__kind" }, words.photo),
          photo.usable ? "" : make("strong", { class: "editor-card__warning" }, words.unusable),
          field(words.caption, node.attrs.caption, photo.caption, isEditable, (caption) => set({ caption })),
          field(words.alt, node.attrs.alt, photo.is_decorative ? words.decorative : photo.alt, isEditable, (alt) => set({ alt })),
          sizes(node.attrs, isEditable, words, set),
          make("small", { dir: "auto" }, photo.credit || words.noCredit)),
      ] : [make("strong", { class: "editor-card__warning" }, words.photoGone)]),
    });
  },
  addStorage() {
    const { endpoint, add, words } = this.options;
    const draw = (photo) => photoLine(photo, words);
    return { choose: async () => (await pick({ title: words.pickPhoto, endpoint, most: 1, draw, add, words }))?.[0] };
  },
  addCommands() {
    return { choosePhoto: () => ({ editor }) => {
      this.storage.choose().then((photo) => {
        if (photo) insertBlock(editor, { type: this.name, attrs: { id: String(photo.id) } });
        else editor.view.focus();
      });
      return true;
    } };
  },
});

const storyState = (story, words) => story.is_public ? "" : make("small", { class: "editor-card__warning" }, `${story.status_label}. ${words.notPublic}`);

export const NewsRelated = Node.create({
  name: "newsRelated",
  group: "block",
  atom: true,
  draggable: true,
  addOptions: () => ({ endpoint: "", most: 3, words: {} }),
  addAttributes: () => attributes("ids"),
  parseHTML: () => [{ tag: 'aside[data-node="related"][data-ids]', priority: 100 }],
  renderHTML: ({ node }) => ["aside", written("related", node.attrs)],
  addNodeView() {
    const { endpoint, words } = this.options;
    return card({
      kind: "related",
      key: (node) => node.attrs.ids,
      words,
      change: async (node, set) => {
        const chosen = await results(endpoint, { ids: node.attrs.ids }).catch(() => []);
        const stories = await this.storage.choose(chosen);
        if (stories) set({ ids: stories.map(({ id }) => id).join(",") });
      },
      draw: (content, node) => drawTargets(content, endpoint, node.attrs.ids, words, (stories) => [
        make("span", { class: "editor-card__kind" }, words.relatedShort),
        ...stories.map((story) => make("span", { class: "editor-card__story", dir: "auto" }, story.headline, storyState(story, words))),
        stories.length ? "" : make("strong", { class: "editor-card__warning" }, words.relatedGone),
      ]),
    });
  },
  addStorage() {
    const { endpoint, most, words } = this.options;
    const draw = (story) => [make("span", { dir: "auto" }, story.headline),
      make("small", {}, [story.status_label, story.section, story.date].filter(Boolean).join(" · "))];
    return { choose: (chosen = []) => pick({ title: words.pickRelated, endpoint, most, chosen, draw, words }) };
  },
  addCommands() {
    return { chooseRelated: () => ({ editor }) => {
      this.storage.choose().then((stories) => {
        if (stories) insertBlock(editor, { type: this.name, attrs: { ids: stories.map(({ id }) => id).join(",") } });
        else editor.view.focus();
      });
      return true;
    } };
  },
});

const NewsQuoteSource = Node.create({
  name: "newsQuoteSource",
  content: "text*",
  marks: "",
  defining: true,
  parseHTML: () => [{ tag: "cite" }],
  renderHTML: () => ["cite", 0],
  addKeyboardShortcuts() {
    return { Enter: ({ editor }) => { // from the source one goes on writing below the quote
      const { $from } = editor.state.selection;
      if ($from.parent.type.name !== this.name) return false;
      const after = $from.after($from.depth - 1);
      const tr = editor.state.tr.insert(after, editor.schema.nodes.paragraph.create());
      editor.view.dispatch(tr.setSelection(TextSelection.create(tr.doc, after + 1)).scrollIntoView());
      return true;
    } };
  },
});

export const NewsPullQuote = Node.create({
  name: "newsPullQuote",
  group: "block",
  content: "paragraph+ newsQuoteSource",
  defining: true,
  draggable: true,
  addExtensions: () => [NewsQuoteSource],
  parseHTML: () => [{ tag: 'blockquote[data-node="pullquote"]', priority: 100 }],
  renderHTML: () => ["blockquote", { "data-node": "pullquote" }, 0],
  addCommands() {
    return { insertPullQuote: () => ({ editor }) => { // selected words are repeated in it, as newspapers do
      const { from, to } = editor.state.selection;
      const words = editor.state.selection instanceof NodeSelection ? "" : editor.state.doc.textBetween(from, to, " ").trim();
      const paragraph = { type: "paragraph", content: words ? [{ type: "text", text: words }] : [] };
      queueMicrotask(() => insertBlock(editor, { type: this.name, content: [paragraph, { type: "newsQuoteSource" }] }));
      return true;
    } };
  },
});

// Whatever the schema does not know would be lost on the next save: nodes of a later release, and tables, which this
// editor shows but does not change, live through it here as they were.
export const NewsUnknown = Node.create({
  name: "newsUnknown",
  group: "block",
  atom: true,
  draggable: true,
  addOptions: () => ({ allowed: null, words: {} }),
  addAttributes: () => ({ html: { default: "", parseHTML: (element) => element.outerHTML, renderHTML: () => ({}) } }),
  parseHTML() {
    const tags = [...this.options.allowed.nodeTags.map((tag) => `${tag}[data-node]`), "table"];
    return tags.map((tag) => ({ tag, priority: 60 }));
  },
  renderHTML({ node }) {
    const element = parsed(node.attrs.html);
    return element ? safeCopy(element, this.options.allowed) : ["p"];
  },
  addNodeView() {
    const { allowed, words } = this.options;
    return card({
      kind: "unknown",
      key: (node) => node.attrs.html,
      words,
      draw: (content, node) => {
        const element = parsed(node.attrs.html);
        const isTable = element?.localName === "table";
        content.replaceChildren(
          make("span", { class: "editor-card__kind" }, isTable ? words.table : element?.dataset.node || ""),
          isTable ? safeCopy(element, allowed) : make("span", {}, words.unknown));
      },
    });
  },
});
