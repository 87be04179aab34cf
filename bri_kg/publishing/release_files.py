"""A release as files that others load and catalogues take up: parts, descriptions, validation report, manifest.

The same graph gives the same bytes: nothing in it is of a day, a machine or a run.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from bri_kg import __version__
from bri_kg.checking.validation import Report
from bri_kg.dataset.resources import Resources
from bri_kg.publishing.catalogue_records import RELEASE, DataFile, dcat, void
from bri_kg.publishing.jsonld import Context, dataset_document, read_context
from bri_kg.publishing.parts import BESIDE_IT, COLLECTION, OF_DATASET, part_quads
from bri_kg.rdf.graphs import write_graph
from bri_kg.stores.memory import Store

MANIFEST: Final = "manifest.json"
SUMS: Final = "SHA256SUMS"
PLACE: Final = f"{RELEASE}/"


@dataclass(frozen=True)
class Form:
    """A format of RDF as a file of a release; `listed` is what catalogues call it."""

    name: str
    media_type: str
    listed: str
    is_packed: bool = False

    @property
    def ending(self) -> str:
        """The ending of a file in it."""
        return f".{self.name}{'.gz' if self.is_packed else ''}"


_FORMS: Final = (
    Form("nq", "application/n-quads", "RDF_N_QUADS", is_packed=True),
    Form("trig", "application/trig", "RDF_TRIG"),
    Form("ttl", "text/turtle", "RDF_TURTLE"),
    Form("nt", "application/n-triples", "RDF_N_TRIPLES"),
    Form("jsonld", "application/ld+json", "JSON_LD"),
)
# What holds no named graphs needs no format for them.
# What a collection adds is in the whole.
_PARTS: Final = (*OF_DATASET, *(part for part in BESIDE_IT if part != COLLECTION))
_PLAIN_FORMS: Final = tuple(form for form in _FORMS if form.name not in ("nq", "trig"))


@dataclass(frozen=True)
class Part:
    """What the manifest says of a part. `rdfc10` is the SHA-256 of its canonical N-Quads (RDFC-1.0)."""

    name: str
    quads: int
    triples: int
    graphs: int
    rdfc10: str

    @classmethod
    def of(cls, name: str, quads: Iterable[ox.Quad]) -> Part:
        """Return what is to be said of these quads."""
        dataset = ox.Dataset(quads)
        default = sum(1 for quad in dataset if quad.graph_name == ox.DefaultGraph())
        graphs = {quad.graph_name for quad in dataset} - {ox.DefaultGraph()}
        return cls(name, len(dataset), default, len(graphs), canonical_digest(dataset))


def canonical_digest(dataset: ox.Dataset) -> str:
    """Return the SHA-256 of the canonical N-Quads of a dataset, which is canonicalized in place (RDFC-1.0)."""
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    lines = "".join(sorted(f"{quad} .\n" for quad in dataset))
    return hashlib.sha256(lines.encode()).hexdigest()


def release_files(
    resources: Resources, report: Report, place: str = PLACE
) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of each file of a release, the sums of all of them last.

    `report` is that of `bri_kg.checking.validation.validate`; `place` is the address, with `/` behind,
    under which the files will lie, as the descriptions say it.
    """
    context = read_context(resources)
    parts: list[Part] = []
    files: list[DataFile] = []
    whole = Store()
    for name in _PARTS:
        quads = list(part_quads(name, resources))
        parts.append(Part.of(name, quads))
        if name == "all":
            whole.add(quads)
        for form in _FORMS if name in OF_DATASET else _PLAIN_FORMS:
            content = _written(quads, form, context)
            files.append(_listed(parts[-1], form, content))
            yield files[-1].name, content
    beside = {
        "dcat.ttl": write_graph(dcat(whole, files, place), "ttl"),
        "void.ttl": write_graph(void(whole, files, place), "ttl"),
        "validation.ttl": write_graph(report.shacl, "ttl"),
        "validation.json": _json(_verdict(report, resources)),
    }
    sums = {file.name: file.sha256 for file in files}
    sums |= {name: hashlib.sha256(content).hexdigest() for name, content in beside.items()}
    beside[MANIFEST] = _json(_manifest(parts, files, beside))
    sums[MANIFEST] = hashlib.sha256(beside[MANIFEST]).hexdigest()
    yield from beside.items()
    yield SUMS, "".join(f"{sums[name]}  {name}\n" for name in sorted(sums)).encode()


def _listed(part: Part, form: Form, content: bytes) -> DataFile:
    return DataFile(
        name=part.name + form.ending,
        part=part.name,
        media_type=form.media_type,
        format=form.listed,
        is_packed=form.is_packed,
        quads=part.triples if form.name in ("ttl", "nt") else part.quads,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
    )


def _written(quads: list[ox.Quad], form: Form, context: Context) -> bytes:
    if form.name == "jsonld":
        return dataset_document(quads, context)
    content = write_graph(quads, form.name)
    return gzip.compress(content, mtime=0) if form.is_packed else content


def _manifest(
    parts: list[Part], files: list[DataFile], beside: dict[str, bytes]
) -> dict[str, object]:
    listed = [
        {
            "name": file.name,
            "part": file.part,
            "mediaType": file.media_type,
            "packed": file.is_packed,
            "quads": file.quads,
            "bytes": file.size,
            "sha256": file.sha256,
        }
        for file in files
    ]
    listed += [
        {"name": name, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for name, content in beside.items()
    ]
    return {
        "name": "bri-kg",
        "version": __version__,
        "release": RELEASE,
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "rdfc10": "SHA-256 of the canonical N-Quads of RDFC-1.0",
        "parts": [asdict(part) for part in parts],
        "files": listed,
    }


def _verdict(report: Report, resources: Resources) -> dict[str, object]:
    return {
        "version": __version__,
        "conforms": report.conforms,
        "passed": list(report.stages),
        "notRun": list(report.not_run),
        "findings": [
            replace(finding, file=_within(finding.file, resources)).to_dict()
            for finding in report.findings
        ],
    }


def _within(file: str | None, resources: Resources) -> str | None:
    """Return the name of a file as it is within the graph's folder: where that lies is nobody's business."""
    if file is None:
        return None
    root = resources.top.graph.resolve().parent
    path = Path(file).resolve()
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name


def _json(content: object) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()
