// The newsroom's own nodes. A reference node stores an id and what was typed for this place; everything else of its
// target is drawn from the picker's answer and never stored.
import { Node, pm } from "django-prose-editor/editor";
import { attributes, card, drawTargets, field, insertBlock, written } from "newsroom-editor/cards";
import { make, parsed, results, safeCopy } from "newsroom-editor/dom";
import { askEmbed, pick } from "newsroom-editor/picker";

const { NodeSelection, TextSelection } = pm.state;

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

const storyLine = (story) => [make("span", { dir: "auto" }, story.headline),
  make("small", {}, [story.status_label, story.section, story.date].filter(Boolean).join(" · "))];

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
    return { choose: (chosen = []) => pick({ title: words.pickRelated, endpoint, most, chosen, draw: storyLine, words }) };
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

// A gallery is an article of its own; here stands its id.
export const NewsGallery = Node.create({
  name: "newsGallery",
  group: "block",
  atom: true,
  draggable: true,
  addOptions: () => ({ endpoint: "", words: {} }),
  addAttributes: () => attributes("id"),
  parseHTML: () => [{ tag: 'figure[data-node="gallery"][data-id]', priority: 100 }],
  renderHTML: ({ node }) => ["figure", written("gallery", node.attrs)],
  addNodeView() {
    const { endpoint, words } = this.options;
    return card({
      kind: "related",
      key: (node) => node.attrs.id,
      words,
      change: (node, set) => this.storage.choose().then((story) => story && set({ id: String(story.id) })),
      draw: (content, node) => drawTargets(content, endpoint, node.attrs.id, words, ([story]) => [
        make("span", { class: "editor-card__kind" }, words.gallery),
        story ? make("span", { class: "editor-card__story", dir: "auto" }, story.headline, storyState(story, words))
          : make("strong", { class: "editor-card__warning" }, words.galleryGone),
      ]),
    });
  },
  addStorage() {
    const { endpoint, words } = this.options;
    return { choose: async () => (await pick({ title: words.pickGallery, endpoint, query: { genre: "gallery" }, most: 1, draw: storyLine, words }))?.[0] };
  },
  addCommands() {
    return { chooseGallery: () => ({ editor }) => {
      this.storage.choose().then((story) => {
        if (story) insertBlock(editor, { type: this.name, attrs: { id: String(story.id) } });
        else editor.view.focus();
      });
      return true;
    } };
  },
});

// A player of another site: its address and what it is called here. Hosts that are not on the list stay links.
export const NewsEmbed = Node.create({
  name: "newsEmbed",
  group: "block",
  atom: true,
  draggable: true,
  addOptions: () => ({ hosts: [], words: {} }),
  addAttributes: () => attributes("url", "title"),
  parseHTML: () => [{ tag: 'figure[data-node="embed"][data-url]', priority: 100 }],
  renderHTML: ({ node }) => ["figure", written("embed", node.attrs)],
  addNodeView() {
    const { hosts, words } = this.options;
    const ask = (url) => askEmbed({ url, isAllowed: (address) => isEmbed(address, hosts), hosts, words });
    return card({
      kind: "embed",
      key: (node) => node.attrs.url,
      words,
      change: (node, set) => ask(node.attrs.url).then((url) => url && set({ url })),
      draw: (content, node, set, isEditable) => content.replaceChildren(make("div", { class: "editor-card__words" },
        make("span", { class: "editor-card__kind" }, words.embed),
        make("bdi", { class: "editor-card__address" }, node.attrs.url),
        isEmbed(node.attrs.url, hosts) ? "" : make("strong", { class: "editor-card__warning" }, words.embedUnknown),
        field(words.embedTitle, node.attrs.title, "", isEditable, (title) => set({ title })))),
    });
  },
  addCommands() {
    const { hosts, words } = this.options;
    return { chooseEmbed: () => ({ editor }) => {
      askEmbed({ url: "", isAllowed: (address) => isEmbed(address, hosts), hosts, words }).then((url) => {
        if (url) insertBlock(editor, { type: this.name, attrs: { url, title: null } });
        else editor.view.focus();
      });
      return true;
    } };
  },
  addProseMirrorPlugins() { // an address pasted alone into an empty paragraph is meant to be played
    const { editor, type, options } = this;
    return [new pm.state.Plugin({ props: { handlePaste(view, event) {
      const text = event.clipboardData?.getData("text/plain").trim() ?? "";
      const { $from, empty } = view.state.selection;
      if (!empty || $from.depth !== 1 || $from.parent.content.size || !isEmbed(text, options.hosts)) return false;
      insertBlock(editor, { type: type.name, attrs: { url: text, title: null } });
      return true;
    } } })];
  },
});

