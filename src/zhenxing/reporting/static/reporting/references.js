// Typing = in one of the four parts offers the form's figures; what is chosen is put in as a reference.
(() => {
  "use strict";
  const source = document.getElementById("fill-menu");
  if (!source) return;
  const MOST = 12;
  const offers = JSON.parse(source.textContent);
  const list = Object.assign(document.createElement("ul"), { id: "fill-offers", className: "offers", hidden: true });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "本表的数");
  let area = null, begun = -1, pick = 0, shown = [];

  function close() {
    list.hidden = true;
    begun = -1;
    area?.removeAttribute("aria-activedescendant");
  }
  function option(each, place) {
    const item = Object.assign(document.createElement("li"), { id: `fill-offer-${place}`, textContent: each.label });
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", String(place === pick));
    item.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      pick = place;
      choose();
    });
    return item;
  }
  function offer() {
    const asked = area.value.slice(begun + 1, area.selectionStart);
    const isFirst = (each) => Number(each.label.startsWith(asked));
    shown = offers.filter((each) => each.label.includes(asked))
      .sort((one, other) => isFirst(other) - isFirst(one)).slice(0, MOST);
    if (!shown.length || /\s/.test(asked) || area.selectionStart <= begun) {
      close();
      return;
    }
    pick = Math.min(pick, shown.length - 1);
    list.replaceChildren(...shown.map(option));
    area.after(list);
    list.hidden = false;
    area.setAttribute("aria-activedescendant", `fill-offer-${pick}`);
  }
  function choose() {
    area.setRangeText(shown[pick].put, begun, area.selectionStart, "end");
    close();
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }

  for (const each of document.querySelectorAll(".part textarea")) {
    each.addEventListener("input", (event) => {
      area = each;
      if (event.data === "=" || event.data === "＝") {
        begun = area.selectionStart - 1;
        pick = 0;
      }
      if (begun >= 0) offer();
    });
    each.addEventListener("keydown", (event) => {
      if (list.hidden || event.isComposing) return;
      const turn = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (turn) {
        pick = (pick + turn + shown.length) % shown.length;
        offer();
      } else if (event.key === "Enter" || event.key === "Tab") choose();
      else if (event.key === "Escape") close();
      else return;
      event.preventDefault();
    });
    each.addEventListener("blur", close);
  }
})();
