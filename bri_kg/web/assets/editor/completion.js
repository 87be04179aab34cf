// Completion in the SPARQL editor, from what the graph says of its own terms.
(function () {
  "use strict";
  const editor = (window.briEditor = window.briEditor || {});
  const MOST = 60;
  const WORD = /[?$]?[\p{L}\p{N}_-]+:?[\p{L}\p{N}_.-]*$|[?$]$/u;
  const NO_PLACE = ["comment", "string", "variable-3"];

  function folded(text) {
    return text.toLowerCase();
  }

  // How well a term is named by a word; 0 is not at all.
  function weight(term, word) {
    const local = folded(term.name.split(":")[1] || "");
    const label = folded(term.label);
    if (local === word || label === word) return 4;
    if (local.startsWith(word)) return 3;
    if (label.startsWith(word)) return 2;
    return local.includes(word) || label.includes(word) ? 1 : 0;
  }

  function ranked(terms, word) {
    return terms
      .map((term) => [weight(term, word), term])
      .filter(([found]) => found || !word)
      .sort(([a, one], [b, other]) => b - a || one.name.length - other.name.length)
      .slice(0, MOST)
      .map(([, term]) => term);
  }

  function variables(text, word) {
    const found = new Set(text.match(/[?$][\p{L}\p{N}_]+/gu) || []);
    found.delete(word);
    return [...found].filter((name) => name.startsWith(word)).sort();
  }

  function declare(cm, name) {
    const prefix = name.split(":")[0];
    const known = editor.described.prefixes[prefix];
    if (known && !new RegExp(`prefix\\s+${prefix}:`, "i").test(cm.getValue()))
      cm.replaceRange(`PREFIX ${prefix}: <${known}>\n`, { line: 0, ch: 0 });
  }

  function drawn(element, list, hint) {
    const { made } = editor;
    element.append(made("code", { textContent: hint.text }));
    if (hint.label) element.append(" ", made("span", { className: "label", textContent: hint.label }));
    if (hint.definition) element.append(made("div", { className: "definition", textContent: hint.definition }));
  }

  function hintOfTerm(term) {
    return {
      text: term.name,
      label: term.label,
      definition: term.definition,
      render: drawn,
      hint(cm, data, chosen) {
        cm.replaceRange(chosen.text, data.from, data.to, "complete");
        declare(cm, chosen.text);
      },
    };
  }

  function hintsFor(cm, before, word) {
    const { prefixes, terms } = editor.described;
    const prefixed = (test) => Object.keys(prefixes).filter(test);
    if (/^\s*prefix\s+[\w-]*$/i.test(before))
      return prefixed((name) => name.startsWith(word)).map((name) => ({ text: `${name}: <${prefixes[name]}>` }));
    if (/^[?$]/.test(word)) return variables(cm.getValue(), word).map((text) => ({ text }));
    const [prefix, local] = word.split(":");
    if (local !== undefined)
      return ranked(terms.filter((term) => term.name.startsWith(prefix + ":")), folded(local)).map(hintOfTerm);
    const names = word ? prefixed((name) => name.startsWith(word)).map((name) => ({ text: name + ":" })) : [];
    return [...names, ...ranked(terms, folded(word)).map(hintOfTerm)];
  }

  function hints(cm) {
    const to = cm.getCursor();
    const before = cm.getLine(to.line).slice(0, to.ch);
    const word = (WORD.exec(before) || [""])[0];
    const list = hintsFor(cm, before, word);
    const found = { list, from: { line: to.line, ch: to.ch - word.length }, to };
    window.Yasqe.on(found, "shown", () => {
      const shown = cm.state.completionActive.widget.hints;
      shown.setAttribute("aria-label", editor.described.words.names);
      shown.tabIndex = 0; // what is scrolled can be reached; Tab itself takes what is chosen
    });
    return found;
  }

  function asked(cm) {
    cm.showHint({ hint: hints, completeSingle: false, closeCharacters: /[\s()[\]{};,>]/ });
  }

  // What is typed may be a whole word of SPARQL, and Enter takes what is proposed: so nothing is proposed unasked but
  // for a name with a prefix, a declaration of one, and words that SPARQL does not have.
  function isWanted(cm, change) {
    if (change.origin !== "+input" || cm.state.completionActive) return false;
    const { line, ch } = cm.getCursor();
    if (NO_PLACE.includes(cm.getTokenAt({ line, ch }).type)) return false;
    const before = cm.getLine(line).slice(0, ch);
    const word = (WORD.exec(before) || [""])[0];
    return /^[\w-]+:/.test(word) || /^\s*prefix\s+[\w-]+$/i.test(before) || /[^\x00-\x7f]/.test(word);
  }

  editor.complete = asked;
  editor.completeAsTyped = (cm) => cm.on("change", (_, change) => isWanted(cm, change) && asked(cm));
})();
