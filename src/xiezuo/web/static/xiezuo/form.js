/* Forms of the packs on the screen. Everything works without this file, by pressing a button: questions that fit are shown
   at once, people are found while one types, files go to the house when they are chosen, names are signed with a finger,
   voices are recorded. ES2018. */
(function () {
  "use strict";

  const form = document.querySelector("form[data-files]");
  if (!form) return;
  const changed = () => form.dispatchEvent(new Event("input", { bubbles: true }));

  /* ── questions that hang on an answer ── */
  function answersOf(name) {
    return Array.from(form.elements).filter((el) => {
      if (el.name !== name || (el.matches("[type=radio], [type=checkbox]") && !el.checked)) return false;
      const ask = el.closest("[data-when]");
      return !(ask && ask.hidden);
    }).map((el) => el.value.trim()).filter(Boolean);
  }

  function fit() {
    form.querySelectorAll("[data-when]").forEach((ask) => {
      const wanted = ask.dataset.in.split("|");
      const held = answersOf(ask.dataset.when);
      ask.hidden = !(held.length
        ? held.some((value) => wanted.includes(value))
        : wanted.includes(""));
    });
  }
  form.addEventListener("change", fit);
  form.addEventListener("input", fit);

  /* ── people and households ── */
  let asking = null;
  form.addEventListener("input", (event) => {
    const box = event.target.closest("[data-look]");
    if (!box || event.isComposing) return;
    clearTimeout(asking);
    asking = setTimeout(async () => {
      try {
        const response = await fetch(`${box.dataset.look}&q=${encodeURIComponent(box.value)}`, { credentials: "same-origin" });
        const into = document.getElementById(box.dataset.into);
        if (response.ok && !response.redirected && into) into.innerHTML = await response.text();
      } catch (_) { /* the button beside it asks again */ }
    }, 200);
  });

  /* ── files ── */
  async function send(blob, name) {
    const body = new FormData();
    body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    body.append("file", blob, name);
    const response = await fetch(form.dataset.files, { method: "POST", body, credentials: "same-origin" });
    const told = (response.headers.get("Content-Type") || "").includes("json") && !response.redirected;
    const answer = told ? await response.json() : {};
    if (!response.ok || !answer.key) throw new Error(answer.words || "");
    return answer;
  }

  function said(box, words) {
    let line = box.querySelector("[data-said]");
    if (!line) {
      line = document.createElement("p");
      line.className = "errors";
      line.setAttribute("role", "alert");
      line.dataset.said = "";
      box.appendChild(line);
    }
    line.textContent = words;
  }

  function carry(box, field, answer) {
    const input = document.createElement("input");
    Object.assign(input, { type: "hidden", name: field, value: answer.key });
    const line = document.createElement("p");
    line.className = "saved";
    line.textContent = `✓ ${answer.name}`;
    box.append(line, input);
    changed();
  }

  form.addEventListener("change", async (event) => {
    const input = event.target.closest("input[data-sends]");
    if (!input || !input.files.length) return;
    const box = input.closest("fieldset");
    try {
      for (const file of Array.from(input.files)) {
        carry(box, input.name.replace(/\.new$/, ""), await send(file, file.name));
      }
      input.value = "";
    } catch (error) {
      /* What the house refuses is said; what did not arrive goes along when the form is finished. */
      if (error.message) { said(box, error.message); input.value = ""; }
    }
  });

  /* ── voices ── */
  const canRecord = window.MediaRecorder && navigator.mediaDevices && navigator.mediaDevices.getUserMedia;
  form.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-records]");
    if (!button) return;
    if (button.recorder) { button.recorder.stop(); return; }
    const box = button.closest("fieldset");
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      const parts = [];
      const words = button.textContent;
      const recorder = new MediaRecorder(stream);
      recorder.addEventListener("dataavailable", (part) => parts.push(part.data));
      recorder.addEventListener("stop", async () => {
        stream.getTracks().forEach((track) => track.stop());
        button.recorder = null;
        button.textContent = words;
        const kind = (recorder.mimeType || "audio/webm").split(";")[0];
        const field = box.querySelector("[data-sends]").name.replace(/\.new$/, "");
        try { carry(box, field, await send(new Blob(parts, { type: kind }), `${new Date().toISOString().slice(0, 16)}.${kind.split("/")[1]}`)); }
        catch (error) { said(box, error.message || button.dataset.refused); }
      });
      recorder.start();
      button.recorder = recorder;
      button.textContent = button.dataset.stop;
    } catch (_) { said(box, button.dataset.refused); }
  });

  /* ── signatures ── */
  function signs(box) {
    if (box.dataset.ready) return;
    box.dataset.ready = "yes";
    box.hidden = false;
    const canvas = box.querySelector("canvas");
    const status = box.querySelector("[data-signed]");
    const hidden = box.closest("fieldset").querySelector("input[type=hidden]");
    const pen = canvas.getContext("2d");
    let drawing = false;
    let timer = null;
    let drawn = false;
    pen.lineWidth = 4;
    pen.lineCap = "round";
    pen.lineJoin = "round";
    pen.strokeStyle = "#23251f";
    const at = (event) => {
      const edge = canvas.getBoundingClientRect();
      return [(event.clientX - edge.left) * canvas.width / edge.width, (event.clientY - edge.top) * canvas.height / edge.height];
    };
    canvas.addEventListener("pointerdown", (event) => {
      drawing = true;
      clearTimeout(timer);
      if (canvas.setPointerCapture) canvas.setPointerCapture(event.pointerId);
      pen.beginPath();
      pen.moveTo(...at(event));
    });
    canvas.addEventListener("pointermove", (event) => {
      if (!drawing) return;
      drawn = true;
      pen.lineTo(...at(event));
      pen.stroke();
    });
    const lift = () => {
      if (!drawing) return;
      drawing = false;
      timer = setTimeout(keep, 700);
    };
    canvas.addEventListener("pointerup", lift);
    canvas.addEventListener("pointercancel", lift);
    box.querySelector("[data-clears]").addEventListener("click", () => {
      clearTimeout(timer);
      pen.clearRect(0, 0, canvas.width, canvas.height);
      hidden.value = "";
      drawn = false;
      status.textContent = "";
      changed();
    });
    function keep() {
      if (!drawn) return;
      canvas.toBlob(async (blob) => {
        try {
          hidden.value = (await send(blob, "signature.png")).key;
          status.textContent = `✓ ${status.dataset.kept}`;
          changed();
        } catch (error) { status.textContent = error.message || status.dataset.notKept; }
      }, "image/png");
    }
  }

  /* ── after a part was made anew by the house ── */
  /* What is typed between the press of a button and the answer is not in the answer: it is put in again. */
  const meanwhile = new Map();
  const remember = (event) => { if (event.target.name) meanwhile.set(event.target.name, valuesOf(event.target.name)); };
  const boxes = (el) => el.type === "radio" || el.type === "checkbox";
  const named = (name) => Array.from(form.elements).filter((el) => el.name === name && el.type !== "file" && el.tagName !== "BUTTON");
  const valuesOf = (name) => named(name).filter((el) => !boxes(el) || el.checked).map((el) => el.value);
  form.addEventListener("input", remember);
  form.addEventListener("change", remember);
  form.addEventListener("click", (event) => { if (event.target.closest("button[name=do]")) meanwhile.clear(); }, true);

  function putBack() {
    meanwhile.forEach((values, name) => named(name).forEach((el, place) => {
      if (boxes(el)) el.checked = values.includes(el.value);
      else if (el.type !== "hidden" && place < values.length) el.value = values[place];
    }));
  }

  let open = {};
  let focused = "";
  const rememberOpen = () => form.querySelectorAll("details[id]").forEach((el) => { open[el.id] = el.open; });
  form.addEventListener("click", rememberOpen, true);
  form.addEventListener("focusin", (event) => { focused = event.target.id; });

  function ready() {
    form.querySelectorAll("[data-signs]").forEach(signs);
    if (canRecord) form.querySelectorAll("[data-records]").forEach((button) => { button.hidden = false; });
    form.querySelectorAll(".without-script").forEach((el) => { el.hidden = true; });
    fit();
  }
  new MutationObserver(() => {
    putBack();
    form.querySelectorAll("details[id]").forEach((el) => { if (open[el.id]) el.open = true; });
    ready();
    const back = focused && document.getElementById(focused);
    if (back && document.activeElement === document.body) back.focus();
  }).observe(form, { childList: true });
  ready();
})();
