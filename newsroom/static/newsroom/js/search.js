// Where the filters stand beside the results, they are open and need no handle. Stands right after them, so that nothing
// moves after the first paint.
if (matchMedia("(min-width: 64em)").matches) {
  const filters = document.querySelector(".search-filters");
  filters.open = true;
  filters.dataset.beside = "";
}
