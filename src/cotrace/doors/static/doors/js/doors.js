/* What pages gain where there is JavaScript: shortcuts, copying, written days, failure notes, the session clock.
   Everything here is extra: each page works without it. No string is made here; texts come with the page in data attributes. */
"use strict";

(() => {
  const SWITCH = "cotrace-shortcuts-off";
  const ACTIVITY = "cotrace-activity";

  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const one = (selector, root = document) => root.querySelector(selector);

  /* ---- saying something to screen readers ---- */
  function announce(text) {
    const announcer = document.getElementById("announcer");
    announcer.textContent = "";
    setTimeout(() => { announcer.textContent = text; }, 50);
  }

  /* ---- small improvements of each piece of page, first or swapped in ---- */
  function improve(root) {
    all("[data-copy], [data-open-dialog]", root).forEach((button) => { button.hidden = false; });
    all("input[type=date]", root).forEach(writeDayBeside);
  }

  function writeDayBeside(input) {
    if (input.nextElementSibling?.classList.contains("day-echo")) return;
    const echo = document.createElement("output");
    echo.className = "day-echo";
    echo.htmlFor = input.id;
    input.after(echo);
    const form = { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" };
    const locale = document.documentElement.lang.startsWith("es") ? "es-MX" : "en-GB";
    const write = () => {
      echo.textContent = input.valueAsDate ? input.valueAsDate.toLocaleDateString(locale, form) : "";
    };
    input.addEventListener("input", write);
    write();
  }

  /* ---- several filters are folded on a phone, so that the list is what one sees; a wrong one stays open ---- */
  function foldFilters() {
    const narrow = matchMedia("(width <= 40rem)");
    const folds = all(".filter-bar__fold").filter((fold) => all(".field", fold).length > 1 && !one(".field--wrong", fold));
    const fit = () => folds.forEach((fold) => { fold.open = !narrow.matches; });
    narrow.addEventListener("change", fit);
    fit();
  }

  /* ---- copying ---- */
  async function copy(button) {
    if (!(await putOnClipboard(button.dataset.copy, button))) return;
    button.classList.add("is-copied");
    announce(button.dataset.copied);
    setTimeout(() => button.classList.remove("is-copied"), 2000);
  }

  async function putOnClipboard(text, button) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // Without a secure context or permission: leave the characters selected, one Ctrl+C away.
      const shown = one("code", button.parentElement);
      if (shown) getSelection().selectAllChildren(shown);
      return false;
    }
  }

  /* ---- shortcuts ---- */
  const shortcutsAreOff = () => localStorage.getItem(SWITCH) === "1";

  function isTyping(target) {
    return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
  }

  const SHORTCUTS = {
    "/": focusSearch,
    "?": () => openDialog("shortcuts"),
    j: () => moveInList(1),
    k: () => moveInList(-1),
    "[": () => one("[data-pager=newer]")?.click(),
    "]": () => one("[data-pager=older]")?.click(),
  };

  function onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || event.isComposing) return;
    if (shortcutsAreOff() || isTyping(event.target) || one("dialog[open], [popover]:popover-open")) return;
    const act = SHORTCUTS[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  function focusSearch() {
    const field = one("[data-shortcut='/']") ?? one(".filter-bar input:not([type=hidden]), .filter-bar select");
    const fold = field?.closest("details");
    if (fold) fold.open = true;
    field?.focus();
    field?.select?.();
  }

  function openDialog(id) {
    document.getElementById(id)?.showModal();
  }

  function moveInList(step) {
    const rows = all("[data-list] [data-row]");
    if (!rows.length) return;
    const here = rows.findIndex((row) => row.contains(document.activeElement));
    const next = here < 0 ? (step > 0 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, here + step));
    focusRow(rows[next]);
  }

  function focusRow(row) {
    const link = one("a[href]", row);
    if (!link) row.tabIndex = -1;
    (link ?? row).focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  }

  function onShortcutsSwitch(box) {
    if (box.checked) localStorage.removeItem(SWITCH);
    else localStorage.setItem(SWITCH, "1");
  }

  /* ---- the session clock ---- */
  function watchSession(bar) {
    const idleMs = bar.dataset.idleSeconds * 1000;
    const warnMs = bar.dataset.warnSeconds * 1000;
    const channel = new BroadcastChannel(ACTIVITY);
    const left = one("[data-left]", bar);
    let locksAt = Date.now() + idleMs;

    const restart = () => { locksAt = Date.now() + idleMs; bar.hidden = true; };
    const restartEverywhere = () => { restart(); channel.postMessage("active"); };
    channel.addEventListener("message", restart);
    channel.postMessage("active");

    document.addEventListener("htmx:after:request", (event) => {
      const isPoll = event.target.closest?.("[hx-trigger^=every]");
      if (!isPoll && event.detail.ctx.response?.status < 400) restartEverywhere();
    });
    one("[data-extend]", bar).addEventListener("submit", async (event) => {
      event.preventDefault();
      const form = event.target;
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form) }).catch(() => null);
      if (answer?.ok && !answer.redirected) restartEverywhere();
      else if (answer) lock(bar);
    });
    setInterval(() => {
      const rest = locksAt - Date.now();
      if (rest <= 0) lock(bar);
      else if (rest <= warnMs) warn(bar, left, rest);
    }, 1000);
  }

  function lock(bar) {
    document.dispatchEvent(new Event("cotrace:lock"));
    location.replace(bar.dataset.lockedUrl);
  }

  function warn(bar, left, rest) {
    const seconds = Math.ceil(rest / 1000);
    left.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    if (!bar.hidden) return;
    bar.hidden = false;
    announce(bar.dataset.announce);
  }

  /* ---- htmx: tell failures, announce ends, ask for sign-in ---- */
  function onFailure(event) {
    const status = event.detail.ctx?.response?.status;
    if (status === 401) {
      document.dispatchEvent(new Event("cotrace:lock"));
      location.reload();
    }
    else if (status !== 400 && status !== 422) showFailure();
  }

  function showFailure() {
    const text = document.body.dataset.failed;
    if (!text || one(".message--swap-failed")) return;
    const note = document.createElement("p");
    note.className = "message message--error message--swap-failed";
    const words = document.createElement("span");
    words.className = "message__words";
    words.textContent = text;
    note.append(words);
    one("main").prepend(note);
    announce(text);
  }

  function onSwap(event) {
    const target = event.detail.ctx?.target;
    const fresh = (target?.id && document.getElementById(target.id)) || target;
    if (!fresh?.isConnected) return;
    improve(fresh);
    if (fresh.dataset.announce) announce(fresh.dataset.announce);
  }

  document.addEventListener("keydown", onKey);
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-copy], [data-open-dialog]");
    if (button?.dataset.copy) copy(button);
    else if (button) openDialog(button.dataset.openDialog);
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-shortcuts-switch]")) onShortcutsSwitch(event.target);
  });
  document.addEventListener("htmx:after:request", (event) => {
    if (event.detail.ctx.response?.headers.get("HX-Redirect")) document.dispatchEvent(new Event("cotrace:lock"));
  });
  document.addEventListener("htmx:response:error", onFailure);
  document.addEventListener("htmx:error", onFailure);
  document.addEventListener("htmx:after:swap", onSwap);

  improve(document);
  foldFilters();
  all("[data-shortcuts-switch]").forEach((box) => { box.checked = !shortcutsAreOff(); });
  all("#session-lock").forEach(watchSession);
})();
