"""What a store at an address answers, read to its end: SPARQL 1.1 Query Results JSON, and N-Triples."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

import pyoxigraph as ox

from bri_kg.rdf.terms import Term

Cells = tuple[Term | None, ...]
_TRUTH_OF_VIRTUOSO: Final = "__ASK_RETVAL"


class NotWholeError(ValueError):
    """A body that is no whole result: cut short, or with an error message inside."""


def rows_of(body: bytes) -> tuple[tuple[str, ...], list[Cells]]:
    """Return the columns and rows of a SELECT result. Raise NotWholeError."""
    found = _json(body)
    try:
        columns = tuple(str(name) for name in found["head"].get("vars", ()))
        bindings = found["results"]["bindings"]
        labels: dict[str, ox.BlankNode] = {}
        return columns, [
            tuple(_term(row[name], labels) if name in row else None for name in columns)
            for row in bindings
        ]
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise NotWholeError(f"it holds no rows: {error}") from None


def truth_of(body: bytes) -> bool:
    """Return the answer of an ASK result. Raise NotWholeError."""
    found = _json(body)
    if not isinstance(found, dict):
        raise NotWholeError("it holds neither true nor false")
    if isinstance(found.get("boolean"), bool):
        return bool(found["boolean"])
    # Virtuoso 7.2.5 writes a table instead: one row with 1 for true, and none for false.
    columns, rows = rows_of(body)
    if columns != (_TRUTH_OF_VIRTUOSO,):
        raise NotWholeError("it holds neither true nor false")
    return any(term is not None and term.value in ("1", "true") for (term,) in rows)


def triples_of(body: bytes) -> Iterator[ox.Quad]:
    """Yield the triples of N-Triples. Raise NotWholeError."""
    if body and not body.endswith((b"\n", b"\r")):
        raise NotWholeError("its last line has no end")
    try:
        yield from ox.parse(body, ox.RdfFormat.N_TRIPLES)
    except SyntaxError as error:
        raise NotWholeError(str(error)) from None


def _json(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        raise NotWholeError(f"it is no JSON: {error}") from None


def _term(value: Any, labels: dict[str, ox.BlankNode]) -> Term:
    kind, text = value["type"], value["value"]
    if kind == "uri":
        return ox.NamedNode(text)
    if kind == "bnode":
        # Virtuoso's labels are no labels of RDF: nodeID://b10000.
        return labels.setdefault(text, ox.BlankNode())
    if kind not in ("literal", "typed-literal"):
        raise ValueError(f"there is no kind of term {kind!r}")
    if language := value.get("xml:lang"):
        return ox.Literal(text, language=language)
    datatype = value.get("datatype")
    return ox.Literal(text, datatype=ox.NamedNode(datatype) if datatype else None)
