// Read JSON-LD by jsonld.js: node read.mjs FILE…; writes beside each, as FILE.read.nq, the quads that it found.
// BRI_KG_COMUNICA names the folder in which `npm ci` has installed it; see package.json beside this file.
import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";

const jsonld = createRequire(`${process.env.BRI_KG_COMUNICA}/`)("jsonld");

function documentLoader(address) {
  throw new Error(`${address} was to be fetched`);
}

for (const file of process.argv.slice(2)) {
  const document = JSON.parse(await readFile(file, "utf8"));
  const quads = await jsonld.toRDF(document, { format: "application/n-quads", documentLoader });
  await writeFile(`${file}.read.nq`, quads);
}
