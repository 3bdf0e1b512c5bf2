// Ctrl+Enter saves and goes on; "/" goes to the search box unless the person turned it off.
import { make } from "./make.js";

const OFF = "danvan:no-shortcut";
const TYPING = "input, textarea, select, [contenteditable]";

export function watchKeys() {
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) saveNext(event);
    else if (event.key === "/" && !event.ctrlKey && !event.altKey && !event.metaKey) search(event);
  });
  offerSwitch();
}

function saveNext(event) {
  const form = event.target.closest?.("form");
  const button = form?.querySelector("[data-save-next]");
  if (!button || button.disabled) return;
  event.preventDefault();
  form.requestSubmit(button);
}

function search(event) {
  if (localStorage.getItem(OFF) || event.target.closest?.(TYPING)) return;
  const box = [...document.querySelectorAll("[data-search], [data-filter-rows]")].find((b) => b.offsetParent);
  if (!box) return;
  event.preventDefault();
  box.focus();
  box.select();
}

// People who speak to their computer send single keys by accident: they can switch it off.
function offerSwitch() {
  const menu = document.querySelector(".person-menu");
  if (!menu) return;
  const box = make("input", { type: "checkbox", class: "form-check-input" });
  box.checked = !localStorage.getItem(OFF);
  box.addEventListener("change", () => {
    if (box.checked) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "yes");
  });
  menu.prepend(make("label", {}, box, "Phím “/” để tìm nhanh"));
}
