/* Clocks of reports that someone is at risk go on while the page stays open. Without this they say how it was when it opened. */
(function () {
  "use strict";
  const COUNTED = 120; // minutes; beyond that the house says it in hours or days

  function tell() {
    document.querySelectorAll("[data-clock]").forEach((clock) => {
      const minutes = Math.floor((Date.parse(clock.dataset.clock) - Date.now()) / 60000);
      const over = minutes < 0;
      const n = over ? -minutes - 1 : minutes;
      if (n >= COUNTED) return;
      clock.querySelector("span").textContent = (over ? clock.dataset.over : clock.dataset.left).replace("{n}", n);
      clock.classList.toggle("late", over);
      clock.classList.toggle("wait", !over);
    });
  }

  tell();
  setInterval(tell, 15000);
})();
