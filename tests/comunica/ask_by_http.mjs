// Ask a SPARQL endpoint by sparql-http-client: node ask_by_http.mjs ADDRESS, with a JSON list of queries on standard input.
// Prints a JSON list of results (SPARQL 1.1 Query Results JSON), with null for each query without an answer. The client
// tells no variables, so `vars` are those that have a value somewhere.
// BRI_KG_COMUNICA names the folder in which `npm ci` has installed it; see package.json beside this file.
import { createRequire } from "node:module";
import { text } from "node:stream/consumers";
import { pathToFileURL } from "node:url";

const require = createRequire(`${process.env.BRI_KG_COMUNICA}/`);
const { ParsingClient } = await import(pathToFileURL(require.resolve("sparql-http-client")));
const client = new ParsingClient({ endpointUrl: process.argv[2] });
const results = [];

function written(term) {
  if (term.termType === "NamedNode") return { type: "uri", value: term.value };
  if (term.termType === "BlankNode") return { type: "bnode", value: term.value };
  return term.language
    ? { type: "literal", value: term.value, "xml:lang": term.language }
    : { type: "literal", value: term.value, datatype: term.datatype.value };
}

for (const query of JSON.parse(await text(process.stdin))) {
  try {
    const rows = await client.query.select(query);
    const bindings = rows.map((row) =>
      Object.fromEntries(Object.entries(row).map(([name, term]) => [name, written(term)])),
    );
    results.push({ head: { vars: [...new Set(rows.flatMap(Object.keys))] }, results: { bindings } });
  } catch (error) {
    console.error(String(error));
    results.push(null);
  }
}
process.stdout.write(JSON.stringify(results));
