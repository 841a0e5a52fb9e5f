// A reading by keyboard: j, k go through the lines, a accepts, x refuses, e corrects, ? tells the
// keys. What is sent comes back as the page; its parts are exchanged, ticks taken away stay away.
"use strict";

(() => {
  const PARTS = ["told", "paper", "read", "bar"];
  const NOTICES = ".main > .notice";
  const UNSENT = "#picked select, #place [name], #keep [name], #more [name]";
  let current = null;

  const lines = () => [...document.querySelectorAll("[data-line]")].filter((line) => line.offsetParent);
  const isTyping = (place) => place.closest("input:not([type=checkbox]), textarea, select, dialog") !== null;
  const decides = () => document.getElementById("bar") !== null;

  function show(label, { scroll = true } = {}) {
    for (const old of document.querySelectorAll(".is-current, .fact-open")) {
      old.classList.remove("is-current", "fact-open");
    }
    const line = document.querySelector(`[data-line="${CSS.escape(label)}"]`);
    if (!line) return;
    current = label;
    line.classList.add("is-current");
    if (scroll) line.scrollIntoView({ block: "nearest" });
    const begin = document.getElementById(`t${label}`);
    const mark = begin && begin.nextElementSibling ? next(begin) : null;
    if (!mark) return;
    mark.classList.add("fact-open");
    const text = document.querySelector("[data-text]");
    const above = mark.getBoundingClientRect().top - text.getBoundingClientRect().top;
    text.scrollTop += above - text.clientHeight / 3;
  }

  function next(begin) {
    let place = begin;
    while (place && !place.matches("mark")) place = place.nextElementSibling;
    return place;
  }

  function goTo(label) {
    show(label);
    const line = document.querySelector(`[data-line="${CSS.escape(label)}"]`);
    if (line) line.focus({ preventScroll: true });
  }

  function move(step) {
    const all = lines();
    if (!all.length) return;
    const at = all.findIndex((line) => line.dataset.line === current);
    goTo(all[Math.min(Math.max(at + step, 0), all.length - 1)].dataset.line);
  }

  function tally() {
    const picked = document.querySelectorAll("input[name=pick]:checked").length;
    for (const place of document.querySelectorAll("[data-tally]")) place.textContent = picked;
  }

  const unticked = () =>
    new Set([...document.querySelectorAll("input[name=pick]:not(:checked)")].map((box) => box.value));

  // What was chosen or typed in other forms of the page and not sent yet; the open panel is sent.
  function changed() {
    const fields = document.querySelectorAll(UNSENT);
    const typed = [...fields].filter((field) => {
      if (field.matches("select")) {
        return [...field.options].some((one) => one.selected !== one.defaultSelected);
      }
      if (field.type === "checkbox") return field.checked !== field.defaultChecked;
      return field.type !== "hidden" && field.value !== field.defaultValue;
    });
    return typed.map((field) => [nameOf(field), field.checked, field.value]);
  }

  const nameOf = (field) =>
    `${field.form.getAttribute("action")} ${field.name} ${field.type === "checkbox" ? field.value : ""}`;

  const offers = (field, value) => [...field.options].some((one) => one.value === value);

  function restore(kept) {
    const fields = document.querySelectorAll(UNSENT);
    const now = new Map([...fields].map((field) => [nameOf(field), field]));
    for (const [name, checked, value] of kept) {
      const field = now.get(name);
      if (!field) continue;
      if (field.type === "checkbox") field.checked = checked;
      else if (!field.matches("select") || offers(field, value)) field.value = value;
    }
  }

  function exchange(fresh, sent) {
    const away = unticked();
    const kept = changed().filter(([name]) => !sent || !name.startsWith(`${sent} `));
    const known = new Set([...document.querySelectorAll("input[name=pick]")].map((box) => box.value));
    for (const key of PARTS) {
      const [old, put] = [document.getElementById(key), fresh.getElementById(key)];
      const top = key === "paper" && old ? old.querySelector("[data-text]").scrollTop : 0;
      if (old && put) old.replaceWith(document.adoptNode(put));
      if (top) document.querySelector("[data-text]").scrollTop = top;
    }
    const lead = document.querySelector(".page-title");
    const newer = fresh.querySelector(".page-title");
    if (lead && newer) lead.replaceWith(document.adoptNode(newer));
    document.querySelectorAll(NOTICES).forEach((old) => old.remove());
    document.querySelector(".page-head").after(...fresh.querySelectorAll(NOTICES));
    for (const box of document.querySelectorAll("input[name=pick]")) {
      if (known.has(box.value) && away.has(box.value)) box.checked = false;
    }
    restore(kept);
    ready();
  }

  async function ask(address, body) {
    const answer = await fetch(address, body ? { method: "POST", body } : {});
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!page.getElementById("read")) {
      window.location.reload();
      return;
    }
    const path = new URL(address, window.location).pathname;
    exchange(page, body && !path.endsWith("/decide/") ? path : "");
  }

  async function send(form, more, address = form.action) {
    if (form.dataset.sent) return;
    form.dataset.sent = "yes";
    const body = new FormData(form);
    for (const [name, value] of Object.entries(more)) body.set(name, value);
    const all = lines();
    const at = all.findIndex((line) => line.dataset.line === current);
    const following = all.slice(at + 1).map((line) => line.dataset.line);
    try {
      await ask(address, body);
    } catch {
      delete form.dataset.sent;
      form.submit();
      return;
    }
    if (document.getElementById("edit")) return;
    const to = following.find((label) => document.querySelector(`[data-line="${CSS.escape(label)}"]`));
    if (to) goTo(to);
  }

  async function open(line, field) {
    const link = line.querySelector("[data-edit]");
    const address = link ? link.getAttribute("href") : `?edit=${line.dataset.item}`;
    show(line.dataset.line, { scroll: false });
    await ask(address.split("#")[0]);
    const panel = document.getElementById("edit");
    if (!panel) return;
    const from = document.querySelector(`[data-line="${CSS.escape(line.dataset.line)}"]`);
    const row = from && from.closest("tbody") ? null : from;
    if (row) row.closest(".doubt").after(panel);
    panel.scrollIntoView({ block: "nearest" });
    panel.querySelector(`[name=${field}]`).focus();
  }

  function accept(line) {
    const button = line.querySelector('[data-act="a"]');
    if (button) {
      send(button.form, { [button.name]: button.value });
      return;
    }
    const box = line.querySelector("input[name=pick]");
    if (!box) return;
    const form = box.form;
    const body = new FormData();
    for (const name of ["csrfmiddlewaretoken", `edition-${box.value}`, `indicator-${box.value}`]) {
      if (form.elements[name]) body.set(name, form.elements[name].value);
    }
    body.set("pick", box.value);
    const following = lines();
    const at = following.indexOf(line);
    const to = following[at + 1] ? following[at + 1].dataset.line : line.dataset.line;
    ask(form.action, body).then(() => goTo(to));
  }

  const DOES = {
    j: () => move(1),
    ArrowDown: () => move(1),
    k: () => move(-1),
    ArrowUp: () => move(-1),
    "?": () => document.getElementById("keys").showModal(),
  };
  const DECIDES = {
    a: accept,
    x: (line) => open(line, "note"),
    e: (line) => open(line, "subject"),
    " ": (line) => {
      const box = line.querySelector("input[name=pick]");
      if (box) box.click();
    },
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (event.target.matches("[name=note]") && event.key === "Enter" && event.target.closest("#edit")) {
      event.preventDefault();
      event.target.form.querySelector("[data-refuse]").click();
      return;
    }
    if (event.key === "Escape" && document.querySelector("[data-close]")) {
      document.querySelector("[data-close]").click();
      return;
    }
    if (isTyping(event.target)) return;
    const inText = event.target.closest("[data-text]") && event.key.startsWith("Arrow");
    if (DOES[event.key] && !inText && (event.key !== "?" || decides())) {
      event.preventDefault();
      DOES[event.key]();
      return;
    }
    const line = current && document.querySelector(`[data-line="${CSS.escape(current)}"]`);
    const onButton = event.target.matches("a, button, summary, input");
    if (!line || !decides() || !DECIDES[event.key] || (event.key === " " && onButton)) return;
    event.preventDefault();
    DECIDES[event.key](line);
  });

  document.addEventListener("click", (event) => {
    const place = event.target;
    const edit = place.closest("[data-edit]");
    const line = place.closest("[data-line]");
    if (edit && line) {
      event.preventDefault();
      open(line, "subject");
    } else if (place.closest("mark[data-of] a")) {
      event.preventDefault();
      show(place.closest("mark").dataset.of);
    } else if (place.closest("[data-close]")) {
      event.preventDefault();
      const panel = document.getElementById("edit");
      const label = panel.dataset.panel;
      panel.remove();
      show(label);
    } else if (place.closest("[data-none]")) {
      for (const box of document.querySelectorAll("input[name=pick]")) box.checked = false;
      tally();
    } else if (place.closest("[data-all]")) {
      for (const box of place.closest("tbody").querySelectorAll("input[name=pick]")) box.checked = true;
      tally();
    } else if (place.closest("[data-keys]")) {
      document.getElementById("keys").showModal();
    } else if (line && !place.closest("a, button, select, input")) {
      show(line.dataset.line, { scroll: false });
    }
  });

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || !form.closest("#read") || form.action.includes("/again/")) return;
    event.preventDefault();
    const by = event.submitter;
    const line = form.closest("[data-line]");
    if (line) current = line.dataset.line;
    const more = by && by.name ? { [by.name]: by.value } : {};
    send(form, more, by && by.hasAttribute("formaction") ? by.formAction : form.action);
  });

  document.addEventListener("change", (event) => {
    if (event.target.name === "pick") tally();
  });

  // What is selected in the paper is what may be added.
  document.addEventListener("mouseup", () => {
    const form = document.querySelector("form[data-add]");
    const text = document.querySelector("[data-text]");
    const chosen = document.getSelection();
    if (!form || chosen.isCollapsed || !text.contains(chosen.anchorNode)) return;
    const piece = chosen.getRangeAt(0).cloneContents();
    piece.querySelectorAll("sup").forEach((label) => label.remove());
    const words = piece.textContent.trim();
    if (words && words.length <= 500 && !words.includes("\n")) form.elements.words.value = words;
  });

  function ready() {
    for (const hidden of document.querySelectorAll("[data-none], [data-keys], [data-all]")) hidden.hidden = false;
    tally();
    if (current) show(current, { scroll: false });
  }

  ready();
  const wanted = window.location.hash.match(/^#[tf]([0-9-]+)$/);
  if (wanted) show(wanted[1]);
})();
