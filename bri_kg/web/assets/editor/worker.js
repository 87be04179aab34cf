// Answers queries where there is no server. It stands behind the engine's own module, in one script of a worker.
let store;

async function unpacked(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

async function filled({ wasm, data }) {
  initSync({ module: await unpacked(wasm) });
  store = new Store();
  store.load(await unpacked(data), { format: "application/trig", lenient: true });
}

// Rows and triples have formats of their own, and which a query gives the engine says: so the next one is tried.
function answered({ query, formats }) {
  let failed;
  for (const results_format of formats) {
    try {
      return store.query(query, { results_format });
    } catch (error) {
      if (!/^Not supported SPARQL query results format/.test(error.message)) throw error;
      failed = error;
    }
  }
  throw failed;
}

onmessage = async ({ data: asked }) => {
  try {
    if (asked.wasm) await filled(asked);
    postMessage({ text: asked.formats ? answered(asked) : "" });
  } catch (error) {
    // A trap leaves the engine in no state to go on.
    const isTrap = error instanceof WebAssembly.RuntimeError || error instanceof RangeError;
    postMessage({ failed: String(error.message || error), isTrap });
  }
};
