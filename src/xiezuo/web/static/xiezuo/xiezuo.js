/* Small conveniences. Every page reads and saves without this file. ES2018, for Chrome 80 on. */
(function () {
  "use strict";

  /* In a form with keys of its own (data-keys) a choice that was picked does not swallow the next key. */
  const picked = (el) => el.type === "radio" && el.closest("[data-keys]");
  const typing = (el) => el && !picked(el) && (/^(INPUT|TEXTAREA|SELECT)$/.test(el.tagName) || el.isContentEditable);
  const toasts = document.getElementById("toasts");

  function say(words) {
    if (!toasts || !words) return;
    const toast = document.createElement("div");
    toast.className = "toast";
    const text = document.createElement("p");
    text.textContent = words;
    toast.appendChild(text);
    addClose(toast);
    toasts.appendChild(toast);
  }

  /* A message stays until it is closed: slow readers need no race against a clock. */
  function addClose(toast) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "×";
    button.setAttribute("aria-label", toasts.dataset.close);
    button.addEventListener("click", () => toast.remove());
    toast.appendChild(button);
  }
  if (toasts) toasts.querySelectorAll(".toast").forEach(addClose);

  /* Keys: / search · n record a service · g t today · ? these keys. A link says its keys in data-key. */
  let before = "";
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) return;
    const keys = before + event.key;
    before = event.key === "g" ? "g " : "";
    const named = `[data-key="${CSS.escape(keys)}"]`;
    const link = document.querySelector(`main ${named}`) || document.querySelector(named);
    const search = document.querySelector("main input[type=search]");
    if (link) link.click();
    else if (event.key === "/" && search) search.focus();
    else if (event.key === "?") open("keys");
    else return;
    event.preventDefault();
  });

  function open(id) {
    const dialog = document.getElementById(id);
    if (dialog && dialog.showModal && !dialog.open) dialog.showModal();
  }

  /* data-open="id" opens a dialog, data-close shuts the one it is in, data-print prints the page. */
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-open]");
    if (opener) { event.preventDefault(); open(opener.dataset.open); }
    const closer = event.target.closest("dialog [data-close]");
    if (closer) closer.closest("dialog").close();
    if (event.target.closest("[data-print]")) { event.preventDefault(); window.print(); }
  });
  document.querySelectorAll("[data-needs-script]").forEach((el) => { el.hidden = false; });

  /* A failed request never replaces what is on the page, except 422: that is the form with its errors. */
  if (window.htmx) htmx.config.noSwap = [204, 304, 400, 403, 404, 409, "5xx"];
  document.addEventListener("htmx:response:error", (event) => {
    const response = event.detail.ctx.response;
    if (toasts && !(response && response.status === 422)) say(toasts.dataset.failed);
  });
  document.addEventListener("htmx:error", () => { if (toasts) say(toasts.dataset.offline); });
})();
