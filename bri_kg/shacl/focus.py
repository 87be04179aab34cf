"""Targets that match nothing: most often a misspelt class, and then everything "conforms"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

import pyoxigraph as ox

from bri_kg.errors import InputError
from bri_kg.names import PREFIXES
from bri_kg.shacl.document import Document
from bri_kg.shacl.look_up import RDF, SH, LookUp
from bri_kg.shacl.report import Result
from bri_kg.shacl.well_formed import named

_SUBCLASS: Final = PREFIXES["rdfs"] + "subClassOf"
# Up to so many characters the data is read for this; in more, only the name is looked for.
_READ_WHOLE: Final = 500_000
_KINDS: Final = ("targetClass", "targetSubjectsOf", "targetObjectsOf")


def targets_that_match_nothing(
    data: Document, shapes: LookUp, results: Iterable[Result]
) -> Iterator[str]:
    """Yield each target that no node of the data meets, as people read it.

    Of large data a target is told only where its very name is nowhere in the text. A target of
    a shape with results is not looked for: it has met something.
    """
    met = {result.shape for result in results}
    unmet = [
        (node, kind, target)
        for kind in _KINDS
        for node in shapes.subjects(SH + kind)
        if node not in met and ox.Literal(True) not in shapes.values(node, SH + "deactivated")
        for target in shapes.values(node, SH + kind)
        if isinstance(target, ox.NamedNode)
    ]
    if not unmet:
        return
    names = _Names(data)
    for node, kind, target in unmet:
        if not names.may_be_there(kind, target):
            yield f"sh:{kind} {named(target)} of {named(node)}"


class _Names:
    """Which classes have instances, and which properties are used."""

    def __init__(self, data: Document) -> None:
        self._data = data
        self._classes: set[object] | None = None
        self._properties: set[object] = set()
        if len(data.content) <= _READ_WHOLE:
            self._read()

    def may_be_there(self, kind: str, target: ox.NamedNode) -> bool:
        if self._classes is not None:
            return target in (self._classes if kind == "targetClass" else self._properties)
        if self._data.syntax == ox.RdfFormat.N_TRIPLES:
            return f"<{target.value}>".encode() in self._data.content
        local = re.split("[#/:]", target.value)[-1]
        return not local.isalnum() or local.encode() in self._data.content

    def _read(self) -> None:
        below: dict[object, list[object]] = {}
        classes: set[object] = set()
        try:
            for quad in self._data.quads():
                self._properties.add(quad.predicate)
                if quad.predicate.value == RDF + "type":
                    classes.add(quad.object)
                elif quad.predicate.value == _SUBCLASS:
                    below.setdefault(quad.subject, []).append(quad.object)
        except InputError:  # the engine has taken it: nothing can be told of it here
            return
        ahead = list(classes)
        while ahead:
            for parent in below.get(ahead.pop(), ()):
                if parent not in classes:
                    classes.add(parent)
                    ahead.append(parent)
        self._classes = classes
