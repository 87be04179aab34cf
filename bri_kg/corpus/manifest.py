"""What lies beside the lines of a corpus: findings, what was made in how many parts, and digests."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from bri_kg import __version__
from bri_kg.dataset.resources import Resources
from bri_kg.findings import Finding, in_order

LAYERS: Final = ("asserted", "facts", "inferred")
MANIFEST: Final = "manifest.json"
SUMS: Final = "SHA256SUMS"
FINDINGS: Final = "findings.jsonl"
CANDIDATES: Final = "candidates.jsonl"


@dataclass(frozen=True)
class Corpus:
    """A release of many sources: its folder, how many parts it was made in, quads by layer, and what was found."""

    folder: Path
    parts: int
    quads: dict[str, int]
    findings: tuple[Finding, ...]

    @property
    def conforms(self) -> bool:
        """Whether nothing of severity error was found."""
        return not any(finding.severity == "error" for finding in self.findings)


def write_candidates(folder: Path, candidates: Iterable[dict[str, object]]) -> None:
    """Write the pairs of claims that wait for a comparison, a line each."""
    with (folder / CANDIDATES).open("w", encoding="utf-8", newline="") as file:
        for candidate in candidates:
            file.write(f"{json.dumps(candidate, ensure_ascii=False)}\n")


def write_manifest(corpus: Corpus, resources: Resources) -> None:
    """Write the findings of a corpus beside its lines, then sizes and digests of all files.

    Files are named there as seen from the folder of their collection.
    """
    made = corpus.folder
    told = in_order(_in_layer(finding, resources) for finding in corpus.findings)
    lines = "".join(f"{json.dumps(one.to_dict(), ensure_ascii=False)}\n" for one in told)
    (made / FINDINGS).write_text(lines, encoding="utf-8", newline="")
    sums = {}
    for path in sorted(path for path in made.rglob("*") if path.is_file()):
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        sums[path.relative_to(made).as_posix()] = (path.stat().st_size, digest)
    manifest = {
        "name": "bri-kg",
        "version": __version__,
        "conforms": corpus.conforms,
        "parts": corpus.parts,
        "quads": corpus.quads,
        "files": [
            {"name": name, "bytes": size, "sha256": digest} for name, (size, digest) in sums.items()
        ],
    }
    content = (json.dumps(manifest, indent=1) + "\n").encode()
    (made / MANIFEST).write_bytes(content)
    listed = [f"{digest}  {name}\n" for name, (_, digest) in sums.items()]
    listed.append(f"{hashlib.sha256(content).hexdigest()}  {MANIFEST}\n")
    (made / SUMS).write_text("".join(listed), encoding="utf-8", newline="")


def _in_layer(finding: Finding, resources: Resources) -> Finding:
    if finding.file is None:
        return finding
    return replace(finding, file=resources.in_layer(Path(finding.file)).as_posix())
