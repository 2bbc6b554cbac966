// Makes what Word, Google Docs and LibreOffice put on the clipboard into plain paragraphs, headings and lists.
// The editor's schema drops fonts, colours, pictures and scripts by itself.
import { Extension, pm } from "django-prose-editor/editor";

const STYLE = "data-pasted-style";

// What the page's security policy would judge (and complain of) while the clipboard is only read goes before parsing.
const ELEMENTS = /<(style|script|xml|title|iframe|object|svg|math)\b[\s\S]*?<\/\1\s*>/gi;
const COMMENTS = /<!--[\s\S]*?-->|<!\[[^\]>]*\]>/g;
const TAGS = /<[a-z][^\s>]*\s(?:[^"'>]|"[^"]*"|'[^']*')*>/gi;
const defused = (html) => html.replace(ELEMENTS, "").replace(COMMENTS, "").replace(TAGS, (tag) =>
  tag.replace(/(?<=["'\s/])style(?=\s*=)/gi, STYLE).replace(/(?<=["'\s/])(on\w+|src|srcset)(?=\s*=)/gi, "data-pasted-$1"));

const unwrap = (element) => element.replaceWith(...element.childNodes);
const style = (element) => (element.getAttribute(STYLE) || "").toLowerCase();
const rename = (element, tag) => {
  const other = element.ownerDocument.createElement(tag);
  other.append(...element.childNodes);
  element.replaceWith(other);
};

// Word writes some items of a list as real ones, in lists of their own: here they become paragraphs like the others.
const flattenWordLists = (doc) => {
  for (const list of [...doc.querySelectorAll("ul, ol")].filter((each) => !each.parentElement.closest("ul, ol"))) {
    if (!list.querySelector(`li[${STYLE}*="mso-list"]`)) continue;
    for (const item of list.querySelectorAll("li")) {
      const paragraph = doc.createElement("p");
      paragraph.setAttribute(STYLE, item.getAttribute(STYLE) || "mso-list: level1");
      paragraph.dataset.pastedList = item.parentElement.localName;
      paragraph.append(...[...item.childNodes].filter(({ localName }) => localName !== "ul" && localName !== "ol"));
      list.before(paragraph);
    }
    list.remove();
  }
};

// Word's list items are paragraphs with a level and a bullet or number typed into them.
const wordLists = (doc) => {
  flattenWordLists(doc);
  let open = []; // the list of each level
  let last = null;
  for (const paragraph of doc.querySelectorAll(`[${STYLE}*="mso-list"]:is(p, h1, h2, h3)`)) {
    const level = Number(/level(\d)/.exec(style(paragraph))?.[1] || 1);
    const marker = [...paragraph.querySelectorAll(`[${STYLE}]`)].find((element) => /mso-list:\s*ignore/.test(style(element)));
    const tag = paragraph.dataset.pastedList ?? (/^[\s\u00a0(]*([0-9]+|[a-z]|[ivx]+)[.)]/i.test(marker?.textContent ?? "") ? "ol" : "ul");
    marker?.remove();
    if (paragraph.previousElementSibling !== last || !last) open = [];
    open = open.slice(0, level);
    if (!open[level - 1] || (open[level - 1].localName !== tag)) {
      const list = doc.createElement(tag);
      const parent = open.slice(0, level - 1).findLast(Boolean);
      if (parent?.lastElementChild) parent.lastElementChild.append(list);
      else paragraph.before(list);
      open[level - 1] = list;
    }
    const item = doc.createElement("li");
    item.append(...paragraph.childNodes);
    open[level - 1].append(item);
    paragraph.remove();
    last = open.find(Boolean);
  }
};

// A list that stands in a list without an item round it (Google Docs, old HTML) belongs to the item before it.
const nestedLists = (doc) => {
  for (const list of doc.querySelectorAll(":is(ul, ol) > :is(ul, ol)")) {
    const before = list.previousElementSibling;
    if (before?.localName === "li") before.append(list);
    else unwrap(list);
  }
};

// Google Docs and LibreOffice say bold and italic in styles only.
const marks = (doc) => {
  for (const span of doc.querySelectorAll(`span[${STYLE}]`)) {
    if (span.closest("h1, h2, h3, h4, h5, h6")) continue;
    const wanted = [[/font-weight:\s*(bold|[6-9]00)/, "strong"], [/font-style:\s*italic/, "em"]];
    for (const [pattern, tag] of wanted) {
      if (!pattern.test(style(span))) continue;
      const mark = doc.createElement(tag);
      mark.append(...span.childNodes);
      span.append(mark);
    }
  }
};

const links = (doc) => {
  for (const link of doc.querySelectorAll('a[href^="https://www.google.com/url?"]')) {
    const target = new URL(link.href).searchParams.get("q");
    if (target) link.setAttribute("href", target);
  }
};

const emptyParagraphs = (doc) => {
  for (const paragraph of doc.querySelectorAll("p, h2, h3")) {
    if (!paragraph.textContent.replace(/[\s\u00a0\u200b]/g, "") && !paragraph.querySelector("[data-node]")) paragraph.remove();
  }
};

// The HTML of the clipboard without what word processors put round the words. What this editor copied passes untouched.
export const cleanPaste = (html) => {
  if (html.includes("data-pm-slice")) return html;
  const doc = new DOMParser().parseFromString(defused(html), "text/html");
  doc.querySelectorAll("style, script, meta, link, title, xml, img").forEach((element) => element.remove());
  [...doc.body.querySelectorAll("*")].filter(({ localName }) => localName.includes(":")).forEach(unwrap);
  wordLists(doc);
  doc.querySelectorAll('b[id^="docs-internal-guid"]').forEach(unwrap);
  [...doc.querySelectorAll(`b[${STYLE}]`)].filter((bold) => /font-weight:\s*normal/.test(style(bold))).forEach(unwrap);
  nestedLists(doc);
  marks(doc);
  links(doc);
  doc.querySelectorAll("h1").forEach((heading) => rename(heading, "h2"));
  doc.querySelectorAll("h4, h5, h6").forEach((heading) => rename(heading, "h3"));
  doc.querySelectorAll("body > br").forEach((element) => element.remove());
  emptyParagraphs(doc);
  for (const element of doc.querySelectorAll("*")) {
    for (const { name } of [...element.attributes]) if (name.startsWith("data-pasted")) element.removeAttribute(name);
  }
  return doc.body.innerHTML;
};

export const NewsPaste = Extension.create({
  name: "newsPaste",
  addProseMirrorPlugins: () => [new pm.state.Plugin({ props: { transformPastedHTML: cleanPaste } })],
});
