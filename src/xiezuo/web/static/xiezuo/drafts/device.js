/* What this device holds of a form until the house has it. Each copy is encrypted with the key of its login, which the
   pages of that login carry and the device never keeps; it is written twice: at once into localStorage, which no closed
   tab outruns, and into IndexedDB with a flush to the disk, which survives a browser or a telephone that dies.
   It goes after some days, whoever opens a page. On a person's own side, where devices are shared, copies stay in the
   open tab (sessionStorage) and go with it. ES2018, for Chrome 80 on. */
(function () {
  "use strict";
  const PREFIX = "draft:";
  const page = document.getElementById("drafting");
  const told = page ? page.dataset : {};
  const hex = (text) => new Uint8Array((text.match(/../g) || []).map((pair) => parseInt(pair, 16)));
  const key = told.key ? hex(told.key) : null;
  const lasts = Number(told.days || 7) * 24 * 3600 * 1000;

  const store = (() => { try { return key ? window.localStorage : window.sessionStorage; } catch (_) { return null; } })();
  const disk = window.indexedDB ? new Promise((resolve) => {
    const asked = indexedDB.open("xiezuo-drafts", 1);
    asked.onupgradeneeded = () => ["copies", "files"].forEach((name) => asked.result.createObjectStore(name, { keyPath: "id" }));
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = asked.onblocked = () => resolve(null);
  }) : Promise.resolve(null);

  /* One step on the disk; gives null where there is none or it failed. */
  function onDisk(name, mode, act) {
    return disk.then((db) => db && new Promise((resolve) => {
      const step = db.transaction(name, mode, { durability: "strict" });
      const asked = act(step.objectStore(name));
      step.oncomplete = () => resolve(asked.result === undefined ? true : asked.result);
      step.onerror = step.onabort = () => resolve(null);
    })).catch(() => null);
  }

  const everything = async (name) => {
    const rows = await onDisk(name, "readonly", (all) => all.getAll());
    return Array.isArray(rows) ? rows : [];
  };

  const text64 = (bytes) => {
    let text = "";
    for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode.apply(null, bytes.subarray(at, at + 0x8000));
    return btoa(text);
  };
  const bytes64 = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));

  function sealBytes(bytes) {
    const nonce = crypto.getRandomValues(new Uint8Array(nacl.secretbox.nonceLength));
    const box = nacl.secretbox(bytes, nonce, key);
    const whole = new Uint8Array(nonce.length + box.length);
    whole.set(nonce);
    whole.set(box, nonce.length);
    return whole;
  }
  function openBytes(whole) {
    const length = nacl.secretbox.nonceLength;
    return nacl.secretbox.open(whole.subarray(length), whole.subarray(0, length), key);
  }
  const seal = (value) => {
    const text = JSON.stringify(value);
    return key ? text64(sealBytes(new TextEncoder().encode(text))) : text;
  };
  function open(box) {
    try {
      if (!key) return JSON.parse(box);
      const bytes = openBytes(bytes64(box));
      return bytes ? JSON.parse(new TextDecoder().decode(bytes)) : null;
    } catch (_) { return null; }
  }

  const names = () => { try { return Object.keys(store || {}).filter((name) => name.startsWith(PREFIX)); } catch (_) { return []; } };
  const parse = (text) => { try { return JSON.parse(text); } catch (_) { return null; } };
  const here = (name) => parse(store.getItem(name));
  const old = (row) => !row || !row.at || Date.now() - row.at > lasts;
  const mine = (row) => row.owner === (told.owner || "");

  /* What is too old goes, also what belongs to another login. */
  function wipeOld() {
    try {
      const all = window.localStorage;
      Object.keys(all).filter((name) => name.startsWith(PREFIX)).forEach((name) => {
        const row = parse(all.getItem(name));
        if (old(row) || !row.box) all.removeItem(name);
      });
    } catch (_) { /* nothing can be kept here */ }
    ["copies", "files"].forEach(async (name) => (await everything(name)).filter(old).forEach((row) =>
      onDisk(name, "readwrite", (rows) => rows.delete(row.id))));
  }

  /* Another open page may have written a later state of the same copy. */
  function remove(rows, id, upTo) {
    const asked = rows.get(id);
    asked.onsuccess = () => { if (asked.result && !(upTo && asked.result.at > upTo)) rows.delete(id); };
    return asked;
  }

  const writing = {};
  /* The disk gets the latest state of a copy, one step after another; a key pressed meanwhile waits for the next. */
  function write(id) {
    const now = writing[id];
    if (now.busy || !now.row) return;
    const row = now.row;
    now.busy = true;
    now.row = null;
    onDisk("copies", "readwrite", (rows) => (row.box ? rows.put(row) : remove(rows, id, row.upTo))).then((done) => {
      now.busy = false;
      device.works = Boolean(done) || device.atOnce;
      if (!device.works) device.troubled();
      if (now.row) write(id); else now.settled.splice(0).forEach((tell) => tell());
    });
  }
  function later(id, row) {
    if (!key) return;
    writing[id] = writing[id] || { busy: false, row: null, settled: [] };
    writing[id].row = row;
    write(id);
  }

  const device = {
    told,
    works: Boolean(store),
    atOnce: true,
    member: !key,
    newId: () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("").replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, "$1-$2-4$3-8$4-$5"),
    troubled() {},

    /* facts: {id, key, opening, base, place, url, sent}; words: entries of the form. */
    keep(facts, words) {
      const row = Object.assign({}, facts, { owner: told.owner || "", at: Date.now(), box: seal(words) });
      try { store.setItem(PREFIX + facts.id, JSON.stringify(row)); device.atOnce = true; } catch (_) { device.atOnce = false; }
      if (!key) device.works = device.atOnce;
      later(facts.id, row);
      return row;
    },
    forget(id, at) {
      try {
        const row = here(PREFIX + id);
        if (at && row && row.at > at) return;
        store.removeItem(PREFIX + id);
      } catch (_) { /* nothing is kept here */ }
      later(id, { upTo: at });
    },
    /* Every copy of this login, the latest state of each, opened. */
    async copies() {
      const found = {};
      names().forEach((name) => { const row = here(name); if (row) found[row.id] = row; });
      (key ? await everything("copies") : []).forEach((row) => {
        if (!found[row.id] || found[row.id].at < row.at) found[row.id] = row;
      });
      return Object.values(found).filter((row) => mine(row) && !old(row))
        .map((row) => Object.assign({}, row, { words: open(row.box) })).filter((row) => row.words);
    },
    /* When everything written so far lies on the disk. */
    settled(id) {
      const now = writing[id];
      return now && (now.busy || now.row) ? new Promise((tell) => now.settled.push(tell)) : Promise.resolve();
    },
    forgetKey(of) {
      names().forEach((name) => { const row = here(name); if (row && row.key === of) device.forget(row.id); });
      everything("copies").then((rows) => rows.filter((row) => row.key === of).forEach((row) => later(row.id, {})));
    },
    wipe() { names().forEach((name) => store.removeItem(name)); },

    keepFile(facts, bytes) {
      const row = Object.assign({}, facts, { owner: told.owner, at: Date.now(), box: sealBytes(bytes) });
      return onDisk("files", "readwrite", (rows) => rows.put(row));
    },
    async files() {
      return (key ? await everything("files") : []).filter((row) => mine(row) && !old(row));
    },
    openFile(row) { return openBytes(row.box); },
    forgetFile(id) { return onDisk("files", "readwrite", (rows) => rows.delete(id)); },
  };

  wipeOld();
  window.draftDevice = device;
})();
