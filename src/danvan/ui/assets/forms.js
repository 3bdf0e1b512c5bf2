// Sending: ask before, send once; go to what is wrong.
import { make } from "./make.js";

const AGAIN = 15000; // milliseconds: a download leaves the page standing

export function watchForms() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    const button = event.submitter;
    const question = button?.dataset.confirm || form.dataset.confirm;
    if (question && form.dataset.confirmed !== "yes") {
      event.preventDefault();
      // Other listeners (drafts) must not take this for a sent form.
      event.stopImmediatePropagation();
      ask(question, button, () => {
        form.dataset.confirmed = "yes";
        form.requestSubmit(button);
      });
      return;
    }
    if (form.method.toLowerCase() !== "post") return;
    if (form.dataset.sent) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    form.dataset.sent = "yes";
    // After the browser has collected the fields: a disabled button would send no name.
    setTimeout(() => setBusy(form, true));
    setTimeout(() => release(form), AGAIN);
  }, true);
  // Back to a page kept in memory: its buttons must work again.
  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(release));
  const wrong = document.querySelector("[data-focus]");
  if (!wrong?.closest("[data-sample]")) wrong?.focus();
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}

function release(form) {
  delete form.dataset.sent;
  delete form.dataset.confirmed;
  setBusy(form, false);
}

function setBusy(form, busy) {
  for (const button of form.querySelectorAll("button:not([type=button])")) button.disabled = busy;
}

function ask(question, button, then) {
  const yes = make("button", { class: "btn btn-primary", value: "yes" }, button?.textContent.trim() || "Đồng ý");
  const no = make("button", { class: "btn", value: "", autofocus: "" }, "Không, quay lại");
  const dialog = make(
    "dialog",
    { class: "confirm", "aria-labelledby": "confirm-question" },
    make("form", { method: "dialog" }, make("p", { id: "confirm-question" }, question), make("div", { class: "acts" }, no, yes)),
  );
  document.body.append(dialog);
  dialog.addEventListener("close", () => {
    dialog.remove();
    button?.focus();
    if (dialog.returnValue === "yes") then();
  });
  dialog.showModal();
}
