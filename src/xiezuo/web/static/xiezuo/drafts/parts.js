/* Small buttons (name="do") of a form with data-refresh make one part of the page anew from everything typed so far,
   without loading the page; people are found while their name is typed. */
(function () {
  "use strict";
  const { told } = window.draftSaying;

  async function refresh(drafted, doing) {
    const form = drafted.form;
    const body = new FormData(form);
    body.delete("draft_key");
    body.append("do", doing);
    Object.entries(drafted.facts()).forEach(([name, value]) => body.set(name, value === null ? "" : value));
    drafted.keepHere();
    try {
      const response = await fetch(form.action, { method: "POST", body, credentials: "same-origin" });
      if (response.redirected) { drafted.tell("wait", told.loggedOut); return; }
      if (!response.ok) { drafted.tell("wait", told.failed); return; }
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const fresh = page.getElementById(form.dataset.refresh);
      if (!fresh) { drafted.tell("wait", told.failed); return; }
      drafted.part().replaceWith(document.importNode(fresh, true));
      form.querySelectorAll("input[data-put-back]").forEach((el) => el.remove());
      const next = drafted.part().querySelector("[data-find]");
      if (next && doing !== "refresh") next.focus();
      drafted.changed();
    } catch (_) {
      drafted.tell("wait", told.offline);
    }
  }

  /* Changes come one after another, and the form is not sent before the last of them is there. */
  function change(drafted, doing) {
    const mine = (drafted.changing || Promise.resolve()).then(() => refresh(drafted, doing));
    drafted.changing = mine;
    mine.then(() => { if (drafted.changing === mine) drafted.changing = null; });
  }

  /* Enter in the search box looks for the person; it does not finish the record. */
  function watchEnter(drafted) {
    const form = drafted.form;
    form.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing || !event.target.matches("[data-find], [name=count]")) return;
      event.preventDefault();
      const button = form.querySelector(event.target.name === "count" ? "[value=count]" : "#found button[name=do]");
      if (button) change(drafted, button.value);
    });
  }

  let asking = null;
  function watchFinding(drafted) {
    drafted.form.addEventListener("input", (event) => {
      const box = event.target.closest("[data-find]");
      if (!box || event.isComposing) return;
      clearTimeout(asking);
      asking = setTimeout(async () => {
        try {
          const response = await fetch(`${box.dataset.find}?q=${encodeURIComponent(box.value)}`, { credentials: "same-origin" });
          const found = document.getElementById("found");
          if (response.ok && !response.redirected && found) found.innerHTML = await response.text();
        } catch (_) { drafted.tell("wait", told.offline); }
      }, 200);
    });
  }

  window.draftParts = {
    change,
    watch(drafted) { if (drafted.part()) { watchEnter(drafted); watchFinding(drafted); } },
  };
})();
