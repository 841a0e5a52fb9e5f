// A long list of choices in folds: a search that opens what it finds, and how many are chosen.
(() => {
  "use strict";
  document.querySelectorAll("fieldset[data-choose]").forEach((list) => {
    const folds = [...list.querySelectorAll("details")];
    const search = list.querySelector("input[type=search]");
    const tally = list.querySelector("[data-tally]");

    const count = () => {
      const chosen = list.querySelectorAll("input[type=checkbox]:checked").length;
      tally.textContent = chosen ? `已选${chosen}个` : "";
    };

    const look = () => {
      const wanted = search.value.trim().toLowerCase();
      folds.forEach((fold) => {
        let found = 0;
        fold.querySelectorAll("label").forEach((label) => {
          const words = `${fold.querySelector("summary").textContent} ${label.textContent}`;
          const isChosen = label.querySelector("input").checked;
          label.hidden = !isChosen && !words.toLowerCase().includes(wanted);
          found += label.hidden ? 0 : 1;
        });
        fold.hidden = found === 0;
        const holdsChosen = fold.querySelector("input:checked") !== null;
        fold.open = holdsChosen || (wanted !== "" && found > 0);
      });
    };

    search.hidden = false;
    search.addEventListener("input", look);
    search.addEventListener("keydown", (event) => {
      if (event.key === "Enter") event.preventDefault();
    });
    list.addEventListener("change", count);
    look();
    count();
  });
})();
