/* A form in which something was typed is not left without asking: by a link, back, or the switch of languages.
   Sending that form, the link that takes it back (Cancel), and a session that locks ask nothing. */
"use strict";

(() => {
  const FORMS = "main form[method=post]:not(.filter-bar form, [data-passkey])";
  const kept = new Map();
  let goes = null;
  let isFree = false;

  const held = (form) => JSON.stringify([...new FormData(form)].map(([name, value]) => [name, value.name ?? value]));

  /* A form that came back with something wrong is saved nowhere, though it stands there as it came. */
  function watch(root) {
    const forms = [...root.querySelectorAll(FORMS)].filter(
      (form) => form.querySelector("input:not([type=hidden]), select, textarea") !== null);
    const wasRefused = document.querySelector("main .error-summary") !== null;
    const refused = wasRefused ? forms.find((form) => form.querySelector("[aria-invalid=true]")) ?? forms[0] : null;
    forms.filter((form) => !kept.has(form)).forEach((form) => kept.set(form, form === refused ? "" : held(form)));
  }

  const isChanged = ([form, before]) => form.isConnected && form !== goes && held(form) !== before;

  document.addEventListener("submit", (event) => { goes = event.target; });
  document.addEventListener("click", (event) => {
    goes = event.target.closest?.("form .actions a[href]")?.closest("form") ?? null;
  });
  document.addEventListener("htmx:after:swap", () => watch(document));
  document.addEventListener("cotrace:lock", () => { isFree = true; });
  addEventListener("beforeunload", (event) => {
    if (!isFree && [...kept].some(isChanged)) event.preventDefault();
    goes = null;
  });

  watch(document);
})();
