/* What a form says about its draft: one line, and a note where something is back. */
(function () {
  "use strict";
  const told = window.draftDevice.told;
  const at = (words, clock) => words.replace("00:00", clock);
  const make = (name, css, text) => {
    const el = document.createElement(name);
    if (css) el.className = css;
    if (text) el.textContent = text;
    return el;
  };

  function line(form) {
    const shown = document.querySelector("[data-saved]");
    if (shown && document.querySelectorAll("input[name=draft_key]").length === 1) return shown;
    const own = make("p", "saved");
    own.setAttribute("role", "status");
    form.appendChild(own);
    return own;
  }

  function say(el, kind, words) {
    if (!el || !words) return;
    el.className = kind === "ok" ? "saved" : "saved wait";
    if (el.textContent !== words) el.textContent = words;
  }

  function button(words, act) {
    const el = make("button", "btn quiet", words);
    el.type = "button";
    el.addEventListener("click", act);
    return el;
  }

  /* A note above the form: words, lines of other versions, buttons. Gives it, to be removed. */
  function note(form, kind, words, buttons, lines) {
    const box = make("div", `note ${kind} back`);
    const inner = make("div");
    inner.appendChild(make("b", "", words));
    (lines || []).forEach(([text, buttonsOfLine]) => {
      const row = make("p", "meta", text);
      const does = make("span", "do");
      buttonsOfLine.forEach((one) => does.appendChild(one));
      inner.append(row, does);
    });
    const does = make("div", "do");
    buttons.forEach((one) => does.appendChild(one));
    inner.appendChild(does);
    box.append(make("span"), inner);
    box.setAttribute("role", "status");
    form.insertBefore(box, form.firstChild);
    return box;
  }

  function link(words, address) {
    const el = make("a", "btn", words);
    el.href = address;
    return el;
  }

  window.draftSaying = { told, at, make, line, say, button, note, link };
})();
