// The table editor: checks what stands on the page while it is being written, and changes a
// rule's cells with its kind. Everything else are buttons that post, as without script.
"use strict";

(() => {
  const place = document.querySelector("[data-check]");
  const form = document.getElementById("editor");
  const shown = document.getElementById("check");
  const state = document.getElementById("check-state");
  if (!place || !form || !shown) return;
  document.documentElement.classList.add("has-script");

  let timer = 0;
  let asked = 0;

  function mark() {
    for (const row of form.querySelectorAll(".has-problem")) row.classList.remove("has-problem");
    for (const link of shown.querySelectorAll("[data-error]")) {
      const row = document.getElementById(link.dataset.row);
      if (row) row.classList.add("has-problem");
    }
  }

  async function check() {
    const mine = ++asked;
    state.textContent = "正在核对…";
    try {
      const answer = await fetch(place.dataset.check, {
        method: "POST",
        body: new FormData(form),
        headers: { Accept: "application/json" },
      });
      if (!answer.ok) throw new Error(String(answer.status));
      const piece = await answer.text();
      if (mine !== asked) return;
      shown.innerHTML = piece;
      state.textContent = "已按页面上的内容核对";
      mark();
    } catch {
      if (mine === asked) state.textContent = "没有核对成，存稿时再核对";
    }
  }

  function soon() {
    clearTimeout(timer);
    timer = setTimeout(check, 500);
  }

  function change(select) {
    const row = select.closest(".row");
    const cells = row && row.querySelector(".rule-cells");
    const model = document.querySelector(`template[data-kind="${CSS.escape(select.value)}"]`);
    if (!cells || !model) return;
    const said = new Map();
    for (const field of cells.querySelectorAll("[name]")) said.set(field.name, field.value);
    const piece = model.content.cloneNode(true);
    for (const field of piece.querySelectorAll("[name]")) {
      field.name = field.name.replace(/^__/, cells.dataset.key);
      if (said.has(field.name) && field.type !== "checkbox") field.value = said.get(field.name);
    }
    cells.replaceChildren(piece);
  }

  form.addEventListener("input", soon);
  form.addEventListener("change", (event) => {
    if (event.target.name && event.target.name.endsWith("-kind")) change(event.target);
    soon();
  });
  mark();
})();