// "youtu.be" and the like are other names of hosts on the list; the server has the last word.
const NAMES = { "youtube.com": "www.youtube.com", "m.youtube.com": "www.youtube.com", "youtu.be": "www.youtube.com", "www.vimeo.com": "vimeo.com", "www.archive.org": "archive.org" };
const isEmbed = (address, hosts) => {
  if (!/^https?:\/\/\S+$/.test(address)) return false;
  try {
    const { hostname, pathname } = new URL(address);
    return hosts.includes(NAMES[hostname] ?? hostname) && pathname.length > 1;
  } catch {
    return false;
  }
};

// Facts beside the story: a frame round ordinary text.
export const NewsFactBox = Node.create({
  name: "newsFactBox",
  group: "block",
  content: "(paragraph | heading | bulletList | orderedList)+",
  defining: true,
  draggable: true,
  parseHTML: () => [{ tag: 'aside[data-node="factbox"]', priority: 100 }],
  renderHTML: () => ["aside", { "data-node": "factbox" }, 0],
  addCommands() {
    return { insertFactBox: () => ({ editor }) => {
      const heading = { type: "heading", attrs: { level: 3 } };
      queueMicrotask(() => insertBlock(editor, { type: this.name, content: [heading, { type: "paragraph" }] }));
      return true;
    } };
  },
  addKeyboardShortcuts() {
    return { "Mod-Enter": ({ editor }) => leave(editor, this.name), Enter: ({ editor }) => {
      const { $from, empty } = editor.state.selection;
      const isLastAndEmpty = empty && $from.depth === 2 && !$from.parent.content.size && $from.node(1).type.name === this.name
        && $from.index(1) === $from.node(1).childCount - 1 && $from.node(1).childCount > 1;
      return isLastAndEmpty ? leave(editor, this.name, true) : false;
    } };
  },
});

// The caret goes on in a new paragraph under the frame; an empty last paragraph inside it goes.
const leave = (editor, name, dropsLast = false) => {
  const { state } = editor;
  const { $from } = state.selection;
  if ($from.depth < 1 || $from.node(1).type.name !== name) return false;
  const tr = state.tr;
  if (dropsLast) tr.delete($from.before(2), $from.after(2));
  const after = tr.mapping.map($from.after(1));
  tr.insert(after, state.schema.nodes.paragraph.create());
  editor.view.dispatch(tr.setSelection(TextSelection.create(tr.doc, after + 1)).scrollIntoView());
  return true;
};

// Whatever the schema does not know would be lost on the next save: nodes of a later release live through it here as
// they were.
export const NewsUnknown = Node.create({
  name: "newsUnknown",
  group: "block",
  atom: true,
  draggable: true,
  addOptions: () => ({ allowed: null, words: {} }),
  addAttributes: () => ({ html: { default: "", parseHTML: (element) => element.outerHTML, renderHTML: () => ({}) } }),
  parseHTML() {
    return this.options.allowed.nodeTags.map((tag) => ({ tag: `${tag}[data-node]`, priority: 60 }));
  },
  renderHTML({ node }) {
    const element = parsed(node.attrs.html);
    return element ? safeCopy(element, this.options.allowed) : ["p"];
  },
  addNodeView() {
    const { words } = this.options;
    return card({
      kind: "unknown",
      key: (node) => node.attrs.html,
      words,
      draw: (content, node) => {
        content.replaceChildren(
          make("span", { class: "editor-card__kind" }, parsed(node.attrs.html)?.dataset.node || ""), make("span", {}, words.unknown));
      },
    });
  },
});
