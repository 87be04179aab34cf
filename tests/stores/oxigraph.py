"""Start Oxigraph with nothing in it, in memory: python tests/stores/oxigraph.py [--port N] […].

The program comes with `pip install oxigraph`.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from starting import HOST, SMALL_DISK, arguments, on_small_disk, own_folder, program, serve


def main() -> int:
    given = arguments(__doc__, ("--read-only", "a store on disk that takes no changes"), SMALL_DISK)
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
        serving = "serve-read-only" if given.read_only else "serve"
        command: list[str | Path] = [oxigraph, serving, "--bind", f"{HOST}:{given.port}"]
        database = folder / "database"
        if given.read_only:
            # What is not there cannot be opened to be read.
            made = [oxigraph, "load", "--location", database, "--format", "nt"]
            subprocess.run(made, input=b"", capture_output=True, timeout=20, check=True)
        if given.read_only or given.small_disk:
            command += ["--location", database]
        if given.small_disk:
            command = on_small_disk(command, folder)
        return serve(command, folder, said, f"{root}/query", given.within)


if __name__ == "__main__":
    sys.exit(main())
