// Where the filters stand beside the results, they are open. Stands right after them, so that nothing moves after the first paint.
if (matchMedia("(min-width: 64em)").matches) document.querySelector(".search-filters").open = true;
