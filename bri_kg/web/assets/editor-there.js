// Queries of the SPARQL editor are answered by the endpoint of the server that the page comes from.
(function () {
  "use strict";
  const editor = (window.briEditor = window.briEditor || {});
  const ROWS = "application/sparql-results+json";
  const TRIPLES = "text/turtle";
  const { action: endpoint, dataset } = document.getElementById("editor");

  async function problemOf(response) {
    const isProblem = (response.headers.get("Content-Type") || "").includes("json");
    const text = await response.text();
    if (isProblem) return JSON.parse(text);
    return { title: `${response.status} ${response.statusText}`, detail: text.slice(0, 500) };
  }

  editor.pageOf = function (iri) {
    const path = encodeURI(iri.slice(editor.described.base.length)).replace(/%25/g, "%");
    const [thing, fragment] = path.split("#");
    const part = fragment === undefined ? "" : "#" + fragment;
    return `${dataset.root}${thing}?lang=${document.documentElement.lang}${part}`;
  };

  editor.ask = async function (query, form, signal) {
    const headers = { Accept: `${ROWS}, ${TRIPLES};q=0.9`, "Accept-Language": document.documentElement.lang };
    const body = new URLSearchParams({ query });
    const response = await fetch(endpoint, { method: "POST", headers, body, signal });
    if (!response.ok) throw Object.assign(new Error(), { problem: await problemOf(response) });
    const text = await response.text();
    const cut = response.headers.get("BRI-KG-Cut");
    if (!response.headers.get("Content-Type").startsWith(ROWS)) return { kind: "triples", text, cut };
    const json = JSON.parse(text);
    return { kind: "boolean" in json ? "boolean" : "rows", json, text, cut };
  };
})();
