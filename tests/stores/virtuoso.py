"""Start Virtuoso with an empty database: python tests/stores/virtuoso.py [--port N].

On Debian it comes with `apt-get install virtuoso-opensource-7-bin`. User and password are `dba`; files are loaded
with `isql-vt` (its address is printed) from the folder `data` in the store's own.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from starting import HOST, arguments, free_port, own_folder, program, serve

_SETTINGS = """
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
TempStorage = TempDatabase
[TempDatabase]
DatabaseFile = {folder}/temporary.db
TransactionFile = {folder}/temporary.trx
[Parameters]
ServerPort = {host}:{sql}
DisableUnixSocket = 1
DirsAllowed = {folder}/data
NumberOfBuffers = 20000
MaxDirtyBuffers = 15000
[HTTPServer]
ServerPort = {host}:{port}
ServerRoot = {folder}
ServerThreads = 20
MaxKeepAlives = 10
KeepAliveTimeout = 2
[SPARQL]
ResultSetMaxRows = 1000000
"""


def main() -> int:
    given = arguments(__doc__)
    virtuoso = program("virtuoso-t", "Debian's virtuoso-opensource-7-bin")
    program("isql-vt", "Debian's virtuoso-opensource-7-bin")
    root, sql = f"http://{HOST}:{given.port}", free_port()
    said = {
        "store": f"Virtuoso {_version(virtuoso)}",
        "address": f"{root}/sparql",
        "query": f"{root}/sparql",
        "update": f"{root}/sparql-auth",
        "graphs": f"{root}/sparql-graph-crud-auth",
        "isql": f"{HOST}:{sql}",
    }
    with own_folder("virtuoso") as folder:
        (folder / "data").mkdir()
        settings = folder / "virtuoso.ini"
        filled = _SETTINGS.format(folder=folder, host=HOST, port=given.port, sql=sql)
        settings.write_text(filled, encoding="utf-8")
        command = [virtuoso, "+foreground", "+configfile", settings]
        return serve(command, folder, said, f"{root}/sparql", given.within)


def _version(virtuoso: str | Path) -> str:
    done = subprocess.run([virtuoso, "--version"], capture_output=True, text=True, timeout=20)
    found = re.search(r"Version (\S+?)-", done.stdout + done.stderr)
    return found[1] if found else "of an unknown version"


if __name__ == "__main__":
    sys.exit(main())
