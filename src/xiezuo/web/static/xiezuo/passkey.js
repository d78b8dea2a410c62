/* Passkeys. A form with data-passkey ("make" or "use") asks the house (data-ask) what the browser has to sign, lets the
   device sign it, and sends the answer as a field of the form. Written for Chrome 80 on: no JSON helpers of newer ones. */
(function () {
  "use strict";

  if (!window.PublicKeyCredential || !navigator.credentials) return;

  const toBytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const toText = (bytes) => btoa(String.fromCharCode.apply(null, new Uint8Array(bytes)))
    .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const keys = (list) => (list || []).map((key) => Object.assign({}, key, { id: toBytes(key.id) }));

  function asked(told) {
    const wish = Object.assign({}, told, { challenge: toBytes(told.challenge) });
    if (told.user) wish.user = Object.assign({}, told.user, { id: toBytes(told.user.id) });
    if (told.excludeCredentials) wish.excludeCredentials = keys(told.excludeCredentials);
    if (told.allowCredentials) wish.allowCredentials = keys(told.allowCredentials);
    return wish;
  }

  function answered(credential) {
    const response = {};
    ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"].forEach((name) => {
      if (credential.response[name]) response[name] = toText(credential.response[name]);
    });
    return { id: credential.id, rawId: toText(credential.rawId), type: credential.type, response, clientExtensionResults: {} };
  }

  document.querySelectorAll("form[data-passkey]").forEach((form) => {
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const said = form.querySelector("[data-said]");
      said.hidden = true;
      try {
        const body = new FormData(form);
        body.append("fetch", "1");
        const response = await fetch(form.dataset.ask, { method: "POST", body, credentials: "same-origin" });
        const told = await response.json();
        if (told.prove) { window.location.href = form.dataset.prove; return; }
        const wish = { publicKey: asked(told.publicKey) };
        const credential = form.dataset.passkey === "make"
          ? await navigator.credentials.create(wish) : await navigator.credentials.get(wish);
        form.elements.answer.value = JSON.stringify(answered(credential));
        form.submit();
      } catch (_) {
        said.querySelector("span").textContent = form.dataset.failed;
        said.hidden = false;
      }
    });
  });
})();
