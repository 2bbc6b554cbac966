// Gives names to what the admin leaves nameless: searchable selects, the list's search field.
const name = (element, text) => { if (text && !element.getAttribute("aria-label")) element.setAttribute("aria-label", text.trim()); };

const nameSelects = () => {
  for (const select of document.querySelectorAll("select.admin-autocomplete")) {
    const label = select.getAttribute("aria-label") || document.querySelector(`label[for="${CSS.escape(select.id)}"]`)?.textContent;
    const box = select.nextElementSibling;
    if (!box?.matches(".select2")) continue;
    box.querySelectorAll('[role="combobox"], [role="textbox"], [role="searchbox"]').forEach((part) => name(part, label));
  }
};

const search = document.querySelector("#searchbar");
if (search) name(search, search.form?.querySelector('input[type="submit"]')?.value || search.placeholder);
requestAnimationFrame(() => setTimeout(nameSelects));
addEventListener("load", () => setTimeout(nameSelects, 50));
