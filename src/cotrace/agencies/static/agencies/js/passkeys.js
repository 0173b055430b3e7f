/* Passkeys: asks the browser to make or use one, writes its answer into the form's hidden field, sends the form.
   A form with data-passkey="make" or "use" names its options: data-options is the id of a JSON block on the page,
   data-options-url where to fetch them. Texts come with the page. */
"use strict";

(() => {
  const toBytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (each) => each.charCodeAt(0));
  const toText = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  const withBytes = (list) => (list ?? []).map((each) => ({ ...each, id: toBytes(each.id) }));

  async function optionsOf(form) {
    if (form.dataset.options) return JSON.parse(document.getElementById(form.dataset.options).textContent);
    const answer = await fetch(form.dataset.optionsUrl, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(`options: ${answer.status}`);
    return (await answer.json()).request_options;
  }

  async function make({ publicKey }) {
    const made = await navigator.credentials.create({
      publicKey: {
        ...publicKey,
        challenge: toBytes(publicKey.challenge),
        user: { ...publicKey.user, id: toBytes(publicKey.user.id) },
        excludeCredentials: withBytes(publicKey.excludeCredentials),
      },
    });
    return {
      ...common(made),
      response: {
        attestationObject: toText(made.response.attestationObject),
        clientDataJSON: toText(made.response.clientDataJSON),
        transports: made.response.getTransports?.() ?? [],
      },
    };
  }

  async function use({ publicKey }) {
    const used = await navigator.credentials.get({
      publicKey: {
        ...publicKey,
        challenge: toBytes(publicKey.challenge),
        allowCredentials: withBytes(publicKey.allowCredentials),
      },
    });
    return {
      ...common(used),
      response: {
        authenticatorData: toText(used.response.authenticatorData),
        clientDataJSON: toText(used.response.clientDataJSON),
        signature: toText(used.response.signature),
        userHandle: used.response.userHandle ? toText(used.response.userHandle) : null,
      },
    };
  }

  const common = (credential) => ({
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment ?? undefined,
    clientExtensionResults: credential.getClientExtensionResults(),
  });

  function say(form, text) {
    let note = form.querySelector("[data-passkey-note]");
    if (!note) {
      note = document.createElement("p");
      note.className = "field__errors";
      note.dataset.passkeyNote = "";
      note.setAttribute("role", "alert");
      form.append(note);
    }
    note.textContent = text;
  }

  async function onSubmit(event) {
    const form = event.target;
    const field = form.elements.namedItem("credential");
    if (field.value) return;
    event.preventDefault();
    const button = form.querySelector("button[type=submit]");
    button.disabled = true;
    try {
      const options = await optionsOf(form);
      const answer = await (form.dataset.passkey === "make" ? make(options) : use(options));
      field.value = JSON.stringify(answer);
      form.submit();
    } catch {
      say(form, form.dataset.failed);
    } finally {
      button.disabled = false;
    }
  }

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    if (!window.PublicKeyCredential) continue;
    form.hidden = false;
    form.addEventListener("submit", onSubmit);
  }
})();
