// What somebody types into a form marked data-autosave (with an id) stays in this browser
// until it is saved, so that a lost session or a cut line loses nothing.
import { make } from "./make.js";

const SENT = "danvan:sent";
const PAUSE = 600; // milliseconds without a key before writing
let leaving = false;
const user = () => document.body.dataset.user ?? "";
const keyOf = (form) => `danvan:draft:${user()}:${location.pathname}:${form.id}`;

export function watchDrafts() {
  forgetSaved();
  document.querySelectorAll("form[data-autosave][id]").forEach(watch);
  // Signing out on purpose, perhaps on a shared machine: nothing of this person stays.
  document.querySelector("form[data-sign-out]")?.addEventListener("submit", () => {
    leaving = true; // the page's own farewell must not write the draft again
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(`danvan:draft:${user()}:`)) localStorage.removeItem(key);
    }
  });
}

// The page after a form was sent carries data-saved only if the server took it. Any other
// page (sign-in, error, the form with remarks) leaves the draft where it is.
function forgetSaved() {
  const sent = sessionStorage.getItem(SENT);
  sessionStorage.removeItem(SENT);
  if (sent && document.body.hasAttribute("data-saved")) localStorage.removeItem(sent);
}

function watch(form) {
  const key = keyOf(form);
  const shown = contents(form);
  const draft = read(key);
  const refused = form.querySelector(".form-errors, .is-invalid, [aria-invalid]");
  if (draft && draft.fields !== shown) offer(form, draft, key);
  else if (draft && !refused) localStorage.removeItem(key);

  let timer;
  const keep = () => {
    clearTimeout(timer);
    const fields = contents(form);
    if (fields !== shown && !leaving) write(key, { at: Date.now(), fields });
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(keep, PAUSE);
  });
  form.addEventListener("submit", () => {
    keep();
    sessionStorage.setItem(SENT, key);
  });
  window.addEventListener("pagehide", keep);
}

// Hidden fields stay out (a version mark must be the page's own), files and passwords too.
function controls(form) {
  return [...form.elements].filter(
    (e) => e.name && !["hidden", "file", "password", "submit", "button"].includes(e.type) && "value" in e,
  );
}

function contents(form) {
  return JSON.stringify(
    controls(form).map((e) => [e.name, e.type === "checkbox" || e.type === "radio" ? [e.value, e.checked] : picked(e)]),
  );
}

const picked = (e) => (e.multiple ? [...e.selectedOptions].map((o) => o.value) : e.value);

function restore(form, fields) {
  const waiting = new Map();
  for (const [name, value] of JSON.parse(fields)) {
    waiting.set(name, [...(waiting.get(name) ?? []), value]);
  }
  for (const element of controls(form)) {
    const kept = waiting.get(element.name);
    if (!kept?.length) continue;
    if (element.type === "checkbox" || element.type === "radio") {
      const same = kept.find(([value]) => value === element.value);
      if (same) element.checked = same[1];
    } else {
      put(element, kept.shift());
    }
    element.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function put(element, value) {
  if (!element.multiple) element.value = value;
  else for (const option of element.options) option.selected = value.includes(option.value);
}

function offer(form, draft, key) {
  const two = (n) => String(n).padStart(2, "0");
  const at = new Date(draft.at);
  const time = `${two(at.getHours())}:${two(at.getMinutes())} ${two(at.getDate())}/${two(at.getMonth() + 1)}/${at.getFullYear()}`;
  const take = make("button", { type: "button", class: "btn btn-sm btn-primary" }, `Khôi phục bản nháp lúc ${time}`);
  const drop = make("button", { type: "button", class: "btn btn-sm" }, "Bỏ bản nháp");
  const note = make(
    "div",
    { class: "notice tone-gold", role: "status" },
    make("div", {}, "Trình duyệt còn giữ nội dung bạn đã nhập mà chưa lưu. ", make("br"), take, drop),
  );
  take.addEventListener("click", () => {
    restore(form, draft.fields);
    note.remove();
    controls(form)[0]?.focus();
  });
  drop.addEventListener("click", () => {
    localStorage.removeItem(key);
    note.remove();
    controls(form)[0]?.focus();
  });
  form.before(note);
}

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

function write(key, draft) {
  try {
    localStorage.setItem(key, JSON.stringify(draft));
  } catch {
    // Full or forbidden: the form works all the same, only without a draft.
  }
}
