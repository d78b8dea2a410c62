/* Keeping what is typed. A form with data-draft (its key) and data-keep-url saves itself to the house a moment after
   each change; what the house has not confirmed stays on this device, for seven days at most, and comes back when the
   page is opened again. Small buttons (name="do") change one part of the page without loading it anew. ES2018. */
(function () {
  "use strict";

  const PREFIX = "draft:";
  const WEEK = 7 * 24 * 3600 * 1000;
  const store = window.localStorage;

  const read = (key) => { try { return JSON.parse(store.getItem(PREFIX + key)); } catch (_) { return null; } };
  const forget = (key) => { try { store.removeItem(PREFIX + key); } catch (_) { /* private mode keeps nothing */ } };

  Object.keys(store || {}).filter((name) => name.startsWith(PREFIX)).forEach((name) => {
    const kept = read(name.slice(PREFIX.length));
    if (!kept || Date.now() - kept.at > WEEK) forget(name.slice(PREFIX.length));
  });
  document.querySelectorAll("[data-draft-done]").forEach((el) => forget(el.dataset.draftDone));

  const form = document.querySelector("form[data-draft]");
  if (!form) return;
  const key = form.dataset.draft;
  const status = document.querySelector("[data-saved]");
  let timer = null;
  let sending = null;
  let leaving = false;

  const entries = () => Array.from(new FormData(form)).filter(([name, value]) =>
    name !== "csrfmiddlewaretoken" && typeof value === "string");

  function say(kind, words) {
    if (!status) return;
    status.className = kind === "ok" ? "saved" : "saved wait";
    status.textContent = words;
  }

  function keepHere() {
    try { store.setItem(PREFIX + key, JSON.stringify({ at: Date.now(), entries: entries() })); } catch (_) { /* full */ }
  }

  async function keep() {
    if (leaving) return;
    if (sending) { schedule(); return; }
    const sent = JSON.stringify(entries());
    sending = fetch(form.dataset.keepUrl, { method: "POST", body: new FormData(form), credentials: "same-origin" });
    try {
      const response = await sending;
      if (response.redirected) { say("wait", status.dataset.loggedOut); return; }
      if (!response.ok) { say("wait", status.dataset.failed); return; }
      const answer = await response.json();
      if (JSON.stringify(entries()) === sent) forget(key);
      if (answer.saved) say("ok", status.dataset.kept.replace("00:00", answer.saved));
    } catch (_) {
      say("wait", status.dataset.offline);
    } finally {
      sending = null;
    }
  }

  function schedule() {
    clearTimeout(timer);
    timer = setTimeout(keep, 700);
  }

  function changed() {
    keepHere();
    schedule();
  }

  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  window.addEventListener("online", keep);

  /* One part of the form, made anew by the house from everything typed so far. */
  async function refresh(doing) {
    const body = new FormData(form);
    body.append("do", doing);
    keepHere();
    try {
      const response = await fetch(form.action, { method: "POST", body, credentials: "same-origin" });
      if (response.redirected) { say("wait", status.dataset.loggedOut); return; }
      if (!response.ok) { say("wait", status.dataset.failed); return; }
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const part = form.dataset.refresh || "who";
      const fresh = page.getElementById(part);
      if (!fresh) { say("wait", status.dataset.failed); return; }
      document.getElementById(part).replaceWith(document.importNode(fresh, true));
      const next = document.querySelector("#who [data-find]");
      if (next && doing !== "refresh") next.focus();
      changed();
    } catch (_) {
      say("wait", status.dataset.offline);
    }
  }

  /* Changes come one after another, and the record is not finished before the last of them is there. */
  let changing = null;
  function change(doing) {
    const mine = (changing || Promise.resolve()).then(() => refresh(doing));
    changing = mine;
    mine.then(() => { if (changing === mine) changing = null; });
  }

  /* A form that is sent by us does not tell by itself which button was pressed. */
  function sayPressed(button) {
    if (!button || !button.name) return;
    const input = document.createElement("input");
    Object.assign(input, { type: "hidden", name: button.name, value: button.value });
    form.appendChild(input);
  }

  let pressed = null;
  form.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button) pressed = button;
  });
  form.addEventListener("submit", (event) => {
    if (pressed && pressed.name === "do") {
      event.preventDefault();
      change(pressed.value);
    } else if (changing) {
      event.preventDefault();
      const button = pressed;
      changing.then(() => { keepHere(); leaving = true; clearTimeout(timer); sayPressed(button); form.submit(); });
    } else if (navigator.onLine === false) {
      event.preventDefault();
      keepHere();
      say("wait", status.dataset.offline);
    } else {
      keepHere();
      leaving = true;
      clearTimeout(timer);
    }
    pressed = null;
  });
  window.addEventListener("pageshow", () => { leaving = false; });

  /* Enter in the search box looks for the person; it does not finish the record. */
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.isComposing && event.target.matches("[data-find], [name=count]")) {
      event.preventDefault();
      const button = form.querySelector(event.target.name === "count" ? "[value=count]" : "#found button[name=do]");
      if (button) change(button.value);
    }
  });

  /* People are found while their name is typed. */
  let asking = null;
  form.addEventListener("input", (event) => {
    const box = event.target.closest("[data-find]");
    if (!box || event.isComposing) return;
    clearTimeout(asking);
    asking = setTimeout(async () => {
      try {
        const url = `${box.dataset.find}?q=${encodeURIComponent(box.value)}`;
        const response = await fetch(url, { credentials: "same-origin" });
        const found = document.getElementById("found");
        if (response.ok && !response.redirected && found) found.innerHTML = await response.text();
      } catch (_) { say("wait", status.dataset.offline); }
    }, 200);
  });

  /* An answer that holds more than was sent (what a colleague wrote meanwhile) goes before what this device has. */
  if (form.hasAttribute("data-answered")) forget(key);

  /* What this device has and the house has not comes back. */
  const kept = read(key);
  if (kept) {
    const many = {};
    kept.entries.forEach(([name, value]) => { (many[name] = many[name] || []).push(value); });
    Array.from(form.elements).forEach((el) => {
      if (!el.name || el.name === "csrfmiddlewaretoken" || el.type === "hidden" || el.tagName === "BUTTON") return;
      const values = many[el.name] || [];
      if (el.type === "radio" || el.type === "checkbox") el.checked = values.includes(el.value);
      else if (values.length) el.value = values[0];
    });
    form.querySelectorAll("input[type=hidden][name=who], input[type=hidden][name=help]").forEach((el) => el.remove());
    ["who", "help"].forEach((name) => (many[name] || []).forEach((value) => {
      const input = document.createElement("input");
      Object.assign(input, { type: "hidden", name, value });
      document.getElementById("who").appendChild(input);
    }));
    change("refresh");
  }
})();
