/* Speaking with the house about drafts. Every answer is one of: ok, elsewhere, done, loggedOut, refused, noNetwork. */
(function () {
  "use strict";
  const told = window.draftDevice.told;
  const PATIENCE = 15000;
  const seals = () => document.querySelectorAll("input[name=csrfmiddlewaretoken]");

  async function ask(url, body) {
    const gone = new AbortController();
    const timer = setTimeout(() => gone.abort(), PATIENCE);
    const headers = { Accept: "application/json" };
    const how = body ? { method: "POST", body } : {};
    try {
      const response = await fetch(url, Object.assign({ credentials: "same-origin", headers, signal: gone.signal }, how));
      if (response.redirected) return { is: "loggedOut" };
      const said = (response.headers.get("Content-Type") || "").includes("json") ? await response.json() : {};
      if (response.status === 409) return Object.assign({ is: "elsewhere" }, said);
      if (!response.ok) return Object.assign({ is: "refused", status: response.status }, said);
      return Object.assign({ is: "done" in said && body ? "done" : "ok" }, said);
    } catch (_) {
      return { is: "noNetwork" };
    } finally {
      clearTimeout(timer);
    }
  }

  /* A page that has stood open for long carries an old seal: a fresh one is asked for, and the same is said again. Where
     somebody else has logged in meanwhile nothing is said in their name. */
  async function say(url, body) {
    const answer = await ask(url, body);
    if (answer.is !== "refused" || answer.status !== 403 || "words" in answer) return answer;
    const fresh = await ask(told.find);
    if (fresh.is !== "ok") return fresh.is === "refused" ? answer : fresh;
    if (fresh.owner !== told.owner) return { is: "otherLogin" };
    seals().forEach((input) => { input.value = fresh.seal; });
    told.seal = fresh.seal;
    body.set("csrfmiddlewaretoken", fresh.seal);
    return ask(url, body);
  }

  function body(entries, more) {
    const data = new FormData();
    entries.forEach(([name, value]) => data.append(name, value));
    const seal = seals()[0];
    data.set("csrfmiddlewaretoken", seal ? seal.value : told.seal);
    Object.entries(more || {}).forEach(([name, value]) => data.set(name, value === null || value === undefined ? "" : value));
    return data;
  }

  const at = (address, key) => address.replace(told.any, key);
  window.draftHouse = {
    keep: (url, entries, facts) => say(url, body(entries, facts)),
    keepLeaving(url, entries, facts) {
      try { return navigator.sendBeacon(url, body(entries, facts)); } catch (_) { return false; }
    },
    find(places, keys) {
      const asked = new URLSearchParams();
      places.forEach((place) => asked.append("place", place));
      keys.forEach((key) => asked.append("key", key));
      return ask(`${told.find}?${asked}`);
    },
    drop: (key) => say(at(told.drop, key), body([])),
    addFile: (key, field, file) => say(at(told.files, key), body([["field", field], ["file", file]])),
    dropFile: (key, file) => say(`${at(told.files, key)}${file}/drop/`, body([])),
  };
})();
