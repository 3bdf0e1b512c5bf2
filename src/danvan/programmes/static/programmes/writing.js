// A plan in writing is saved on the server once a minute while it changes. Nothing needs it:
// the button saves as well, and the browser keeps its own copy (data-autosave).
(function () {
  "use strict";
  const form = document.querySelector("form[data-server-save]");
  if (!form || !form.querySelector("button[type=submit]")) return;
  const status = form.querySelector("[data-save-status]");
  const seen = form.querySelector("[name=seen]");
  let changed = false;
  let sending = false;

  form.addEventListener("input", () => {
    changed = true;
  });
  form.addEventListener("submit", () => {
    changed = false;
    sending = true;
  });

  async function save() {
    if (!changed || sending) return;
    sending = true;
    changed = false;
    try {
      const answer = await fetch(form.dataset.serverSave, {
        method: "POST",
        body: new FormData(form),
        headers: { Accept: "application/json" },
        redirect: "manual",
      });
      const told = answer.headers.get("Content-Type") === "application/json" ? await answer.json() : {};
      if (told.version) seen.value = told.version;
      else changed = answer.status !== 409;
      if (status && told.reason) status.textContent = told.reason;
    } catch {
      changed = true;
    } finally {
      sending = false;
    }
  }
  window.setInterval(save, 60000);
})();
