// The SPARQL editor: what is written, asked and told. The page works without it, as a plain form.
(function () {
  "use strict";
  const editor = (window.briEditor = window.briEditor || {});
  const form = document.getElementById("editor");
  const area = document.getElementById("query");
  const told = document.getElementById("told");
  const fault = document.getElementById("fault");
  const place = document.getElementById("answer");
  const files = document.getElementById("files");
  const link = document.getElementById("permalink");
  const stop = document.getElementById("stop");
  const [far, ...patterns] = JSON.parse(form.dataset.patterns);
  const { described } = editor;
  const { words } = described;
  let cm, running, marks = [];

  editor.filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

  editor.number = (count) => count.toLocaleString(document.documentElement.lang);

  function counted(wordings, count) {
    return editor.filled(wordings[count === 1 ? 0 : 1], { count: editor.number(count) });
  }

  function quoted(path) {
    return encodeURI(path).replace(/%25/g, "%");
  }

  // Where the part of its source begins that has a passage; 0 for the first, and for what is no passage.
  editor.partOf = function (iri) {
    const passage = /#char=(\d+),\d+$/.exec(iri);
    return passage ? Math.floor(passage[1] / form.dataset.part) * form.dataset.part : 0;
  };

  // The address of the thing with an IRI: its page where there is one, the web's own, none for anything else.
  editor.addressOf = function (iri) {
    const isOurs = iri.startsWith(described.base);
    if (editor.pageOf) {
      const page = editor.pageOf(iri);
      if (page || isOurs) return page;
    }
    const part = isOurs && editor.partOf(iri);
    const [path, ...fragment] = iri.split("#");
    const mark = fragment.length ? "#" + quoted(fragment.join("#")) : "";
    if (part) return far[1] + quoted(path.split("/").pop()) + far[2] + part + far[3] + mark;
    const pattern = patterns.find(([begin]) => iri.startsWith(begin));
    if (!pattern) return null;
    const [begin, before, after] = pattern;
    if (before === begin) return iri;
    if (before.includes("?")) return before + encodeURIComponent(iri.slice(begin.length)) + after;
    if (begin.includes("#")) return before + quoted(iri.slice(begin.length)) + after;
    return before + quoted(path.slice(begin.length)) + after + mark;
  };

  function summary(answer, seconds) {
    const time = editor.filled(words.seconds, { count: seconds.toFixed(2) });
    if (answer.kind === "rows") return `${counted(words.rows, answer.json.results.bindings.length)}${words.comma}${time}`;
    return time;
  }

  function clear() {
    marks.forEach((mark) => mark.clear());
    marks = [];
    fault.hidden = true;
    fault.replaceChildren();
  }

  // Mark where a query goes wrong; line and column begin with 1, and a column may be missing.
  function mark(line, column) {
    const from = { line: line - 1, ch: (column || 1) - 1 };
    const end = cm.getTokenAt({ line: from.line, ch: from.ch + 1 }).end;
    const to = column ? { line: from.line, ch: Math.max(end, from.ch + 1) } : { line: line };
    marks.push(cm.markText(from, to, { className: "editor-fault" }));
    cm.scrollIntoView(from);
    return from;
  }

  function refused(problem) {
    const { made } = editor;
    const lines = [made("strong", { textContent: problem.detail || problem.title || words.failed })];
    for (const text of [problem.why, problem.hint]) if (text) lines.push(made(text.includes("\n") ? "pre" : "div", { textContent: text }));
    if (problem.line && problem.line <= cm.lineCount()) {
      const from = mark(problem.line, problem.column);
      const where = editor.filled(problem.column ? words.lineAndColumn : words.line, problem);
      const go = made("button", { type: "button", textContent: where });
      go.addEventListener("click", () => {
        cm.focus();
        cm.setCursor(from);
      });
      lines.push(made("div", {}, go));
    }
    if (problem.code) lines.push(made("code", { textContent: problem.code }));
    fault.replaceChildren(...lines);
    fault.hidden = false;
  }

  function busy(isBusy) {
    stop.hidden = !isBusy;
    form.toggleAttribute("aria-busy", isBusy);
    place.classList.toggle("old", isBusy);
  }

  async function run() {
    if (running) running.abort();
    const mine = (running = new AbortController());
    const query = cm.getValue();
    const started = performance.now();
    clear();
    remember(query);
    busy(true);
    told.textContent = words.running;
    try {
      const answer = await editor.ask(query, cm.getQueryType(), mine.signal, (text) => (told.textContent = text));
      if (running !== mine) return;
      editor.show(answer, place, files);
      const more = [answer.cut, answer.note].filter(Boolean).map((text) => words.comma + text);
      told.textContent = summary(answer, (performance.now() - started) / 1000) + more.join("");
    } catch (error) {
      if (running !== mine) return;
      place.replaceChildren();
      files.replaceChildren();
      told.textContent = error.name === "AbortError" ? words.stopped : words.failed;
      if (error.name !== "AbortError") refused(error.problem || { detail: String(error.message || error) });
    }
    busy(false);
    running = null;
  }

  function remember(query) {
    history.replaceState(null, "", "#query=" + encodeURIComponent(query));
  }

  function example(name) {
    const query = described.examples[name];
    if (query === undefined) return;
    cm.setValue(query);
    cm.focus();
  }

  // `#query=…` and `#example=…` say what is asked; the server has put `?query=…` into the form already.
  function fromAddress() {
    const asked = /^#(query|example)=(.*)$/.exec(location.hash);
    if (!asked) return;
    let value;
    try {
      value = decodeURIComponent(asked[2].replace(/\+/g, "%20"));
    } catch {
      return;
    }
    if (asked[1] === "example") example(value);
    else if (value !== cm.getValue()) cm.setValue(value);
  }

  function chooseExamples() {
    const list = document.getElementById("examples");
    const sought = document.getElementById("sought");
    list.addEventListener("click", (event) => {
      const chosen = event.target.closest("a[data-example]");
      if (!chosen || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      example(chosen.dataset.example);
      remember(cm.getValue());
    });
    sought.addEventListener("input", () => {
      const wanted = sought.value.toLowerCase().split(/\s+/).filter(Boolean);
      for (const item of list.querySelectorAll("li")) {
        const text = (item.textContent + " " + item.dataset.tags).toLowerCase();
        item.hidden = !wanted.every((word) => text.includes(word));
      }
      const left = list.querySelectorAll("li:not([hidden])").length;
      document.getElementById("found").textContent = counted(words.questions, left);
    });
    sought.closest("[hidden]").hidden = false;
    list.parentElement.open = !matchMedia("(max-width: 60rem)").matches;
  }

  function start() {
    window.Yasqe.defaults.autocompleters = [];
    document.getElementById("written").hidden = false;
    const keys = {
      "Ctrl-Enter": run,
      "Cmd-Enter": run,
      "Ctrl-Space": editor.complete,
      "Alt-Space": editor.complete,
      "Ctrl-S": false,
      Tab: false,
      "Shift-Tab": false,
    };
    const made = new window.Yasqe(document.getElementById("written"), {
      value: area.value,
      extraKeys: keys,
      createShareableLink: null,
      consumeShareLink: null,
      persistenceId: null,
      showQueryButton: false,
      resizeable: false,
      editorHeight: "auto",
      viewportMargin: Infinity,
      highlightSelectionMatches: false,
      screenReaderLabel: area.labels[0].textContent,
    });
    cm = made.getDoc().getEditor(); // Yasqe is a copy of its CodeMirror, and operations of a copy end nowhere
    editor.cm = cm;
    area.hidden = true;
    area.labels[0].addEventListener("click", () => cm.focus());
    cm.on("changes", () => {
      clear();
      link.href = "#query=" + encodeURIComponent(cm.getValue());
    });
    link.href = "#query=" + encodeURIComponent(cm.getValue());
    link.hidden = false;
    editor.completeAsTyped(cm);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      run();
    });
    stop.addEventListener("click", () => running && running.abort());
    document.getElementById("keys").hidden = false;
    chooseExamples();
    fromAddress();
    window.addEventListener("hashchange", fromAddress);
  }

  start();
})();
