// Answers of the SPARQL editor: a table, and files to take away. Data reaches the page as text, never as markup.
(function () {
  "use strict";
  const editor = (window.briEditor = window.briEditor || {});
  const AT_ONCE = 500; // rows
  const PLAIN = ["string", "integer", "decimal", "date", "dateTime", "boolean", "gYear"];
  const XSD = "http://www.w3.org/2001/XMLSchema#";
  const LOCAL = /^[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?$/;

  function made(name, properties, ...children) {
    const element = document.createElement(name);
    Object.assign(element, properties);
    element.append(...children);
    return element;
  }

  // The prefixed name of an IRI, a passage as it is cited, else the IRI itself.
  function shortName(iri) {
    const { base, prefixes } = editor.described;
    const passage = iri.startsWith(base + "source/") && /^([^#]+)#char=(\d+),(\d+)$/.exec(iri.slice(base.length + 7));
    if (passage) return `${passage[1]} ${passage[2]}–${passage[3]}`;
    let best = "";
    for (const prefix in prefixes)
      if (iri.startsWith(prefixes[prefix]) && prefixes[prefix].length > (prefixes[best] || "").length) best = prefix;
    const local = best && iri.slice(prefixes[best].length);
    return best && LOCAL.test(local) ? `${best}:${local}` : iri;
  }

  function linked(iri) {
    const text = made("bdi", { textContent: shortName(iri) });
    const address = editor.addressOf(iri);
    if (!address) return text;
    const link = made("a", { href: address, title: iri }, text);
    if (!iri.startsWith(editor.described.base)) link.rel = "noopener noreferrer";
    return link;
  }

  function literal(term) {
    const value = made("bdi", { textContent: term.value });
    const language = term["xml:lang"];
    if (language) {
      value.lang = language;
      return made("span", {}, value, " ", made("small", { textContent: language }));
    }
    const type = term.datatype || XSD + "string";
    if (PLAIN.some((name) => type === XSD + name)) return value;
    return made("span", {}, value, " ", made("small", { textContent: shortName(type) }));
  }

  function cell(term) {
    if (!term) return document.createTextNode("");
    if (term.type === "uri") return linked(term.value);
    if (term.type === "bnode") return made("span", { textContent: "_:" + term.value });
    if (term.type === "triple") {
      const { subject, predicate, object } = term.value;
      return made("span", {}, "<< ", cell(subject), " ", cell(predicate), " ", cell(object), " >>");
    }
    return literal(term);
  }

  function row(columns, binding) {
    const line = document.createElement("tr");
    for (const name of columns) {
      const place = made("td", {}, cell(binding[name]));
      place.dataset.column = name;
      line.append(place);
    }
    return line;
  }

  // Fill `place` with a table of rows; many are shown a part at a time, and it says so.
  function table(place, columns, rows) {
    const { words } = editor.described;
    const body = document.createElement("tbody");
    const head = made("tr", {}, ...columns.map((name) => made("th", { scope: "col", textContent: name })));
    const whole = made("table", {}, made("caption", { textContent: words.answer }), made("thead", {}, head), body);
    const more = made("button", { type: "button" });
    const shown = made("p", { className: "quiet" }, "");
    let count = 0;
    function add() {
      const first = count;
      for (const binding of rows.slice(count, count + AT_ONCE)) body.append(row(columns, binding));
      count = Math.min(rows.length, count + AT_ONCE);
      const left = rows.length - count;
      shown.textContent = editor.filled(words.firstRows, { count: editor.number(count), total: editor.number(rows.length) });
      more.textContent = editor.filled(words.moreRows, { count: editor.number(Math.min(left, AT_ONCE)) });
      shown.hidden = !left;
      more.hidden = !left;
      if (first) {
        body.rows[first].tabIndex = -1;
        body.rows[first].focus();
      }
    }
    more.addEventListener("click", add);
    add();
    const frame = made("div", { className: "rows", tabIndex: 0 }, whole);
    frame.setAttribute("role", "region");
    frame.setAttribute("aria-label", words.answer);
    place.replaceChildren(frame, shown, more);
  }

  function csvField(term) {
    if (!term) return "";
    if (term.type === "triple") {
      const { subject, predicate, object } = term.value;
      return quoted(`<<( ${[subject, predicate, object].map((part) => part.value).join(" ")} )>>`);
    }
    return quoted(term.type === "bnode" ? "_:" + term.value : term.value);
  }

  function quoted(text) {
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  }

  // SPARQL 1.1 Query Results CSV.
  function csv(answer) {
    const columns = answer.head.vars;
    const lines = [columns, ...answer.results.bindings.map((one) => columns.map((name) => csvField(one[name])))];
    return lines.map((line) => line.join(",") + "\r\n").join("");
  }

  function download(label, name, type, text) {
    const button = made("button", { type: "button", textContent: label });
    button.addEventListener("click", () => {
      const address = URL.createObjectURL(new Blob([text()], { type }));
      made("a", { href: address, download: name }).click();
      setTimeout(() => URL.revokeObjectURL(address), 60000);
    });
    return button;
  }

  // Show an answer in `place`, and what can be taken away in `files`.
  editor.show = function (answer, place, files) {
    const { words } = editor.described;
    if (answer.kind === "triples") {
      place.replaceChildren(made("pre", { textContent: answer.text, tabIndex: 0 }));
      files.replaceChildren(download("Turtle", "answer.ttl", "text/turtle", () => answer.text));
      return;
    }
    const json = download("JSON", "answer.json", "application/sparql-results+json", () => answer.text);
    if (answer.kind === "boolean") {
      place.replaceChildren(made("p", { textContent: answer.json.boolean ? words.yes : words.no }));
      files.replaceChildren(json);
      return;
    }
    const rows = answer.json.results.bindings;
    if (rows.length) table(place, answer.json.head.vars, rows);
    else place.replaceChildren(made("p", { textContent: words.nothing }));
    files.replaceChildren(download("CSV", "answer.csv", "text/csv;charset=utf-8", () => csv(answer.json)), json);
  };
  editor.csv = csv;
  editor.made = made;
  editor.shortName = shortName;
})();
