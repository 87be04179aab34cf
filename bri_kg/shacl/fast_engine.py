"""The fast engine: the package `shacl`, which the extra `fast` installs."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, TypeVar

import pyoxigraph as ox

from bri_kg.shacl.document import Document, document_of

if TYPE_CHECKING:
    import shacl

_SYNTAXES = {ox.RdfFormat.TURTLE: "turtle", ox.RdfFormat.N_TRIPLES: "ntriples"}
_Made = TypeVar("_Made")


class RefusedByEngineError(Exception):
    """The engine does not take these shapes or this data; its own words are the message."""


def is_installed() -> bool:
    """Return whether the extra `fast` is installed."""
    return importlib.util.find_spec("shacl") is not None


def validate(data: Document, shapes: Sequence[ox.Quad]) -> list[ox.Quad]:
    """Return the engine's report, with the blank nodes of data and shapes under their own labels.

    Raises RefusedByEngineError.
    """
    wanted = compile_shapes(document_of(shapes, "the shapes"))
    text = validate_text(wanted, data)
    return list(_relabelled(ox.parse(text, ox.RdfFormat.N_TRIPLES), data, shapes))


def compile_shapes(document: Document) -> shacl.Shapes:
    """Return the engine's shapes. Raises RefusedByEngineError."""
    import shacl

    return _asked(
        lambda: shacl.Shapes.from_text(document.text, _SYNTAXES[document.syntax], document.base)
    )


def validate_text(shapes: shacl.Shapes, data: Document) -> str:
    """Return the engine's report as N-Triples. Raises RefusedByEngineError."""
    return _asked(lambda: _validated(shapes, data).serialize("ntriples"))


def _validated(shapes: shacl.Shapes, data: Document) -> shacl.Report:
    if data.path is not None:
        return shapes.validate_file(str(data.path))
    return shapes.validate_text(data.text, _SYNTAXES[data.syntax], data.base)


def _asked(ask: Callable[[], _Made]) -> _Made:
    try:
        return ask()
    except ValueError as error:  # all that the engine refuses it refuses with this
        raise RefusedByEngineError(str(error)) from None
    except BaseException as error:
        # A crash inside the engine; its class cannot be imported, and is no Exception.
        if type(error).__name__ != "PanicException":
            raise
        raise RefusedByEngineError(f"the engine crashed: {error}") from None


def _relabelled(
    report: Iterable[ox.Quad], data: Document, shapes: Sequence[ox.Quad]
) -> Iterator[ox.Quad]:
    """Undo the engine's labels: it numbers blank nodes as they come, the shapes before the data."""

    @cache
    def named() -> tuple[list[ox.BlankNode], list[ox.BlankNode]]:
        return _in_order(data.quads(shapes)), _in_order(shapes)

    @cache
    def own(node: ox.BlankNode) -> ox.BlankNode:
        graph, underscore, number = node.value.partition("_b")
        if not underscore or graph not in ("0", "1"):
            return node
        of_data, of_shapes = named()
        return of_shapes[int(number)] if graph == "1" else of_data[int(number) - len(of_shapes)]

    for quad in report:
        subject, value = quad.subject, quad.object
        if isinstance(value, ox.BlankNode):
            yield ox.Quad(subject, quad.predicate, own(value))
        else:
            yield quad


def _in_order(quads: Iterable[ox.Quad]) -> list[ox.BlankNode]:
    found: dict[ox.BlankNode, None] = {}
    for quad in quads:
        if isinstance(quad.subject, ox.BlankNode):
            found.setdefault(quad.subject)
        if isinstance(quad.object, ox.BlankNode):
            found.setdefault(quad.object)
    return list(found)
