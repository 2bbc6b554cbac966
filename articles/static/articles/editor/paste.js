// Makes what Word, Google Docs and LibreOffice put on the clipboard into plain paragraphs, headings and lists.
// The editor's schema drops fonts, colours, pictures and scripts by itself.

const unwrap = (element) => element.replaceWith(...element.childNodes);

const wordList = (doc) => {
  for (const paragraph of [...doc.querySelectorAll('p[class*="MsoListParagraph"], p[style*="mso-list"]')]) {
    const marker = paragraph.querySelector('[style*="mso-list:Ignore"], [style*="mso-list: Ignore"]');
    const isNumber = /^[\s(]*[0-9a-z]{1,3}[.)]/i.test(marker?.textContent ?? "");
    marker?.remove();
    const tag = isNumber ? "OL" : "UL";
    const before = paragraph.previousElementSibling;
    const list = before?.dataset?.pasted && before.tagName === tag ? before : doc.createElement(tag);
    if (list !== before) {
      list.dataset.pasted = "1";
      paragraph.before(list);
    }
    const item = doc.createElement("li");
    item.append(...paragraph.childNodes);
    list.append(item);
    paragraph.remove();
  }
  doc.querySelectorAll("[data-pasted]").forEach((list) => list.removeAttribute("data-pasted"));
};

const styledMarks = (doc) => {
  for (const span of doc.querySelectorAll("span[style]")) {
    const { fontWeight, fontStyle } = span.style;
    for (const [wanted, tag] of [[fontWeight === "bold" || Number(fontWeight) >= 600, "strong"], [fontStyle === "italic", "em"]]) {
      if (!wanted) continue;
      const mark = doc.createElement(tag);
      mark.append(...span.childNodes);
      span.append(mark);
    }
  }
};

export const cleanPaste = (html) => {
  const doc = new DOMParser().parseFromString(html, "text/html");
  const walker = doc.createTreeWalker(doc, NodeFilter.SHOW_COMMENT);
  const comments = [];
  while (walker.nextNode()) comments.push(walker.currentNode);
  comments.forEach((comment) => comment.remove());
  doc.querySelectorAll("style, script, meta, link, title, xml").forEach((element) => element.remove());
  [...doc.querySelectorAll("*")].filter(({ localName }) => localName.includes(":")).forEach(unwrap);
  wordList(doc);
  doc.querySelectorAll('b[id^="docs-internal-guid"], b[style*="font-weight:normal"], b[style*="font-weight: normal"]').forEach(unwrap);
  styledMarks(doc);
  doc.querySelectorAll("h1").forEach((heading) => {
    const lower = doc.createElement("h2");
    lower.append(...heading.childNodes);
    heading.replaceWith(lower);
  });
  doc.querySelectorAll("body > br, li > p:only-child").forEach((element) => (element.localName === "br" ? element.remove() : unwrap(element)));
  doc.querySelectorAll("p").forEach((paragraph) => {
    if (!paragraph.textContent.replace(/[\s\u00a0]/g, "") && !paragraph.querySelector("[data-node]")) paragraph.remove();
  });
  return doc.body.innerHTML;
};
