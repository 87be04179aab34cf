// Search as you type: a combobox with a list of suggestions (WAI-ARIA, list autocomplete with manual selection).
// Without it the form leads to the page of results. Text is set as text, never as markup.
"use strict";
(() => {
  const WAIT = 120; // milliseconds without a key
  const MOST = 8;
  const OF_EACH = 8; // kind on a page of results; the others are folded
  const words = document.querySelector("form.find")?.dataset; // of the box at the head of the page
  const root = new URL("../", document.currentScript.src); // of the site: this file stands in its folder of assets
  if (!words) return;

  // Where hits come from: the server, or an index in a file, which is loaded when the first letter is typed.
  const known = new Map();
  const find = words.index ? findInFile : findOnServer;

  async function findOnServer(text, signal) {
    if (!known.has(text)) {
      const address = `${words.suggest}&q=${encodeURIComponent(text)}`;
      const answer = await fetch(address, { signal, headers: { Accept: "application/json" } });
      if (!answer.ok) return null;
      known.set(text, await answer.json());
    }
    return known.get(text);
  }

  let matcher = null;
  async function findInFile(text) {
    return (await loadedMatcher()).find(text, MOST);
  }

  function loadedMatcher() {
    matcher ??= loaded(words.matcher).then(() => loaded(words.index)).then(() => new BriKgMatcher(briKgIndex));
    return matcher;
  }

  // As a script, since pages on a disk may fetch nothing.
  function loaded(address) {
    return new Promise((done, failed) => {
      const script = made("script", { src: address, onload: done, onerror: failed });
      document.head.append(script);
    });
  }

  document.querySelectorAll("form.find").forEach(suggestIn);
  showFound();

  function suggestIn(form) {
    const input = form.elements.q;
    const list = made("ul", { id: `${input.id}-hits`, className: "hitlist", hidden: true, role: "listbox", ariaLabel: words.name });
    const told = made("p", { className: "away", role: "status" });
    input.after(list);
    form.append(told);
    for (const [name, value] of Object.entries({
      "role": "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false",
    })) input.setAttribute(name, value);

    let options = [];
    let active = -1;
    let timer = 0;
    let turn = 0; // of the last search: what answers an earlier one comes too late
    let asking = null;

    function soon() {
      clearTimeout(timer);
      asking?.abort();
      const mine = ++turn;
      const text = input.value.trim();
      if (!text) {
        close();
        told.textContent = "";
        return;
      }
      asking = new AbortController();
      timer = setTimeout(async () => {
        try {
          const found = await find(text, asking.signal);
          if (mine === turn && found) show(found);
        } catch {
          if (mine === turn) close(); // the form still leads to the page of results
        }
      }, WAIT);
    }

    function show(found) {
      const hits = found.hits.map((hit) => ({ ...hit, url: safe(hit.address) })).filter((hit) => hit.url);
      options = hits.map((hit, place) => {
        const option = made("li", { id: `${list.id}-${place}`, role: "option", ariaSelected: "false" });
        option.append(made("bdi", { textContent: hit.label }), " ", quiet(hit.kind));
        if (hit.matched) option.append(" ", quiet(words.matched.replace("{text}", () => hit.matched)));
        option.addEventListener("click", () => location.assign(hit.url));
        return { option, url: hit.url };
      });
      list.replaceChildren(...options.map((one) => one.option));
      told.textContent = said(found);
      if (options.length && document.activeElement === input) open();
      else close();
    }

    function open() {
      list.hidden = false;
      input.setAttribute("aria-expanded", "true");
      select(-1);
    }

    function close() {
      list.hidden = true;
      input.setAttribute("aria-expanded", "false");
      select(-1);
    }

    function select(place) {
      options[active]?.option.setAttribute("aria-selected", "false");
      active = place;
      const chosen = options[active]?.option;
      if (!chosen) {
        input.removeAttribute("aria-activedescendant");
        return;
      }
      chosen.setAttribute("aria-selected", "true");
      chosen.scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", chosen.id);
    }

    input.addEventListener("input", (event) => {
      if (!event.isComposing) soon(); // letters of an input method are not the word yet
    });
    input.addEventListener("compositionend", soon);
    input.addEventListener("focus", () => { if (options.length && input.value.trim()) open(); });
    input.addEventListener("blur", close);
    list.addEventListener("mousedown", (event) => event.preventDefault()); // the input keeps the focus
    input.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      const isOpen = !list.hidden;
      const count = options.length;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        if (!count) return;
        event.preventDefault();
        const step = event.key === "ArrowDown" ? 1 : -1;
        if (!isOpen) open();
        // One place more than there are options: the input itself.
        select(((active + 1 + step + count + 1) % (count + 1)) - 1);
      } else if (event.key === "Enter" && isOpen && active >= 0) {
        event.preventDefault();
        location.assign(options[active].url);
      } else if (event.key === "Escape" && isOpen) {
        event.preventDefault();
        close();
      }
    });
  }

  function said(found) {
    if (!found.total) return words.none;
    const number = words.found.replace("{count}", found.total);
    return found.near ? `${words.near.replace("{words}", () => found.near)} ${number}` : number;
  }

  // The page of results in a folder of files, which no server makes.
  async function showFound() {
    const page = document.getElementById("found");
    const sought = new URLSearchParams(location.search).get("q")?.trim();
    if (!page || !words.index || !sought) return;
    document.querySelector("form.find").elements.q.value = sought;
    const found = (await loadedMatcher()).page(sought);
    page.append(made("p", { textContent: said(found), role: "status" }));
    for (const place of found.places) {
      const line = made("p", { className: "place" });
      line.append(link(place, "strong"), " ", quiet(place.meaning));
      page.append(line);
    }
    for (const group of found.groups) {
      const hits = group.filter((hit) => safe(hit.address));
      if (!hits.length) continue;
      const title = hits[0].group;
      const heading = made("h2", { textContent: `${title[0].toUpperCase()}${title.slice(1)} ` });
      heading.append(quiet(hits.length));
      page.append(heading, several(hits.slice(0, OF_EACH)));
      if (hits.length > OF_EACH) {
        const rest = made("details", {});
        rest.append(made("summary", { textContent: words.all.replace("{count}", hits.length) }), several(hits.slice(OF_EACH)));
        page.append(rest);
      }
    }
  }

  function several(hits) {
    const list = made("ul", { className: "plain hits" });
    list.append(...hits.map(item));
    return list;
  }

  function link(hit, tag = "bdi") {
    const anchor = made("a", { href: safe(hit.address) });
    anchor.append(made(tag, { textContent: hit.label }));
    return anchor;
  }

  function item(hit) {
    const line = made("li", {});
    line.append(link(hit), " ", quiet(hit.kind));
    if (hit.about) line.append(" ", made("strong", { textContent: hit.about }));
    if (hit.matched) line.append(" ", quiet(words.matched.replace("{text}", () => hit.matched)));
    return line;
  }

  function quiet(text) {
    return made("span", { className: "quiet", textContent: text });
  }

  function made(tag, properties) {
    return Object.assign(document.createElement(tag), properties);
  }

  // An address that a page may lead to, whole; null for what would run.
  function safe(address) {
    if (!address) return null;
    const url = new URL(address, root);
    return ["http:", "https:", "file:"].includes(url.protocol) ? url.href : null;
  }
})();
