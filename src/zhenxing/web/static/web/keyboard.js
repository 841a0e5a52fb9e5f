// `/` goes to the page's search; `g` and then a letter goes to a page of the navigation.
(() => {
  "use strict";
  const PATIENCE = 1200;
  let going = 0;

  const isTyping = (target) =>
    target.closest("input, textarea, select, [contenteditable]") !== null;

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const menu = document.querySelector(".top-user[open]");
    if (event.key === "Escape" && menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
      return;
    }
    if (isTyping(event.target)) return;
    if (event.key === "/") {
      const field = document.querySelector("input[type=search]");
      if (!field) return;
      event.preventDefault();
      field.focus();
      field.select();
      return;
    }
    if (event.key === "g") {
      going = event.timeStamp;
      return;
    }
    if (going && event.timeStamp - going < PATIENCE && /^[a-z]$/.test(event.key)) {
      const link = document.querySelector(`.nav a[data-letter="${event.key}"]`);
      if (link) link.click();
    }
    going = 0;
  });

  // What scrolls sideways must be reachable without a mouse.
  document.querySelectorAll(".scroll, .prose pre").forEach((box) => {
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
  });

  document.addEventListener("click", (event) => {
    const menu = document.querySelector(".top-user[open]");
    if (menu && !menu.contains(event.target)) menu.open = false;
    if (event.target.closest("[data-print]")) window.print();
  });
})();
