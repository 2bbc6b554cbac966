// Where the filters stand beside the results, they are open.
const filters = document.querySelector(".search-filters");
if (filters && matchMedia("(min-width: 64em)").matches) filters.open = true;
