// Ask a SPARQL endpoint by Comunica: node ask.mjs ADDRESS, with a JSON list of queries on standard input. Prints a JSON list
// of results (SPARQL 1.1 Query Results JSON), with null for each query without an answer.
// BRI_KG_COMUNICA names the folder in which `npm ci` has installed it; see package.json beside this file.
import { createRequire } from "node:module";
import { text } from "node:stream/consumers";

const require = createRequire(`${process.env.BRI_KG_COMUNICA}/`);
const { QueryEngine } = require("@comunica/query-sparql");
// Its own factory of terms (rdf-data-factory 1) drops the languages that its reader (sparqljson-parse 3.3) tells it of.
const { DataFactory } = createRequire(require.resolve("sparqljson-parse"))("rdf-data-factory");
const dataFactory = new DataFactory();
const engine = new QueryEngine();
const sources = [{ type: "sparql", value: process.argv[2] }];
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
    const found = await engine.query(query, { sources, dataFactory });
    const { variables } = await found.metadata();
    const bindings = [];
    for await (const row of await found.execute())
      bindings.push(Object.fromEntries([...row].map(([name, term]) => [name.value, written(term)])));
    // Of queries with VALUES it tells no variables.
    const told = variables.map(({ value }) => value);
    const vars = told.length ? told : [...new Set(bindings.flatMap(Object.keys))];
    results.push({ head: { vars }, results: { bindings } });
  } catch {
    results.push(null);
  }
}
process.stdout.write(JSON.stringify(results));
