// Queries of the SPARQL editor are answered by the endpoint of the server that the page comes from.
(function () {
  "use strict";
  const editor = (window.briEditor = window.briEditor || {});
  const ROWS = "application/sparql-results+json";
  const TRIPLES = "text/turtle";
  const endpoint = document.getElementById("editor").action.split("?")[0];

  async function problemOf(response) {
    const isProblem = (response.headers.get("Content-Type") || "").includes("json");
    const text = await response.text();
    if (isProblem) return JSON.parse(text);
    return { title: `${response.status} ${response.statusText}`, detail: text.slice(0, 500) };
  }

  function unreached(error) {
    if (error.name === "AbortError") throw error;
    throw Object.assign(new Error(), { problem: { detail: editor.described.words.unreachable } });
  }

  editor.ask = async function (query, form, signal) {
    const headers = { Accept: `${ROWS}, ${TRIPLES};q=0.9`, "Accept-Language": document.documentElement.lang };
    const body = new URLSearchParams({ query });
    const response = await fetch(endpoint, { method: "POST", headers, body, signal }).catch(unreached);
    if (!response.ok) throw Object.assign(new Error(), { problem: await problemOf(response) });
    const text = await response.text();
    const cut = response.headers.get("BRI-KG-Cut");
    if (!response.headers.get("Content-Type").startsWith(ROWS)) return { kind: "triples", text, cut };
    const json = JSON.parse(text);
    return { kind: "boolean" in json ? "boolean" : "rows", json, text, cut };
  };
})();
