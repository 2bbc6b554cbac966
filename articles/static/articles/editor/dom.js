// Small things the parts of the body editor share.

// An element: attributes that are false or null are left out, true ones are empty; functions named on… listen.
export const make = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children.flat().filter((child) => child != null && child !== false && child !== ""));
  return element;
};

const DRAWN = "http://www.w3.org/2000/svg";

// A line drawing of 24 units square, as in the rest of the desk. Silent for screen readers.
export const icon = (paths) => {
  const svg = document.createElementNS(DRAWN, "svg");
  const path = document.createElementNS(DRAWN, "path");
  for (const [name, value] of Object.entries({ viewBox: "0 0 24 24", "aria-hidden": "true", focusable: "false", class: "editor-icon" })) svg.setAttribute(name, value);
  path.setAttribute("d", paths);
  svg.append(path);
  return svg;
};

// The picker's answer: its results. Throws when the server refuses or does not answer.
export const results = async (endpoint, query) => {
  const address = new URL(endpoint, location.href);
  for (const [name, value] of Object.entries(query)) address.searchParams.set(name, value);
  const answer = await fetch(address, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(String(answer.status));
  return (await answer.json()).results;
};

// A copy of `element` made of allowed tags and attributes only, for places where stored markup is shown or written
// again. `allowed` is the allowlist of articles/body/nodes.py. Nothing of it can run or load.
export const safeCopy = (element, allowed) => {
  const tag = element.localName;
  const isKnown = allowed.tags.includes(tag);
  const copy = isKnown ? document.createElement(tag) : document.createDocumentFragment();
  if (isKnown) {
    for (const { name, value } of element.attributes) {
      const isNodes = allowed.nodeTags.includes(tag) && /^data-[a-z][a-z0-9-]{0,40}$/.test(name);
      if (isNodes || (allowed.attributes[tag]?.includes(name) && (name !== "href" || isAddress(value, allowed.schemes)))) copy.setAttribute(name, value);
    }
  }
  if (!["script", "style", "template"].includes(tag)) {
    for (const child of element.childNodes) {
      if (child.nodeType === 3) copy.append(child.data);
      else if (child.nodeType === 1) copy.append(safeCopy(child, allowed));
    }
  }
  return copy;
};

export const parsed = (html) => new DOMParser().parseFromString(html, "text/html").body.firstElementChild;

// Whether a link may lead to `address`: an allowed scheme or a place on this site.
export const isAddress = (address, schemes) => {
  const scheme = /^\s*([a-z][a-z0-9+.-]*):/i.exec(address.replace(/[\u0000-\u0020]/g, ""));
  return scheme ? schemes.includes(scheme[1].toLowerCase()) : address.trim() !== "";
};
