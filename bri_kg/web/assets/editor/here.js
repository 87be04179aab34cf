// Queries of the SPARQL editor are answered in the browser: engine and data are read when the first one is run, as
// scripts, which works from a disk too. They work in a worker of their own, which can be stopped.
(function () {
  "use strict";
  const editor = (window.briEditor = window.briEditor || {});
  const { engine, data } = document.getElementById("editor").dataset;
  const ROWS = "json";
  const TRIPLES = "text/turtle";
  const TOKENS =
    /"""[^]*?"""|'''[^]*?'''|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|<[^<>"{}|^`\\\s]*>|#[^\n]*|[?$][\p{L}\p{N}_]+|[\w-]*:[\p{L}\p{N}_.-]*|\w+|\*/gu;
  const UPDATES = /^(insert|delete|load|clear|drop|create|add|move|copy|with)$/i;
  let worker;

  function read(address) {
    return new Promise((done, failed) => {
      const script = document.createElement("script");
      script.src = address;
      script.onload = done;
      script.onerror = () => failed(new Error(editor.described.words.unread));
      document.head.append(script);
    });
  }

  function bytes(text) {
    const decoded = atob(text);
    const found = new Uint8Array(decoded.length);
    for (let place = 0; place < found.length; place++) found[place] = decoded.charCodeAt(place);
    return found;
  }

  function end() {
    if (worker) worker.terminate();
    worker = null;
  }

  // What the worker says to a message; whoever stops it ends the worker.
  function reply(message, signal) {
    return new Promise((done, failed) => {
      const stop = () => {
        end();
        failed(new DOMException("", "AbortError"));
      };
      if (signal.aborted) return stop();
      signal.addEventListener("abort", stop);
      worker.onerror = (event) => failed(new Error(event.message || editor.described.words.unread));
      worker.onmessage = ({ data: said }) => {
        signal.removeEventListener("abort", stop);
        done(said);
      };
      worker.postMessage(message);
    });
  }

  async function start(signal) {
    if (!editor.engine) await Promise.all([read(engine), read(data)]);
    const address = URL.createObjectURL(new Blob([editor.engine.code], { type: "text/javascript" }));
    worker = new Worker(address);
    const said = await reply({ wasm: bytes(editor.engine.wasm), data: bytes(editor.data.packed) }, signal);
    URL.revokeObjectURL(address);
    if (!said.failed) return;
    end();
    throw new Error(said.failed);
  }

  // Each word of a query but those in comments, which are left out, and in strings and IRIs, which are one word.
  function tokens(query) {
    return (query.match(TOKENS) || []).filter((token) => !token.startsWith("#"));
  }

  // Declarations of the prefixes of ours that a query leaves out; on its first line, so that lines keep their numbers.
  function missing(query) {
    const { prefixes } = editor.described;
    const all = tokens(query);
    const names = new Set(all.map((token) => /^([\w-]+):/.exec(token)?.[1]));
    all.forEach((token, place) => /^prefix$/i.test(all[place - 1]) && names.delete(token.slice(0, -1)));
    const wanted = [...names].filter((name) => Object.hasOwn(prefixes, name || ""));
    return wanted.map((name) => `PREFIX ${name}: <${prefixes[name]}> `).join("");
  }

  // Columns of `SELECT *` in the order in which the query names them; the engine sorts them.
  function inOrder(answer, query) {
    const all = tokens(query);
    const select = all.findIndex((token) => /^select$/i.test(token));
    const next = all.slice(select + 1).find((token) => !/^(distinct|reduced)$/i.test(token));
    if (next !== "*") return answer;
    const place = (name) => all.findIndex((token) => token === "?" + name || token === "$" + name);
    answer.head.vars.sort((one, other) => place(one) - place(other));
    return answer;
  }

  function refusal(query) {
    const { words } = editor.described;
    const all = tokens(query);
    if (all.some((token) => /^service$/i.test(token))) return { detail: words.noService };
    const first = all.find((token) => !/^(prefix|base)$|^<|:/i.test(token));
    return first && UPDATES.test(first) ? { detail: words.onlyReads } : null;
  }

  // A server refuses to ask a graph that is not there; the engine finds nothing in it.
  function noteOn(query, json) {
    const isEmpty = "boolean" in json ? !json.boolean : !json.results.bindings.length;
    return isEmpty && tokens(query).some((token) => /^from$/i.test(token)) ? editor.described.words.emptyGraph : "";
  }

  function problemOf(said, added) {
    const { words } = editor.described;
    if (said.isTrap) return { detail: words.noSpace };
    const [, line, column, why] = /^error at (\d+):(\d+): ([^]*)$/.exec(said.failed) || [];
    if (!line) return { detail: said.failed };
    const shift = line === "1" ? added.length : 0;
    return { detail: words.unreadable, why, line: Number(line), column: Math.max(1, Number(column) - shift) };
  }

  function refused(problem) {
    return Object.assign(new Error(problem.detail), { problem });
  }

  // Only things that have a page in this copy are linked.
  editor.pageOf = function (iri) {
    const { pages } = editor.data;
    const key = iri.startsWith(editor.described.base) ? iri.slice(editor.described.base.length) : iri;
    if (Object.hasOwn(pages, key)) return pages[key];
    const [document, fragment] = key.split("#");
    const page = fragment && (pages[`${document}#${editor.partOf(iri)}`] || (Object.hasOwn(pages, document) && pages[document]));
    return page ? `${page}#${encodeURI(fragment)}` : null;
  };

  editor.ask = async function (query, form, signal, tell) {
    const problem = refusal(query);
    if (problem) throw refused(problem);
    if (!worker) {
      tell(editor.described.words.loading);
      await start(signal);
      tell(editor.described.words.running);
    }
    const isGraph = form === "CONSTRUCT" || form === "DESCRIBE";
    const added = missing(query);
    const formats = isGraph ? [TRIPLES, ROWS] : [ROWS, TRIPLES];
    const said = await reply({ query: added + query, formats }, signal);
    if (said.isTrap) end();
    if (said.failed) throw refused(problemOf(said, added));
    if (!said.text.startsWith('{"head"')) return { kind: "triples", text: said.text };
    const json = inOrder(JSON.parse(said.text), query);
    const note = noteOn(query, json);
    if ("boolean" in json) return { kind: "boolean", json, note, text: said.text };
    return { kind: "rows", json, note, text: JSON.stringify(json) };
  };
})();
