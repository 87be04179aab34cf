"""Write the certificates of stores under docs/certificates/ anew: python tests/certify.py [STORE…].

Each store is started, filled with the release and held against it; what differs in no listed way is not written.
One that is not installed keeps its certificate. Then `python -m bri_kg.cli.generate` puts them into docs/stores.md.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from stores_here import SCRIPTS, fill, started

CERTIFICATES = Path(__file__).parent.parent / "docs" / "certificates"


def main(names: list[str]) -> int:
    different = 0
    for name in names or SCRIPTS:
        try:
            different += _certify(name)
        except pytest.skip.Exception as skipped:
            sys.stderr.write(f"{skipped}\n")
    return 1 if different else 0


def _certify(name: str) -> int:
    with started(name) as store:
        fill(store)
        done = subprocess.run(
            [sys.executable, "-m", "bri_kg", "compare", "--store", store.address, "-f", "csv"],
            capture_output=True,
            encoding="utf-8",
            timeout=300,
        )
    sys.stderr.write(f"{name}: {done.stderr}")
    if done.returncode:
        sys.stderr.write(done.stdout)
        return 1
    file = CERTIFICATES / f"{name}.csv"
    file.write_text(done.stdout, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
