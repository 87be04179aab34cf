"""The literals that an Oxigraph store does not keep as they were given (see `docs/departures.md`)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

import pyoxigraph as ox

from bri_kg.names import PREFIXES
from bri_kg.rdf.line_literals import typed_in_lines

_XSD: Final = PREFIXES["xsd"]
_RDF: Final = PREFIXES["rdf"]
_NEVER: Final = {_XSD + name for name in ("string", "anyURI", "hexBinary", "base64Binary")} | {
    _RDF + name for name in ("langString", "HTML", "XMLLiteral", "JSON")
}
_STATEMENT: Final = re.compile(rb"^[ \t]*[<_]", re.MULTILINE)
_TIME: Final = r"-?[0-9]{4}-(?!02-3)[01][0-9]-[0-2][0-9]"
# What the engine writes itself; anything else is put to it.
_KEPT: Final = {
    _XSD + name: re.compile(pattern)
    for name, pattern in {
        "integer": r"-?[1-9][0-9]*|0",
        "decimal": r"-?(?:0|[1-9][0-9]*)\.[0-9]*[1-9]|-?[1-9][0-9]*|0",
        "boolean": "true|false",
        "date": _TIME,
        "dateTime": _TIME + r"T[01][0-9]:[0-5][0-9]:[0-5][0-9]Z?",
        "gYear": r"[0-9]{4}",
    }.items()
}


def is_changed(literal: ox.Literal) -> bool:
    """Return whether a store gives this literal back with another text or datatype."""
    return not _is_kept(literal.value, literal.datatype.value) and _asked(literal)


def _is_kept(text: str, datatype: str) -> bool:
    """Return whether a literal is known to be kept without asking the engine."""
    if not datatype.startswith(_XSD) or datatype in _NEVER:
        return True
    kept = _KEPT.get(datatype)
    return kept is not None and kept.fullmatch(text) is not None


@lru_cache(maxsize=100_000)
def _asked(literal: ox.Literal) -> bool:
    """Ask the engine: what it does is its own affair, and changes from version to version."""
    node = ox.NamedNode("urn:x")
    store = ox.Store()
    store.add(ox.Quad(node, node, literal))
    return bool(next(iter(store)).object != literal)


@lru_cache(maxsize=100_000)
def _changed(text: bytes, name: bytes) -> ox.Literal | None:
    """Return the literal of a text and the local name of its datatype; None for one that is kept."""
    if b"\\" in text or b"\n" in text or not name.isalpha():
        return None  # with an escape, or no literal at all
    value, datatype = text.decode(errors="replace"), _XSD + name.decode()
    if _is_kept(value, datatype):
        return None
    literal = ox.Literal(value, datatype=ox.NamedNode(datatype))
    return literal if _asked(literal) else None


class Changes:
    """Counts the literals of a stream that a store will change, and keeps one as an example.

    `any` says whether there was a statement at all.
    """

    def __init__(self) -> None:
        self.count = 0
        self.any = False
        self.example: ox.Literal | None = None
        self._rest = b""

    def feed(self, data: bytes) -> None:
        """Look at a piece of N-Triples or N-Quads, in which a statement is a line."""
        end = data.rfind(b"\n") + 1
        if data and not end:
            self._rest += data
            return
        # At the end a last line may lack its own. A view, since copies of all take time.
        lines = b"".join((self._rest, memoryview(data)[:end]))
        self._rest = data[end:]
        if lines:
            self._read(lines)

    def _read(self, lines: bytes) -> None:
        self.any = self.any or _STATEMENT.search(lines) is not None
        for text, name in typed_in_lines(lines):
            literal = _changed(text, name)
            if literal is not None:
                self.count += 1
                self.example = self.example or literal

    def counted(self, quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
        """Yield the quads as they are."""
        for quad in quads:
            self.any = True
            value = quad.object
            if isinstance(value, ox.Literal) and not value.language and is_changed(value):
                self.count += 1
                self.example = self.example or value
            yield quad
