"""Changed RDF files in every syntax, packed ones too, into every verb that reads one."""

from __future__ import annotations

import gzip
import random
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from fuzz_inputs import Input, changed

from bri_kg.rdf.graphs import write_graph
from bri_kg.rdf.parsing import read_rdf

API: Mapping[str, Callable[[Path], object]] = {}
_ROOT = Path(__file__).parent.parent
_NAMES = {"ttl": ".ttl", "nt": ".nt", "nq": ".nq", "trig": ".trig", "jsonld": ".jsonld", "rdfxml": ".rdf"}  # fmt: skip
_SHAPE = b"""@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <http://q.test/> .
ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:property [ sh:path ex:p ; sh:minCount 1 ] .
"""
_XML = b"""<?xml version='1.0'?>
<!DOCTYPE rdf:RDF [<!ENTITY q 'http://q.test/'>]>
<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns:q='http://q.test/' xml:base='http://q.test/'>
<rdf:Description rdf:about='&q;a' q:said='x'><q:p rdf:parseType='Collection'><q:C rdf:ID='b'/></q:p>
<q:p rdf:parseType='Resource'><q:p rdf:datatype='&q;d' xml:lang='en'>1</q:p></q:p><rdf:li>1</rdf:li>
<q:p rdf:parseType='Literal'><b>1</b></q:p></rdf:Description></rdf:RDF>
"""
_OTHER = b'<http://q.test/a> <http://q.test/p> "1" .\n'


def prepare() -> None:
    starts()


@cache
def starts() -> list[tuple[str, bytes]]:
    """Return real files, each in every syntax, a part of a graph each."""
    found = [(".rdf", _XML), (".ttl", _SHAPE)]
    for path in (_ROOT / "ontology" / "modules" / "time.ttl", _ROOT / "graph" / "sources.ttl"):
        quads = list(read_rdf(path))[:60]
        found += [(ending, write_graph(quads, name)) for name, ending in _NAMES.items()]
    return found


def make(chance: random.Random) -> Input:
    ending, content = chance.choice(starts())
    content = changed(content, chance, chance.choice((1, 1, 2, 4)))
    if chance.random() < 0.1:
        ending, content = ending + ".gz", changed(gzip.compress(content, mtime=0), chance)
    file = f"a{ending}"
    args = chance.choice(
        (
            ("export", "--store", file, "-f", chance.choice(list(_NAMES))),
            ("query", "-e", "SELECT * { ?s ?p ?o }", "--store", file),
            ("infer", file, "--ontology", "other.nt"),
            ("load", file, "--store", "store", "--replace"),
            ("validate", file, "--shapes", "shape.ttl"),
            ("describe", "http://q.test/a", "--store", file),
            ("check", "other.nt", "--previous", file),
        )
    )
    return Input(args, {file: content, "other.nt": _OTHER, "shape.ttl": _SHAPE})
