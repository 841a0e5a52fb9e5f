// The page on which a month is filled: keys and paste as in a spreadsheet, saving while one types.
// Without this script the page is the same form and is saved by its buttons; see docs/decisions/grid.md.
(() => {
  "use strict";
  const form = document.getElementById("fill");
  if (!form) return;
  const PAUSE = 700, LONGEST_WAIT = 30000, ABANDONED = 8000, MOST_UNDONE = 200;
  const LETTERS = "FGHI";  // side by side in the Excel form; H is shown, never filled
  const $ = (id) => document.getElementById(id);
  const nameOf = (field) => field.name.slice("cell:".length);
  const fields = [...form.elements].filter((field) => field.name.startsWith("cell:"));
  const byName = new Map(fields.map((field) => [nameOf(field), field]));
  const cells = new Map([...document.querySelectorAll("[data-cell]")].map((td) => [td.dataset.cell, td]));
  const rows = [...new Set([...cells.keys()].map((cell) => Number(cell.slice(1))))];
  const inGrid = (field) => field?.closest?.("[data-cell]") ?? null;
  const inputAt = (cell) => cells.get(cell)?.querySelector("input") ?? null;
  const el = (tag, words, more = {}) => Object.assign(document.createElement(tag), { textContent: words }, more);

  /* ---------- what the server has, and sending it the rest ---------- */
  let known = JSON.parse($("fill-before").textContent);
  let csrf = form.elements.csrfmiddlewaretoken.value;
  let late = {};       // texts that lost their place while they were still being typed
  let underWay = null, timer = 0, wait = 0, drafted = null, isLeaving = false, signedOut = 0;
  const prefix = `zhenxing:${form.dataset.who}:${form.dataset.draft}:`;
  const tab = (sessionStorage.zhenxingTab ??= String(Math.random()).slice(2));

  const changed = () => {
    const found = { ...late };
    for (const [name, field] of byName) {
      const before = known[name] ?? "";
      if (field.value !== before && !found[name]) found[name] = { before, after: field.value };
    }
    return found;
  };
  const isClean = () => Object.keys(changed()).length === 0;
  const say = (words) => { $("fill-saved").textContent = words; };
  const trouble = (...parts) => {
    $("fill-trouble").replaceChildren(...parts.map((part) => (typeof part === "string" ? el("span", part) : part)));
    $("fill-trouble").hidden = parts.length === 0;
  };
  const remember = () => {
    try {
      if (isClean()) localStorage.removeItem(prefix + tab);
      else localStorage.setItem(prefix + tab, JSON.stringify({ at: Date.now(), cells: changed() }));
    } catch { /* a browser that keeps nothing: the text is still on the page */ }
  };
  const soon = (pause = PAUSE) => { clearTimeout(timer); timer = setTimeout(save, pause); };

  async function ask(address, options = {}) {
    const headers = { Accept: "application/json", "X-CSRFToken": csrf, "Content-Type": "application/json" };
    const answer = await fetch(address, { headers, redirect: "manual", credentials: "same-origin", ...options });
    if (answer.type === "opaqueredirect" || answer.status === 401) return { status: 401 };
    const isJson = (answer.headers.get("Content-Type") ?? "").includes("json");
    return { status: answer.status, told: isJson ? await answer.json() : null };
  }

  function save(options = {}) {
    if (underWay) return underWay.then(() => (isClean() ? null : save(options)));
    const sent = changed();
    if (Object.keys(sent).length === 0) return Promise.resolve();
    clearTimeout(timer);
    say("未保存，正在保存……");
    const body = JSON.stringify({
      base_version: form.elements.base_version.value, opened: form.elements.opened.value, cells: sent,
    });
    underWay = ask(form.dataset.draft, { method: "POST", body, ...options })
      .then((answer) => heard(answer, sent), () => unheard("网络断了"))
      .finally(() => { underWay = null; remember(); });
    return underWay;
  }

  function heard({ status, told }, sent) {
    if (told?.texts) {
      wait = 0;
      absorb(told, sent);
      if (!isClean()) soon();
    } else if (status === 401) {
      askToSignIn();
    } else if (status === 403) {
      return renew();
    } else if (told?.problem) {
      say("未保存");
      trouble(`没有存下：${told.problem}您填的都还在这一页上。`);
    } else {
      unheard(`服务器没有收下（${status}）`);
    }
    return null;
  }
  const unheard = (why) => {
    wait = Math.min(LONGEST_WAIT, (wait || 1000) * 2);
    say(`未保存：${why}，文字已存在这台电脑上，会自动重试`);
    soon(wait * (0.75 + Math.random() / 2));
  };

  function absorb(told, sent) {
    const clashed = new Map(told.clashes?.map((each) => [each.name, each]));
    for (const [name, field] of byName) {
      const text = told.texts[name] ?? "", was = known[name] ?? "", mine = sent[name];
      if (clashed.has(name)) {
        if (mine && field.value !== mine.after && field.value !== was && field.value !== text) {
          late[name] = { before: mine.before, after: field.value };
        } else delete late[name];
        known[name] = field.value = text;
      } else if (mine) {
        delete late[name];
        known[name] = mine.after;
        if (field.value === mine.after) field.value = known[name] = text;
      } else if (field.value === was) {
        known[name] = field.value = text;
      }
    }
    for (const name of Object.keys(sent)) if (!byName.has(name)) delete late[name];
    form.elements.base_version.value = told.base_version;
    csrf = form.elements.csrfmiddlewaretoken.value = told.csrf;
    show(told);
    if (clashed.size) {
      const cellNames = told.clashes.map((each) => each.cell).join("、");
      trouble(`${cellNames}别人先改了，您的文字没有丢，存在“另存的文字”里，请决定取用还是丢弃。`,
        el("a", "去看", { href: "#fill-asides" }));
    } else if (!signedOut) trouble();
  }

  function show(told) {
    drafted = told.drafted;
    for (const [id, html] of Object.entries(told.html)) if ($(id)) $(id).innerHTML = html;
    for (const [name, css] of Object.entries(told.marks)) {
      const td = inGrid(byName.get(name));
      td?.classList.toggle("entry-watch", css === "entry-watch");
      td?.classList.toggle("entry-wrong", css === "entry-wrong");
    }
    for (const [code, numbers] of Object.entries(told.numbers)) {
      const line = $(`advice-${code}`).previousElementSibling;
      for (const [kind, words] of Object.entries(numbers)) {
        line.querySelector(`[data-number=${kind}]`).textContent = words;
      }
      line.querySelector("[data-number=ahead]").classList.toggle("behind", numbers.ahead.startsWith("−"));
    }
    for (const [part, length] of Object.entries(told.lengths)) {
      if (byName.get(part).value === known[part]) document.querySelector(`[data-count=${part}]`).textContent = length;
    }
    $("fill-short").textContent = $("fill-counts").querySelector(".tag-pressed")?.textContent ?? "";
    if (isClean()) say(told.at ? `${told.at}已保存` : "还没有填");
  }

  /* ---------- signed out: the text stays, and goes on once somebody has signed in again ---------- */
  function askToSignIn() {
    say("未保存：登录已过期");
    const address = `${form.dataset.signIn}?next=${encodeURIComponent(location.pathname)}`;
    trouble("登录已过期，您填的都还在，没有丢。请在新窗口登录，这一页会自己接着保存。",
      el("a", "重新登录", { href: address, target: "_blank" }));
    signedOut ||= setInterval(renew, 5000);
  }
  async function renew() {
    try {
      const { status, told } = await ask(form.dataset.state);
      if (status === 401) return askToSignIn();
      if (!told) return unheard(`服务器没有收下（${status}）`);
      if (told.who !== form.dataset.who) {
        say("未保存");
        return trouble("现在登录的是另一个人，没有替您保存；请用您自己的账号登录。");
      }
      csrf = form.elements.csrfmiddlewaretoken.value = told.csrf;
      clearInterval(signedOut);
      signedOut = 0;
      trouble();
      soon(0);
    } catch { unheard("网络断了"); }
    return null;
  }

  /* ---------- changing cells, and taking changes back ---------- */
  const done = [], undone = [];
  let original = "";
  function put(changes, keep = true) {
    const real = changes.filter(({ field, to }) => field && field.value !== to)
      .map(({ field, to }) => ({ field, from: field.value, to }));
    for (const { field, to } of real) field.value = to;
    if (keep && real.length) { done.push(real); undone.length = 0; done.splice(0, done.length - MOST_UNDONE); }
    for (const { field } of real) if (field === document.activeElement) original = field.value;
    if (real.length) typedIn();
    return real.length;
  }
  function back(from, to, side) {
    const last = from.pop();
    if (!last) return;
    to.push(last);
    put(last.map((each) => ({ field: each.field, to: each[side] })), false);
    last[0].field.focus();
  }
  function settle(field) {
    if (inGrid(field) && field.value !== original) {
      done.push([{ field, from: original, to: field.value }]);
      undone.length = 0;
      original = field.value;
    }
  }
  const typedIn = () => {
    remember();
    for (const count of document.querySelectorAll("[data-count]")) {
      count.textContent = byName.get(count.dataset.count).value.length;
    }
    soon();
  };

  /* ---------- moving and choosing ---------- */
  let anchor = null, head = null, isEditing = false, isPressed = false;
  const at = (cell) => ({ column: LETTERS.indexOf(cell[0]), row: rows.indexOf(Number(cell.slice(1))) });
  const nameAt = ({ column, row }) => `${LETTERS[column]}${rows[row]}`;
  const range = () => {
    if (!anchor || !head) return [];
    const [a, b] = [at(anchor), at(head)], lines = [];
    for (let row = Math.min(a.row, b.row); row <= Math.max(a.row, b.row); row += 1) {
      const line = [];
      for (let column = Math.min(a.column, b.column); column <= Math.max(a.column, b.column); column += 1) {
        line.push(nameAt({ column, row }));
      }
      lines.push(line);
    }
    return lines;
  };
  const isBlock = () => anchor !== head;
  function paint() {
    const chosen = new Set(isBlock() ? range().flat() : []);
    for (const [cell, td] of cells) td.classList.toggle("chosen", chosen.has(cell));
  }
  function step(from, down, across, isFar) {
    let next = at(from), found = null;
    for (;;) {
      next = { column: next.column + across, row: next.row + down };
      if (next.row < 0 || next.row >= rows.length || next.column < 0 || next.column >= LETTERS.length) return found;
      if (!inputAt(nameAt(next))) continue;
      found = nameAt(next);
      if (!isFar) return found;
    }
  }
  function go(down, across, { extend = false, far = false } = {}) {
    const target = step(extend ? head : anchor, down, across, far);
    if (!target) return;
    if (extend) { head = target; paint(); } else inputAt(target).focus();
  }

  /* ---------- blocks in and out ---------- */
  function parsed(text) {  // as form/pasting.py reads it
    const lines = [[]], plain = text.replace(/\r\n?/g, "\n");
    const pattern = /(?:"((?:[^"]|"")*)"(?=[\t\n]|$)|([^\t\n]*))([\t\n]|$)/gy;
    for (let match = pattern.exec(plain); match; match = pattern.exec(plain)) {
      lines.at(-1).push(match[1] === undefined ? match[2] : match[1].replaceAll('""', '"'));
      if (match[3] === "\n") lines.push([]);
      if (match[3] === "") break;
    }
    if (lines.length > 1 && lines.at(-1).join("") === "") lines.pop();
    return lines;
  }
  function lay(block, from) {
    const start = at(from), changes = [];
    let lost = 0;
    block.forEach((line, down) => line.forEach((text, across) => {
      const row = rows.indexOf(rows[start.row] + down), column = start.column + across;
      const field = row < 0 || column >= LETTERS.length ? null : inputAt(nameAt({ row, column }));
      if (field) changes.push({ field, to: text.trim() });
      else if (text.trim()) lost += 1;
    }));
    put(changes);
    trouble(...(lost ? [`贴了${changes.length}格；${lost}格没有贴：在表外，或那一格不需填。`] : []));
  }
  const quoted = (text) => (/[\t\n"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const wordsAt = (cell) => inputAt(cell)?.value ?? cells.get(cell)?.textContent.trim() ?? "";

  document.addEventListener("copy", copy);
  document.addEventListener("cut", (event) => { if (copy(event)) clear(); });
  function copy(event) {
    if (!inGrid(document.activeElement) || !isBlock()) return false;
    event.clipboardData.setData("text/plain", range().map((line) => line.map(wordsAt).map(quoted).join("\t")).join("\n"));
    event.preventDefault();
    return true;
  }
  const clear = () => put(range().flat().map((cell) => ({ field: inputAt(cell), to: "" })));
  document.addEventListener("paste", (event) => {
    const text = event.clipboardData.getData("text/plain");
    if (!inGrid(event.target) || isEditing) return;
    const block = parsed(text), first = range()[0]?.[0] ?? anchor;
    if (block.length === 1 && block[0].length === 1 && !isBlock() && !text.includes('"') && !/[\r\n]/.test(text)) return;
    event.preventDefault();
    if (block.length === 1 && block[0].length === 1) {
      put(range().flat().map((cell) => ({ field: inputAt(cell), to: block[0][0].trim() })));
    } else lay(block, first);
  });
  function fillDown() {
    const lines = range();
    const above = lines.length > 1 ? lines[0] : lines[0].map((cell) => step(cell, -1, 0, false));
    const targets = lines.length > 1 ? lines.slice(1) : lines;
    put(targets.flatMap((line) => line.map((cell, place) => ({ field: inputAt(cell), to: wordsAt(above[place]) }))));
  }

  /* ---------- keys ---------- */
  const ARROWS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  document.addEventListener("keydown", (event) => {
    const field = event.target, { key } = event, isControl = event.ctrlKey || event.metaKey;
    if (event.isComposing) return;
    if (event.altKey && key.toLowerCase() === "q") { document.querySelector("[data-confirm]")?.click(); return; }
    if (!inGrid(field)) return;
    let isOurs = true;
    if (key === "Enter") { settle(field); go(event.shiftKey ? -1 : 1, 0); }
    else if (key in ARROWS && !isEditing) go(...ARROWS[key], { extend: event.shiftKey, far: isControl });
    else if (key === "F2") { isEditing = true; field.setSelectionRange(field.value.length, field.value.length); }
    else if (key === "Escape") { field.value = original; isEditing = false; field.select(); typedIn(); }
    else if ((key === "Delete" || key === "Backspace") && isBlock()) clear();
    else if (isControl && key.toLowerCase() === "d") fillDown();
    else if (isControl && key.toLowerCase() === "z" && !isEditing) {
      settle(field);
      if (event.shiftKey) back(undone, done, "to"); else back(done, undone, "from");
    } else if (isControl && key.toLowerCase() === "y") back(undone, done, "to");
    else isOurs = false;
    if (isOurs) event.preventDefault();
  });
  document.addEventListener("focusin", (event) => {
    const td = inGrid(event.target);
    if (!td) return;
    anchor = head = td.dataset.cell;
    isEditing = false;
    original = event.target.value;
    event.target.select();
    paint();
  });
  document.addEventListener("focusout", (event) => settle(event.target));
  document.addEventListener("pointerdown", (event) => {
    const td = inGrid(event.target), field = td?.querySelector("input");
    if (!field || event.pointerType !== "mouse" || event.button) return;
    if (event.shiftKey && anchor) { head = td.dataset.cell; paint(); event.preventDefault(); return; }
    isPressed = field === document.activeElement;  // a second click begins to edit, a drag chooses
    if (isPressed) { head = anchor; paint(); }
  });
  document.addEventListener("mouseup", (event) => {
    if (!inGrid(event.target)) return;
    if (isPressed && !isBlock()) isEditing = true;
    else if (!isEditing && !isBlock()) event.target.select?.();
    isPressed = false;
  });
  document.addEventListener("pointerover", (event) => {
    const td = inGrid(event.target);
    if (td && event.buttons === 1 && anchor && td.dataset.cell !== head) { isEditing = false; head = td.dataset.cell; paint(); }
  });

  /* ---------- buttons ---------- */
  document.addEventListener("click", async (event) => {
    if (event.target.closest("[data-confirm]")) {
      event.preventDefault();
      put(fields.filter((field) => field.dataset.flash && !field.value.trim())
        .map((field) => ({ field, to: field.dataset.flash })));
    } else if (event.target.closest("[data-sentences]")) {
      event.preventDefault();
      await save();
      if (drafted === null) drafted = (await ask(form.dataset.state)).told?.drafted ?? "";
      const area = byName.get("done");
      put([{ field: area, to: [area.value.trim(), drafted].filter(Boolean).join("\n") }]);
      area.focus();
    }
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (isLeaving) return;
    isLeaving = true;
    await save();
    for (let tries = 0; !isClean() && tries < 3 && !wait && !signedOut; tries += 1) await save();
    isLeaving = event.submitter?.hasAttribute("data-hand-in") && isClean() && $("fill-trouble").hidden;
    if (!isLeaving) return;
    form.elements.before.value = JSON.stringify(known);
    form.submit();
  });
  for (const field of fields) {
    field.addEventListener("input", typedIn);
    field.addEventListener("change", () => soon(0));
  }
  addEventListener("online", () => soon(0));
  addEventListener("focus", () => { if (signedOut) renew(); });
  addEventListener("pagehide", () => { remember(); if (!isLeaving) save({ keepalive: true }); });
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  $("paper").addEventListener("submit", () => { remember(); });

  /* ---------- what an earlier page could not send ---------- */
  for (const key of Object.keys(localStorage).filter((each) => each.startsWith(prefix))) {
    const left = JSON.parse(localStorage.getItem(key));
    if (key !== prefix + tab && Date.now() - left.at < ABANDONED) continue;
    localStorage.removeItem(key);
    for (const [name, { before, after }] of Object.entries(left.cells)) {
      const field = byName.get(name);
      if (field && field.value === before) field.value = after;
      else if (field?.value !== after) late[name] = { before, after };
    }
  }
  for (const each of document.querySelectorAll("[data-plain]")) each.hidden = true;
  if (!isClean()) { remember(); soon(0); }
  const isIdle = document.activeElement === document.body;  // nobody began before this script did
  if (isIdle && !location.hash && matchMedia("(pointer: fine)").matches) {
    rows.map((row) => inputAt(`F${row}`)).find((field) => field && !field.value)?.focus();
  }
})();
