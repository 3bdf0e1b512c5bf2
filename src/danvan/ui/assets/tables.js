// Long tables: a shadow under what stays in view, and rows narrowed while typing.

export function watchTables() {
  for (const box of document.querySelectorAll(".table-scroll")) {
    box.addEventListener("scroll", () => {
      box.classList.toggle("scrolled-down", box.scrollTop > 0);
      box.classList.toggle("scrolled-right", box.scrollLeft > 0);
    }, { passive: true });
  }
  for (const input of document.querySelectorAll("[data-filter-rows]")) {
    const table = document.getElementById(input.dataset.filterRows);
    if (!table) continue;
    const holder = input.closest("[data-row-filter]");
    if (holder) holder.hidden = false;
    input.addEventListener("input", () => narrow(table, input.value, holder?.querySelector("[role=status]")));
  }
}

// "phuong 4" finds "Phường 4": marks off, đ as d, as the search on the server does.
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();

function narrow(table, wanted, status) {
  const words = fold(wanted).split(/\s+/).filter(Boolean);
  let left = 0;
  for (const row of table.querySelectorAll("tbody > tr")) {
    const text = fold(row.textContent);
    row.hidden = !words.every((word) => text.includes(word));
    if (!row.hidden) left += 1;
  }
  if (status) status.textContent = words.length ? `Còn ${left} dòng` : "";
}
