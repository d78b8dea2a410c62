/* Reading a form, and putting back what was read: also rows that are not on the page yet. */
(function () {
  "use strict";
  const OURS = (name) => name === "csrfmiddlewaretoken" || name.startsWith("draft_");
  const entries = (form) => Array.from(new FormData(form)).filter(([name, value]) => typeof value === "string" && !OURS(name));

  function grouped(pairs) {
    const many = {};
    pairs.forEach(([name, value]) => { (many[name] = many[name] || []).push(value); });
    return many;
  }
  /* Answers as the house keeps them: lists, or single values. */
  const lists = (answers) => Object.fromEntries(Object.entries(answers).map(([name, value]) =>
    [name, (Array.isArray(value) ? value : [value]).map(String)]));
  const plain = (text) => text.replace(/\r\n/g, "\n");
  const written = (many) => JSON.stringify(Object.keys(many).sort().map((name) => [name, many[name].map(plain)]).filter(([, values]) => values.join("")));

  function hidden(name, value) {
    const input = document.createElement("input");
    Object.assign(input, { type: "hidden", name, value });
    input.dataset.putBack = "";
    return input;
  }

  function openAround(el) {
    for (let at = el.closest("details"); at; at = at.parentElement && at.parentElement.closest("details")) at.open = true;
  }

  /* `part`: what the house makes anew from hidden fields; there they are replaced as a whole. */
  function fill(form, answers, part) {
    const left = lists(answers);
    form.querySelectorAll("input[data-put-back]").forEach((el) => el.remove());
    if (part) part.querySelectorAll("input[type=hidden]").forEach((el) => el.remove());
    Array.from(form.elements).forEach((el) => {
      if (!el.name || OURS(el.name) || el.tagName === "BUTTON" || el.type === "file") return;
      const values = left[el.name] || [];
      if (el.type === "radio" || el.type === "checkbox") {
        const at = values.indexOf(el.value);
        if (el.checked !== at >= 0) { el.checked = at >= 0; openAround(el); }
      } else if (el.multiple && el.options) {
        Array.from(el.options).forEach((option) => { option.selected = values.includes(option.value); });
        values.length = 0;
      } else if (values.length) {
        const value = values.shift();
        if (plain(el.value) !== plain(value)) { el.value = value; if (el.type !== "hidden") openAround(el); }
      }
    });
    const chosen = new Set(Array.from(form.elements).filter((el) => /radio|checkbox/.test(el.type)).map((el) => `${el.name}\n${el.value}`));
    Object.entries(left).forEach(([name, values]) => values.forEach((value) => {
      if (!chosen.has(`${name}\n${value}`)) (part || form).appendChild(hidden(name, value));
    }));
  }

  window.draftFilling = { entries, grouped, lists, fill, hidden, same: (one, other) => written(one) === written(other) };
})();
