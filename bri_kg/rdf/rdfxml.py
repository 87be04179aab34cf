"""What RDF/XML can say, and how: the engine writes what it is given, well formed or not.

See XML 1.0 (2.2, 2.11), Namespaces in XML (4), RDF 1.1 XML Syntax (6.1, 7.2.2-7.2.6), and
`docs/upstream.md`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import IO, Any, Final, TypeVar

import pyoxigraph as ox

from bri_kg.errors import InputError
from bri_kg.names import PREFIXES

_Part = TypeVar("_Part")
_START: Final = (
    "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
# Compiled by `re` when they are used, and kept by it: such wide ranges take long, and `ask` writes no XML.
_NAME: Final = f"[{_START}][{_START}.0-9\u00b7\u0300-\u036f\u203f\u2040-]*"
_LOCAL_NAME: Final = _NAME + r"\Z"
_NOT_XML: Final = "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
_MADE: Final = "b."
# Names of the syntax itself; rdf:li would come back as rdf:_1.
_TAKEN: Final = {
    PREFIXES["rdf"] + name
    for name in (
        *("RDF", "Description", "ID", "about", "parseType", "resource", "nodeID", "datatype"),
        *("li", "aboutEach", "aboutEachPrefix", "bagID"),
    )
}


def refuse_unsayable(triples: Iterable[ox.Triple | ox.Quad]) -> None:
    """Raise InputError for the first triple that RDF/XML cannot hold."""
    for triple in triples:
        why = _unsayable(triple)
        if why:
            raise InputError(
                code="BRI290",
                message=f"RDF/XML cannot hold {triple.subject} {triple.predicate} …",
                why=why,
                fix="write another format, such as Turtle: -f ttl",
            )


def _unsayable(triple: ox.Triple | ox.Quad) -> str | None:
    predicate, value = triple.predicate.value, triple.object
    if not re.search(_LOCAL_NAME, predicate):
        return "the IRI of the property does not end in a name, which an element must have"
    if predicate in _TAKEN:
        return "the property has a name that RDF/XML keeps for itself"
    if isinstance(value, ox.Triple):
        return _unsayable(value)
    if isinstance(value, ox.Literal) and (wrong := re.search(_NOT_XML, value.value)):
        return f"XML has no character U+{ord(wrong[0]):04X}, which is in the value"
    return None


def with_names(triples: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    """Yield the triples; blank nodes whose labels are no XML names get others."""

    def named(part: _Part) -> _Part:
        if isinstance(part, ox.Triple):
            return ox.Triple(named(part.subject), part.predicate, named(part.object))  # type: ignore[return-value]
        if not isinstance(part, ox.BlankNode):
            return part
        label = part.value
        if re.fullmatch(_NAME, label) and not label.startswith(_MADE):
            return part
        return ox.BlankNode(_MADE + label.replace(".", "..").replace(":", ".-"))  # type: ignore[return-value]

    for triple in triples:
        yield named(triple)


class KeepsReturns:
    """A stream that writes a carriage return so that a parser does not make a line feed of it."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out

    def write(self, data: Any, /) -> int:
        """Write UTF-8 of XML; a carriage return is in text only."""
        self._out.write(bytes(data).replace(b"\r", b"&#13;"))
        return len(data)

    def flush(self) -> None:
        """Pass on what was written."""
        self._out.flush()
