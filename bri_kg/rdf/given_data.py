"""Files and graphs that a caller of the Python API gives: one or several, by path or as they are."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING

import pyoxigraph as ox

from bri_kg.errors import UsageError
from bri_kg.rdf.input_streams import RdfInput, rdf_input
from bri_kg.rdf.labels import StableLabels
from bri_kg.rdf.parsing import parse_labelled
from bri_kg.rdf.reading import AS_IT_IS, Reading

if TYPE_CHECKING:
    import rdflib

File = str | os.PathLike[str]
Files = File | Iterable[File]


def paths_of(files: Files | None) -> list[str]:
    """Return the paths of one file, several or none. Raises UsageError for what is no path."""
    if files is None:
        return []
    several = [files] if isinstance(files, str | os.PathLike) else list(files)
    for file in several:
        if not isinstance(file, str | os.PathLike):
            raise UsageError(
                code="BRI153", message=f"{file!r} is no file", fix="give paths as str or Path"
            )
    return [os.fspath(file) for file in several]


def quads_of(data: object, labels: StableLabels, reading: Reading = AS_IT_IS) -> Iterator[ox.Quad]:
    """Return what files hold, or what a graph of rdflib or triples of pyoxigraph are.

    `-` is standard input. Blank nodes of files stay apart through `labels`. Raises UsageError for
    what is none of these, InputError for what cannot be read.
    """
    if isinstance(data, str | os.PathLike):
        return parse_labelled(rdf_input(data, reading), labels)
    if _is_rdflib(data):
        return _of_rdflib(data)  # type: ignore[arg-type]
    if not isinstance(data, Iterable):
        raise _no_data(data)
    return chain.from_iterable(_quads_of_one(item, labels, reading) for item in data)


def inputs_of(data: object, reading: Reading = AS_IT_IS) -> list[RdfInput]:
    """Return those of the given things that are files."""
    if isinstance(data, str | os.PathLike):
        return [rdf_input(data, reading)]
    if isinstance(data, list | tuple):
        return [source for item in data for source in inputs_of(item, reading)]
    return []


def _quads_of_one(item: object, labels: StableLabels, reading: Reading) -> Iterable[ox.Quad]:
    if isinstance(item, ox.Quad):
        return (item,)
    if isinstance(item, ox.Triple):
        return (ox.Quad(item.subject, item.predicate, item.object),)
    if isinstance(item, str | os.PathLike) or _is_rdflib(item):
        return quads_of(item, labels, reading)
    raise _no_data(item)


def _of_rdflib(graph: rdflib.Graph) -> Iterator[ox.Quad]:
    import rdflib

    from bri_kg.rdf.terms import to_quads

    if isinstance(graph, rdflib.Dataset | rdflib.ConjunctiveGraph):
        whole = rdflib.Graph(bind_namespaces="none")
        for subject, predicate, value, _ in graph.quads():
            whole.add((subject, predicate, value))
        graph = whole
    return to_quads(graph)


def _is_rdflib(data: object) -> bool:
    # Who has a graph of rdflib has imported it; nobody else needs to.
    rdflib = sys.modules.get("rdflib")
    return rdflib is not None and isinstance(data, rdflib.Graph)


def _no_data(data: object) -> UsageError:
    return UsageError(
        code="BRI153",
        message=f"{type(data).__name__} is no RDF data",
        fix="give paths, an rdflib graph, or quads or triples of pyoxigraph",
    )
