// The mark stands ready to be typed over: Ctrl+Enter agrees, a figure replaces it.
for (const box of document.querySelectorAll("[data-select]")) {
  box.addEventListener("focus", () => box.select());
  if (document.activeElement === box) box.select();
}
