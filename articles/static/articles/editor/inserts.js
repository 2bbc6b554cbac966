// What can be put into the text besides words: the one list behind the toolbar's menu and the menu after "/".
export const INSERTS = [
  ["photo", (chain) => chain.choosePhoto()],
  ["gallery", (chain) => chain.chooseGallery()],
  ["related", (chain) => chain.chooseRelated()],
  ["pullQuote", (chain) => chain.insertPullQuote()],
  ["factBox", (chain) => chain.insertFactBox()],
  ["embed", (chain) => chain.chooseEmbed()],
  ["table", (chain) => chain.insertTable({ rows: 3, cols: 3, withHeaderRow: true })],
  ["divider", (chain) => chain.setHorizontalRule()],
];

// What can be done to a table while the caret is in it.
export const TABLE_ACTS = [
  ["rowAfter", (chain) => chain.addRowAfter()],
  ["columnAfter", (chain) => chain.addColumnAfter()],
  ["rowAway", (chain) => chain.deleteRow()],
  ["columnAway", (chain) => chain.deleteColumn()],
  ["headerRow", (chain) => chain.toggleHeaderRow()],
  ["tableAway", (chain) => chain.deleteTable()],
];
