// The sidebar on a phone opens by its address (#menu); here: Escape, and focus that follows.

export function watchMenus() {
  const menu = document.getElementById("menu");
  const open = document.querySelector("[data-menu-open]");
  const isOpen = () => location.hash === "#menu";
  const close = () => {
    // An address nothing has: the menu is no longer the target and the page keeps its place.
    location.replace("#_");
    history.replaceState(null, "", location.pathname + location.search);
    open?.focus();
  };
  open?.addEventListener("click", () => setTimeout(() => menu.querySelector("[data-menu-close]").focus()));
  for (const link of document.querySelectorAll("[data-menu-close]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      close();
    });
  }
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (isOpen()) close();
    document.querySelectorAll("details.person[open]").forEach((d) => {
      d.open = false;
      d.querySelector("summary").focus();
    });
  });
  document.addEventListener("click", (event) => {
    document.querySelectorAll("details.person[open]").forEach((d) => {
      if (!d.contains(event.target)) d.open = false;
    });
  });
}
