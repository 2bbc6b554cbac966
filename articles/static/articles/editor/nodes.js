// The newsroom's own nodes for the prose editor. A reference node stores an id and what was typed for this place;
// everything else of its target is drawn from the picker's answer and never stored.
import { Extension, Node, gettext, pm } from "django-prose-editor/editor";
import { cleanPaste } from "./paste.js";
import { fetchResults, make, pick } from "./picker.js";

const { Plugin, TextSelection } = pm.state;

// Inserts a block where the caret is, and leaves the caret after it (in it, for a node with text).
const insertBlock = (editor, json) => {
  const { state, view } = editor;
  const node = state.schema.nodeFromJSON(json);
  const { $from } = state.selection;
  const top = $from.depth ? $from.node(1) : null;
  const isEmpty = top?.type.name === "paragraph" && !top.content.size;
  const start = $from.depth ? $from.before(1) : $from.pos;
  const end = $from.depth ? $from.after(1) : $from.pos + ($from.nodeAfter?.nodeSize ?? 0);
  const at = isEmpty ? start : end;
  let tr = isEmpty ? state.tr.replaceWith(start, end, node) : state.tr.insert(end, node);
  const after = at + node.nodeSize;
  if (after >= tr.doc.content.size) tr = tr.insert(after, state.schema.nodes.paragraph.create());
  tr.setSelection(TextSelection.near(tr.doc.resolve(node.isAtom ? after + 1 : at + 1)));
  view.dispatch(tr.scrollIntoView());
  view.focus();
};

const attribute = (name) => ({
  default: null,
  parseHTML: (element) => element.getAttribute(name),
  renderHTML: () => ({}), // the node writes them, once
});

const written = (pairs) => Object.fromEntries(Object.entries(pairs).filter(([, value]) => value !== null && value !== ""));

// What node views share: a card that is drawn when the target is known, and tells when it is gone.
const card = ({ kind, draw, load, getPos, editor, node }) => {
  let current = node;
  const content = make("div", { class: "node-card__content" }, gettext("Loading …"));
  const remove = make("button", { type: "button", class: "desk-button", "aria-label": gettext("Remove") }, "×");
  const dom = make("div", { class: `node-card node-card--${kind}`, contenteditable: "false" }, content, remove);
  remove.addEventListener("click", () => {
    editor.view.dispatch(editor.state.tr.delete(getPos(), getPos() + current.nodeSize));
    editor.view.focus();
  });
  const change = (attrs) => {
    editor.view.dispatch(editor.state.tr.setNodeMarkup(getPos(), undefined, { ...current.attrs, ...attrs }));
  };
  const refresh = () => load(current)
    .then((results) => content.replaceChildren(...draw(results, current, change)))
    .catch(() => { content.textContent = gettext("The server did not answer; the reference is kept."); });
  refresh();
  return {
    dom,
    update(next, key) {
      if (next.type !== current.type) return false;
      current = next;
      return true;
    },
    stopEvent: (event) => /^(input|key|mouse|click|focus|blur|change|pointer|composition)/.test(event.type) && event.target !== dom,
    ignoreMutation: () => true,
    selectNode() { dom.classList.add("is-selected"); },
    deselectNode() { dom.classList.remove("is-selected"); },
  };
};

const field = (label, value, placeholder, onChange) => {
  const input = make("input", { type: "text", value: value || "", placeholder: placeholder || "", maxlength: 2000 });
  input.addEventListener("change", () => onChange(input.value.trim() || null));
  input.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
  return make("label", { class: "node-card__field" }, label, input);
};

export const NewsPhoto = Node.create({
  name: "newsPhoto",
  group: "block",
  atom: true,
  draggable: true,
  addOptions: () => ({ endpoint: "" }),
  addAttributes: () => ({
    id: attribute("data-id"), size: attribute("data-size"), caption: attribute("data-caption"), alt: attribute("data-alt"),
  }),
  parseHTML: () => [{ tag: 'figure[data-node="photo"]', priority: 100 }],
  renderHTML: ({ node: { attrs } }) => ["figure", written({
    "data-node": "photo", "data-id": attrs.id, "data-size": attrs.size, "data-caption": attrs.caption, "data-alt": attrs.alt,
  })],
  addNodeView() {
    const { endpoint } = this.options;
    return (props) => card({
      ...props,
      kind: "photo",
      load: (node) => fetchResults(endpoint, { ids: node.attrs.id }),
      draw: ([photo], node, change) => photo
        ? [
            make("img", { src: photo.thumb, alt: "", width: 120 }),
            make("div", { class: "node-card__words" },
              make("strong", {}, photo.usable ? gettext("Photo") : gettext("Photo that may not be published")),
              make("small", {}, photo.credit ? `${gettext("Credit")}: ${photo.credit}` : gettext("Credit missing")),
              field(gettext("Caption here"), node.attrs.caption, photo.caption, (caption) => change({ caption })),
              field(gettext("Alt text here"), node.attrs.alt, photo.alt, (alt) => change({ alt }))),
          ]
        : [make("strong", {}, gettext("This photo was deleted."))],
    });
  },
  addMenuItems({ buttons, menu }) {
    menu.defineItem({
      name: "newsPhoto",
      groups: "news",
      button: buttons.material("image", gettext("Photo")),
      command: async (editor) => {
        const found = await pick({
          title: gettext("Insert a photo"), endpoint: this.options.endpoint, most: 1,
          draw: (photo) => [make("img", { src: photo.thumb, alt: "", loading: "lazy" }), make("span", {}, photo.caption || photo.title || String(photo.id)), make("small", {}, photo.credit || gettext("Credit missing"))],
        });
        if (found) insertBlock(editor, { type: "newsPhoto", attrs: { id: String(found[0].id) } });
        else editor.view.focus();
      },
    });
  },
});

