"""Write what the embedded pipeline makes of a corpus at once: `python corpora_whole.py OUT GRAPH…`.

Lines, findings and candidates lie in the files that `bri-kg build release --batch` writes, without digests.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from bri_kg.answers.candidates import candidates
from bri_kg.answers.scope import Ground
from bri_kg.checking.validation import all_findings
from bri_kg.corpus.manifest import CANDIDATES, FINDINGS
from bri_kg.dataset import assembly, projection
from bri_kg.dataset.resources import Resources, find
from bri_kg.findings import Finding, in_order
from bri_kg.stores.memory import Store


def layers_of(resources: Resources) -> dict[str, Collection[ox.Quad]]:
    """Return the quads of a corpus by layer."""
    asserted = assembly.assert_all(resources)
    facts = projection.project(Store(asserted), resources)
    inferred, _ = assembly.infer(asserted, facts, resources)
    return {"asserted": asserted, "facts": facts, "inferred": inferred}


def findings_of(resources: Resources, folders: list[Path]) -> list[Finding]:
    """Return what is found, with files as the release of a corpus names them."""
    return list(in_order(_in_collection(one, folders) for one in all_findings(resources)))


def candidates_of(resources: Resources, store: Store) -> Iterator[dict[str, Any]]:
    """Yield what `bri-kg conflicts --candidates` finds, as the release of a corpus writes it."""
    ground = Ground(store, resources, ox.NamedNode, lambda: store)
    for one in candidates(ground):
        yield {
            "check": one.check,
            "summary": one.summary,
            "claims": [claim.iri for claim in one.claims],
            "weight": one.weight,
            "also": list(one.also),
        }


def _in_collection(finding: Finding, folders: list[Path]) -> Finding:
    for folder in folders:
        if finding.file and Path(finding.file).is_relative_to(folder):
            return replace(finding, file=Path(finding.file).relative_to(folder).as_posix())
    return finding


def _write(path: Path, lines: Iterable[str]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(f"{line}\n" for line in lines)


def main(arguments: list[str]) -> int:
    """Write the folder."""
    out, *folders = map(Path, arguments)
    resources = find(folders, alone=True)
    out.mkdir()
    layers = layers_of(resources)
    for name, quads in layers.items():
        _write(out / f"{name}-000000.nq", (f"{quad} ." for quad in quads))
    findings = findings_of(resources, folders)
    _write(out / FINDINGS, (json.dumps(one.to_dict(), ensure_ascii=False) for one in findings))
    # Last, since this takes longest.
    store = Store(quad for quads in layers.values() for quad in quads)
    found = candidates_of(resources, store)
    _write(out / CANDIDATES, (json.dumps(one, ensure_ascii=False) for one in found))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
