/* When a page opens: what was sent is forgotten, what waits on this device goes to the house, what was typed and not sent
   is put back. */
(function () {
  "use strict";
  const device = window.draftDevice;
  const house = window.draftHouse;
  const { told, note, link } = window.draftSaying;

  const sent = /(?:^|; )((?:__Host-)?sent-form)=([^;]+)/.exec(document.cookie);
  if (sent) {
    device.forgetKey(sent[2]);
    document.cookie = `${sent[1]}=; max-age=0; path=/; samesite=lax${location.protocol === "https:" ? "; secure" : ""}`;
  }

  const forms = Array.from(document.querySelectorAll("input[name=draft_key]")).map((input) => input.form)
    .concat(Array.from(document.querySelectorAll("form[data-draft]")).filter((form) => !form.querySelector("input[name=draft_key]")))
    .filter((form, at, all) => form && all.indexOf(form) === at);
  const drafted = forms.map((form) => new window.Drafted(form));
  drafted.forEach((one) => window.draftParts.watch(one));
  window.drafted = drafted;

  window.addEventListener("online", () => drafted.forEach((one) => one.again()));
  window.addEventListener("pagehide", () => drafted.forEach((one) => one.leaves()));
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") drafted.forEach((one) => one.leaves());
  });
  window.addEventListener("pageshow", (event) => { if (event.persisted) drafted.forEach((one) => one.comesBack()); });

  const clock = (at) => new Date(at).toTimeString().slice(0, 5);
  const answers = (copy) => window.draftFilling.grouped(copy.words);
  const asRow = (copy) => Object.assign({}, copy, { answers: answers(copy), saved: clock(copy.at) });

  /* What this device has and the house has not. Gives the copies that it could not hand over. */
  async function handOver() {
    const waiting = (await device.copies()).filter((copy) => copy.url && !drafted.some((one) => one.id === copy.id));
    const left = [];
    for (const copy of waiting.sort((one, other) => one.at - other.at)) {
      const answer = await house.keep(copy.url, copy.words, Object.assign({}, copy.more, { draft_base: copy.base }));
      if (["ok", "elsewhere", "done"].includes(answer.is)) device.forget(copy.id, copy.at);
      else left.push(copy);
      if (answer.is === "done" && copy.sent) tellArrived(copy, answer.done);
    }
    return left;
  }

  function tellArrived(copy, address) {
    const one = drafted.find((form) => form.place && form.place === copy.place);
    if (one && address) note(one.form, "ok", told.arrived, [link(told.see, address)]);
  }

  async function handFilesOver(places, drafts) {
    for (const file of await device.files()) {
      if (drafted.some((one) => one.key === file.key) || drafts.some((row) => row.key === file.key && places.includes(row.place))) continue;
      const bytes = device.openFile(file);
      const answer = bytes ? await house.addFile(file.key, file.field, new File([bytes], file.name, { type: file.type })) : { is: "ok" };
      if (answer.is === "ok") device.forgetFile(file.id);
    }
  }

  async function begin() {
    const left = await handOver();
    if (!drafted.length) { if ((await device.files()).length) handFilesOver([], []); return; }
    const places = drafted.filter((one) => !one.ownWay && one.place).map((one) => one.place);
    const found = await house.find(places, drafted.map((one) => one.key));
    const drafts = found.is === "ok" ? found.drafts : [];
    drafted.forEach((one) => {
      const own = drafts.find((row) => row.key === one.key);
      if (own) one.base = own.revision;
      if (one.ownWay || one.answered) {
        const copy = left.find((row) => row.key === one.key);
        const row = copy ? asRow(copy) : own;
        if (row && !one.answered && !one.unsaved && one.differsFrom(row)) one.take(row, []);
        else if (own && one.files) one.files.putBack(own.files);
        return;
      }
      const rows = drafts.filter((row) => row.place === one.place);
      const copies = left.filter((copy) => copy.place === one.place).map(asRow);
      one.offer(rows.concat(copies).sort((a, b) => b.at - a.at));
    });
    handFilesOver(places, drafts);
  }

  /* On a person's own side the copy of this tab is put back; the house keeps none. */
  async function beginHere() {
    const copies = await device.copies();
    drafted.forEach((one) => one.offer(copies.filter((copy) => copy.place === one.place).map(asRow).sort((a, b) => b.at - a.at)));
    document.querySelectorAll('form[action="/member/logout/"]').forEach((form) => form.addEventListener("submit", () => device.wipe()));
  }

  /* Logging out gives the house what this device still holds; then nothing readable or unreadable stays that it has. */
  function watchLogout() {
    document.querySelectorAll(`form[action="${told.logout}"]`).forEach((form) => form.addEventListener("submit", async (event) => {
      if (form.dataset.goes) return;
      event.preventDefault();
      form.dataset.goes = "yes";
      await Promise.race([Promise.all([...drafted.map((one) => one.save()), handOver()]), new Promise((done) => setTimeout(done, 4000))]);
      HTMLFormElement.prototype.submit.call(form);
    }));
  }

  if (!device.member) { begin(); watchLogout(); }
  else if (drafted.length || document.querySelector("[data-own-side]")) beginHere();
  else if (location.pathname.startsWith("/member/")) device.wipe();
  device.troubled = () => drafted.filter((one) => one.unsaved).forEach((one) => one.tell("wait", told.full));
})();