export const NewsRelated = Node.create({
  name: "newsRelated",
  group: "block",
  atom: true,
  draggable: true,
  addOptions: () => ({ endpoint: "" }),
  addAttributes: () => ({ ids: attribute("data-ids") }),
  parseHTML: () => [{ tag: 'aside[data-node="related"]', priority: 100 }],
  renderHTML: ({ node: { attrs } }) => ["aside", written({ "data-node": "related", "data-ids": attrs.ids })],
  addNodeView() {
    const { endpoint } = this.options;
    return (props) => card({
      ...props,
      kind: "related",
      load: (node) => fetchResults(endpoint, { ids: node.attrs.ids }),
      draw: (articles) => [
        make("span", { class: "node-card__kind" }, gettext("RELATED")),
        ...articles.map((article) => make("div", {}, make("strong", { dir: "auto" }, article.headline),
          article.is_public ? "" : make("small", {}, ` ${article.status_label}: ${gettext("not shown to readers yet")}`))),
        ...(articles.length ? [] : [make("strong", {}, gettext("The related articles were deleted."))]),
      ],
    });
  },
  addMenuItems({ buttons, menu }) {
    menu.defineItem({
      name: "newsRelated",
      groups: "news",
      button: buttons.material("library_books", gettext("Related articles")),
      command: async (editor) => {
        const found = await pick({
          title: gettext("Insert related articles (up to three)"), endpoint: this.options.endpoint, most: 3,
          draw: (article) => [make("span", { dir: "auto" }, article.headline), make("small", {}, [article.status_label, article.section, article.date].filter(Boolean).join(" · "))],
        });
        if (found?.length) insertBlock(editor, { type: "newsRelated", attrs: { ids: found.map(({ id }) => id).join(",") } });
        else editor.view.focus();
      },
    });
  },
});

const NewsQuoteSource = Node.create({
  name: "newsQuoteSource",
  content: "text*",
  marks: "",
  parseHTML: () => [{ tag: "cite" }],
  renderHTML: () => ["cite", 0],
});

export const NewsPullQuote = Node.create({
  name: "newsPullQuote",
  group: "block",
  content: "paragraph+ newsQuoteSource",
  defining: true,
  addExtensions: () => [NewsQuoteSource],
  parseHTML: () => [{ tag: 'blockquote[data-node="pullquote"]', priority: 100 }],
  renderHTML: () => ["blockquote", { "data-node": "pullquote" }, 0],
  addMenuItems({ buttons, menu }) {
    menu.defineItem({
      name: "newsPullQuote",
      groups: "news",
      button: buttons.material("format_quote", gettext("Pull quote")),
      command: (editor) => insertBlock(editor, { type: "newsPullQuote", content: [{ type: "paragraph" }, { type: "newsQuoteSource" }] }),
    });
  },
});

// Whatever the schema does not know would be dropped on the next save: nodes of a later release live through it here.
export const NewsUnknown = Node.create({
  name: "newsUnknown",
  group: "block",
  atom: true,
  draggable: true,
  addAttributes: () => ({
    tag: { default: "div", parseHTML: (element) => element.localName, renderHTML: () => ({}) },
    html: { default: "", parseHTML: (element) => element.innerHTML, renderHTML: () => ({}) },
    data: {
      default: {},
      parseHTML: (element) => Object.fromEntries([...element.attributes].filter(({ name }) => name.startsWith("data-")).map(({ name, value }) => [name, value])),
      renderHTML: () => ({}),
    },
  }),
  parseHTML: () => ["figure", "aside", "div"].map((tag) => ({ tag: `${tag}[data-node]`, priority: 40 })),
  renderHTML({ node: { attrs } }) {
    const element = document.createElement(attrs.tag);
    for (const [name, value] of Object.entries(attrs.data)) element.setAttribute(name, value);
    element.innerHTML = attrs.html; // what the server sent, and it cleans it again
    return element;
  },
  addNodeView: () => ({ node }) => ({
    dom: make("div", { class: "node-card", contenteditable: "false" }, `${gettext("A part this editor does not know; it is kept as it is")}: ${node.attrs.data["data-node"] || ""}`),
    ignoreMutation: () => true,
  }),
});

export const NewsPaste = Extension.create({
  name: "newsPaste",
  addProseMirrorPlugins: () => [new Plugin({ props: { transformPastedHTML: cleanPaste } })],
});

// Names and roles: the text box and the toolbar say what they are.
export const NewsAccess = Extension.create({
  name: "newsAccess",
  addOptions: () => ({ label: "" }),
  onCreate() {
    const { dom } = this.editor.view;
    dom.setAttribute("aria-label", this.options.label);
    dom.setAttribute("aria-multiline", "true");
    dom.spellcheck = true;
    const toolbar = dom.closest(".prose-editor")?.querySelector(".prose-menubar");
    if (!toolbar) return;
    toolbar.setAttribute("role", "toolbar");
    toolbar.setAttribute("aria-label", gettext("Formatting"));
  },
});
