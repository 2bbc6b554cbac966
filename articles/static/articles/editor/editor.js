// The body editor: takes the place of the text area it finds. Without it the text area is the editor and loses nothing.
import {
  Blockquote, Bold, BulletList, Document, Dropcursor, Editor, Extension, Gapcursor, HardBreak, Heading, History,
  HorizontalRule, Italic, Link, ListItem, OrderedList, Paragraph, Strike, Subscript, Superscript, Table, TableCell, TableHeader, TableRow,
  Text,
} from "django-prose-editor/editor";
import { isAddress, make } from "newsroom-editor/dom";
import { askFacts } from "newsroom-editor/facts";
import { NewsEmbed, NewsFactBox, NewsGallery, NewsPhoto, NewsPullQuote, NewsRelated, NewsUnknown } from "newsroom-editor/nodes";
import { NewsPaste } from "newsroom-editor/paste";
import { askAddress } from "newsroom-editor/picker";
import { NewsSlash } from "newsroom-editor/slash";
import { toolbar } from "newsroom-editor/toolbar";
import { NewsUpload } from "newsroom-editor/upload";

const IS_MAC = /Mac|iP(hone|ad)/.test(navigator.platform);
const KEYS = Object.fromEntries(Object.entries({ bold: "B", italic: "I", link: "K", undo: "Z", redo: "Shift+Z" })
  .map(([name, key]) => [name, IS_MAC ? `⌘${key}` : `Ctrl+${key}`]));

// The address of a link, asked for in our own dialog. A selection becomes a link; without one the address is typed in.
const NewsLink = Extension.create({
  name: "newsLink",
  addOptions: () => ({ words: {}, isAllowed: () => false }),
  addCommands() {
    const { words, isAllowed } = this.options;
    return { editLink: () => ({ editor }) => {
      const address = editor.getAttributes("link").href ?? "";
      askAddress({ address, isAllowed, words }).then((answer) => {
        editor.view.focus();
        if (answer === null) return;
        const chain = editor.chain().extendMarkRange("link");
        if (answer === "") chain.unsetLink().run();
        else if (editor.state.selection.empty && !address) chain.insertContent({ type: "text", text: answer, marks: [{ type: "link", attrs: { href: answer } }] }).run();
        else chain.setLink({ href: answer }).run();
      });
      return true;
    } };
  },
});

// The library's own dialog and its Ctrl+K give way to ours.
const OurLink = Link.extend({ addKeyboardShortcuts: () => ({ "Mod-k": ({ editor }) => editor.commands.editLink() }) });

const extensions = ({ words, photos, articles, add, allowed, most, hosts, upload }) => {
  const isAllowed = (address) => isAddress(address, allowed.schemes);
  return [
    Document, Paragraph, Text, HardBreak, History, Dropcursor, Gapcursor, HorizontalRule,
    Bold, Italic, Strike, Subscript, Superscript, Heading.configure({ levels: [2, 3] }), Blockquote, BulletList, OrderedList, ListItem,
    OurLink.configure({ enableTarget: false, protocols: allowed.schemes, isAllowedUri: isAllowed, defaultProtocol: "https" }),
    NewsLink.configure({ words, isAllowed }),
    NewsPhoto.configure({ endpoint: photos, add, words }), NewsRelated.configure({ endpoint: articles, most, words }),
    NewsGallery.configure({ endpoint: articles, words }), NewsEmbed.configure({ hosts, words }),
    Table.configure({ resizable: false }), TableRow, TableHeader, TableCell,
    NewsSlash.configure({ words }), NewsUpload.configure({ endpoint: upload, words, askFacts: (photo) => askFacts(photo, words) }),
    NewsFactBox, NewsPullQuote, NewsUnknown.configure({ allowed, words }), NewsPaste,
  ];
};

const label = (textarea) => textarea.labels?.[0];

const start = (textarea) => {
  const options = JSON.parse(textarea.dataset.bodyEditor);
  const { words } = options;
  const id = `${textarea.id}-text`;
  const place = make("div", { class: "editor" });
  textarea.before(place);
  const name = label(textarea);
  const editor = new Editor({
    element: place,
    injectCSS: false, // its style sheet would need a hole in the security policy; editor.css has the same rules
    enablePasteRules: false,
    editable: !textarea.matches(":disabled") && !textarea.readOnly,
    extensions: extensions(options),
    content: textarea.value,
    editorProps: { attributes: {
      id, class: "editor__text", role: "textbox", "aria-multiline": "true", spellcheck: "true", dir: "auto",
      "aria-label": name?.textContent ?? "", "aria-describedby": textarea.getAttribute("aria-describedby") ?? "",
    } },
    onUpdate() {
      textarea.value = editor.isEmpty ? "" : editor.getHTML();
      textarea.dispatchEvent(new Event("input", { bubbles: true }));
    },
  });
  editor.view.dom.style.setProperty("--editor-source", JSON.stringify(words.source));
  editor.view.dom.style.setProperty("--editor-heading", JSON.stringify(words.factBoxHeading));
  textarea.hidden = true;
  if (editor.isEditable) place.prepend(...toolbar(editor, words, KEYS, id));
  name?.addEventListener("click", (event) => { event.preventDefault(); editor.view.focus(); });
  count(editor, place, words);
  textarea.dispatchEvent(new CustomEvent("body-editor:ready", { bubbles: true, detail: { editor, textarea } }));
  return editor;
};

// "430 words, 2 min read" below the text.
const count = (editor, place, words) => {
  const line = make("p", { class: "editor__count" });
  const show = () => {
    const number = editor.getText({ blockSeparator: " " }).split(/\s+/).filter(Boolean).length;
    line.textContent = words.count.replace("{words}", number).replace("{minutes}", Math.max(1, Math.round(number / 220)));
  };
  editor.on("update", show);
  show();
  place.append(line);
};

for (const textarea of document.querySelectorAll("textarea[data-body-editor]")) {
  try {
    start(textarea);
  } catch (error) { // the text area stays as it is, with everything in it
    textarea.hidden = false;
    textarea.previousElementSibling?.matches(".editor") && textarea.previousElementSibling.remove();
    console.error("The body editor did not start.", error);
  }
}
