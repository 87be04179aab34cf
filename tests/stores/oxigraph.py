"""Start Oxigraph with nothing in it, in memory: python tests/stores/oxigraph.py [--port N].

The program comes with `pip install oxigraph`.
"""

from __future__ import annotations

import subprocess
import sys

from starting import HOST, arguments, own_folder, program, serve


def main() -> int:
    given = arguments(__doc__)
    oxigraph = program("oxigraph", "pip install oxigraph")
    done = subprocess.run([oxigraph, "--version"], capture_output=True, text=True, timeout=20)
    root = f"http://{HOST}:{given.port}"
    said = {
        "store": f"Oxigraph {done.stdout.split()[-1]}",
        "address": root,
        "query": f"{root}/query",
        "update": f"{root}/update",
        "graphs": f"{root}/store",
    }
    with own_folder("oxigraph") as folder:
        command = [oxigraph, "serve", "--bind", f"{HOST}:{given.port}"]
        return serve(command, folder, said, f"{root}/query", given.within)


if __name__ == "__main__":
    sys.exit(main())
