// Arrow keys walk over the cells of a drawn sheet; Enter follows the cell's link, as everywhere.
(() => {
  "use strict";
  const grid = document.querySelector("[data-grid]");
  if (!grid) return;
  const links = [...grid.querySelectorAll("a[data-cell]")];
  const boxes = () => links.map((link) => [link, link.closest("td").getBoundingClientRect()]);
  const STEPS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

  // The nearest cell that lies wholly on the side walked to, and overlaps in the other direction.
  const next = (from, [along, down]) => {
    const at = from.closest("td").getBoundingClientRect();
    let best = null;
    let least = Infinity;
    for (const [link, box] of boxes()) {
      const ahead = along
        ? along * ((along > 0 ? box.left - at.right : box.right - at.left))
        : down * ((down > 0 ? box.top - at.bottom : box.bottom - at.top));
      const overlaps = along
        ? box.top < at.bottom - 1 && box.bottom > at.top + 1
        : box.left < at.right - 1 && box.right > at.left + 1;
      if (link !== from && overlaps && ahead > -2 && ahead < least) {
        least = ahead;
        best = link;
      }
    }
    return best;
  };

  // One stop for the Tab key: the chosen cell, else the first.
  const rove = (to) => {
    links.forEach((link) => { link.tabIndex = link === to ? 0 : -1; });
  };
  rove(grid.querySelector("a[aria-current]") || links[0]);

  grid.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    const from = event.target.closest("a[data-cell]");
    if (!step || !from || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    const to = next(from, step);
    if (!to) return;
    rove(to);
    to.focus();
  });
})();
