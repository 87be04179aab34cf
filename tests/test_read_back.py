"""What `export` and `describe` write is read alike by rdflib, Jena, RDF4J, pyoxigraph and jsonld.js."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from conftest import ROOT, Cli
from java_programs import run_java
from test_jsonld import ODD, canonical

from bri_kg.dataset.release import PARTS
from bri_kg.dataset.resources import find
from bri_kg.knowledge import KnowledgeGraph
from bri_kg.names import BASE, expand
from bri_kg.publishing.jsonld import dataset_document, describe, read_context
from bri_kg.rdf.graphs import write_graph
from bri_kg.rdf.syntaxes import FORMATS

pytestmark = pytest.mark.slow
_READ = ".read.nq"


@dataclass(frozen=True)
class Written:
    """A file, and the digest of the canonical quads that stand in it."""

    file: Path
    digest: str


def digest(quads: Iterable[ox.Quad | ox.Triple]) -> str:
    return hashlib.sha256(canonical(quads).encode()).hexdigest()


def kept(quads: Sequence[ox.Quad], name: str) -> list[ox.Quad]:
    """What a format keeps of quads."""
    if FORMATS[name].supports_datasets:
        return list(quads)
    return [quad for quad in quads if quad.graph_name == ox.DefaultGraph()]


def odd_quads() -> list[ox.Quad]:
    """Values that readers might take otherwise, of a thing with a name and of one without, in two graphs."""
    nodes = (ox.NamedNode(BASE + "claim/x"), ox.BlankNode("x"))
    graphs = (ox.DefaultGraph(), ox.NamedNode(BASE + "claim/y"))
    return [
        ox.Quad(node, ox.NamedNode(prop), value, graph)
        for graph in graphs
        for node in nodes
        for prop, value in ODD
    ]


@pytest.fixture(scope="module")
def written(
    kg: KnowledgeGraph, cli: Cli, tmp_path_factory: pytest.TempPathFactory
) -> list[Written]:
    """The release and odd values in every format, and a description."""
    folder = tmp_path_factory.mktemp("written")
    context = read_context(find())
    # As the files of the release write their numbers; a store may write them otherwise.
    parts = [kg.release.part(name) for name in PARTS]
    whole = [q for part in parts for q in ox.parse(path=str(part), format=ox.RdfFormat.N_QUADS)]
    digests = {True: digest(whole), False: digest(kept(whole, "nt"))}
    found = []
    for name, syntax in FORMATS.items():
        ending = "rdf" if name == "rdfxml" else name
        file = folder / f"all.{ending}"
        assert cli("export", "-q", "-o", str(file)).returncode == 0
        found.append(Written(file, digests[syntax.supports_datasets]))
        odd = kept(odd_quads(), name)
        file = folder / f"odd.{ending}"
        is_jsonld = name == "jsonld"
        file.write_bytes(dataset_document(odd, context) if is_jsonld else write_graph(odd, name))
        found.append(Written(file, digest(odd)))
    file = folder / "anso.jsonld"
    assert cli("describe", "ANSO", "-o", str(file)).returncode == 0
    described = describe(kg.store, ox.NamedNode(str(expand("bri-org:anso"))), context)
    return [*found, Written(file, digest(described.all_triples))]


def by_oxigraph(files: Sequence[Path]) -> None:
    for file in files:
        quads = ox.parse(path=str(file), format=ox.RdfFormat.from_extension(file.suffix[1:]))
        ox.serialize(quads, str(file) + _READ, ox.RdfFormat.N_QUADS)


def by_rdflib(files: Sequence[Path]) -> None:
    """Told to leave the text of literals as it is."""
    names = {"nq": "nquads", "ttl": "turtle", "rdf": "xml", "jsonld": "json-ld"}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rdflib, "NORMALIZE_LITERALS", False)
        for file in files:
            dataset = rdflib.Dataset()
            ending = file.suffix[1:]
            dataset.parse(file, format=names.get(ending, ending))
            dataset.serialize(str(file) + _READ, format="nquads", encoding="utf-8")


def by_jena(files: Sequence[Path]) -> None:
    done = run_java("BRI_KG_JENA", ROOT / "tests" / "jena" / "Read.java", *files)
    assert done.returncode == 0, done.stderr


def by_rdf4j(files: Sequence[Path]) -> None:
    done = run_java("BRI_KG_RDF4J", ROOT / "tests" / "rdf4j" / "Read.java", *files)
    assert done.returncode == 0, done.stderr


def by_jsonld_js(files: Sequence[Path]) -> None:
    installed = Path(os.environ.get("BRI_KG_COMUNICA", ""), "node_modules", "jsonld")
    if not installed.is_dir() or shutil.which("node") is None:
        pytest.skip("jsonld.js is not installed: BRI_KG_COMUNICA names no folder with it")
    done = subprocess.run(
        ["node", ROOT / "tests" / "comunica" / "read.mjs", *files],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("read", [by_oxigraph, by_rdflib, by_jena, by_rdf4j, by_jsonld_js])
def test_what_is_written_is_read_alike_by_all(
    written: list[Written], read: Callable[[Sequence[Path]], None]
) -> None:
    chosen = [w for w in written if read != by_jsonld_js or w.file.suffix == ".jsonld"]
    read([each.file for each in chosen])
    otherwise = []
    for each in chosen:
        result = Path(str(each.file) + _READ)
        if digest(ox.parse(path=str(result), format=ox.RdfFormat.N_QUADS)) != each.digest:
            otherwise.append(each.file.name)
        result.unlink()
    assert otherwise == READ_OTHERWISE.get(read, [])


# docs/upstream.md: numbers such as 007 and +1.5 without quotes.
READ_OTHERWISE = {by_rdflib: ["odd.ttl", "odd.trig"]}
