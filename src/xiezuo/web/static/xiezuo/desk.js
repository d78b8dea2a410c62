/* The front desk: people are found while a name is typed; Enter takes the first one. Reads and saves without this. */
(function () {
  "use strict";
  const form = document.querySelector("form[data-desk]");
  const box = document.getElementById("q");
  const found = document.getElementById("found");
  let asking = null;

  async function find() {
    const url = `${form.dataset.desk}&q=${encodeURIComponent(box.value)}`;
    const response = await fetch(url, { credentials: "same-origin", headers: { "X-Part": "found" } });
    if (response.ok && !response.redirected) found.innerHTML = await response.text();
  }

  box.addEventListener("input", (event) => {
    if (event.isComposing) return;
    clearTimeout(asking);
    asking = setTimeout(() => find().catch(() => {}), 150);
  });
  form.addEventListener("submit", (event) => {
    const button = found.querySelector("button.main");
    if (button && box.value) { event.preventDefault(); button.click(); }
  });
})();
