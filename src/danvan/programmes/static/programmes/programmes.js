// Comfort for the review and the plan: the words of the finding one looks at come into view,
// and after a decision the next finding takes the keyboard. Nothing needs it.
(function () {
  "use strict";
  const text = document.querySelector(".review-text, .plan-text");

  function show(id) {
    const place = document.getElementById("t-" + id);
    if (!place || !text) return;
    for (const old of text.querySelectorAll(".here")) old.classList.remove("here");
    place.classList.add("here");
    const pane = text.getBoundingClientRect();
    const words = place.getBoundingClientRect();
    if (words.top < pane.top || words.bottom > pane.bottom) {
      text.scrollTop += words.top - pane.top - pane.height / 3;
    }
  }

  function card(element) {
    return element && element.closest ? element.closest(".finding") : null;
  }

  function nextPending(from) {
    const cards = [...document.querySelectorAll(".finding")];
    const at = cards.findIndex((c) => c.id === from);
    const order = [...cards.slice(at + 1), ...cards.slice(0, Math.max(at, 0))];
    return order.find((c) => c.dataset.state === "pending");
  }

  document.addEventListener("focusin", (event) => {
    const found = card(event.target);
    if (found) show(found.id.slice(4));
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest(".finding a[href^='#t-']");
    if (link && text && text.scrollHeight > text.clientHeight) {
      event.preventDefault();
      show(link.hash.slice(3));
      return;
    }
    const clause = event.target.closest && event.target.closest(".clause-link");
    if (clause && text) {
      for (const old of text.querySelectorAll("[aria-current]")) old.removeAttribute("aria-current");
      clause.closest("p").setAttribute("aria-current", "true");
    }
  });

  // The card is replaced by its new self: remember which, then go on from there.
  let decided = "";
  document.addEventListener("htmx:beforeRequest", (event) => {
    const found = card(event.target);
    decided = found && event.detail.requestConfig.verb === "post" ? found.id : "";
  });
  document.addEventListener("htmx:afterSettle", () => {
    if (!decided) return;
    const same = document.getElementById(decided);
    const next = same && same.dataset.state === "pending" ? same : nextPending(decided);
    decided = "";
    if (!next) return;
    const target = next.querySelector("[data-focus], .finding-acts button, .finding-acts summary") || next;
    target.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  });

  if (location.hash.startsWith("#muc-")) show(location.hash.slice(5));
  const current = text && text.querySelector("[aria-current]");
  if (current && text.scrollHeight > text.clientHeight) {
    text.scrollTop = current.offsetTop - text.offsetTop - text.clientHeight / 3;
  }
})();
