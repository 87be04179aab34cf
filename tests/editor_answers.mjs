// Answer queries by the scripts of a written SPARQL editor, as a worker of a browser does: node editor_answers.mjs ENGINE
// DATA, with a JSON list of queries on standard input. Prints a JSON list of what the worker says to each.
import { readFileSync } from "node:fs";
import { text } from "node:stream/consumers";
import vm from "node:vm";

const window = {};
for (const file of process.argv.slice(2)) vm.runInNewContext(readFileSync(file, "utf-8"), { window });
const { engine, data } = window.briEditor;

let heard;
const worker = vm.createContext({
  ...{ Blob, DecompressionStream, Response, TextDecoder, TextEncoder, URL, WebAssembly, console, crypto },
  postMessage: (message) => heard(message),
  // A worker of the page may fetch nothing; nor may the engine.
  fetch: () => {
    throw new Error("something is fetched");
  },
});
worker.self = worker;
vm.runInContext(engine.code, worker);

const said = (message) =>
  new Promise((done) => {
    heard = done;
    worker.onmessage({ data: message });
  });
const bytes = (packed) => Buffer.from(packed, "base64");
const answers = [await said({ wasm: bytes(engine.wasm), data: bytes(data.packed) })];
for (const query of JSON.parse(await text(process.stdin)))
  answers.push(await said({ query, formats: ["json", "text/turtle"] }));
process.stdout.write(JSON.stringify(answers));
