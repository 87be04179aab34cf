"""What is looked at while a file streams into a parser: nesting, entities, long literals.

A watcher is fed the bytes before the parser gets them, and raises a limit error before a small
file can take the whole machine. Only cheap counts are made; they err towards letting a file pass
where text imitates markup.
"""

from __future__ import annotations

import re
from typing import Final, Protocol

import pyoxigraph as ox

from bri_kg.rdf.bounds import (
    ENGINE_LITERAL,
    JSON_DEPTH,
    LITERAL,
    MB,
    TERM_DEPTH,
    XML_DEPTH,
    engine_bound,
    long_literal,
)

_TERM_MARKS: Final = re.compile(rb"<<\(|\)>>|\"|\.\s")
_NO_MARKUP: Final = re.compile(rb"<!--|<!\[CDATA\[")
_NO_TAGS: Final = re.compile(rb"<[?!][^>]*>")
_LONGEST_TAG: Final = 4096
_INSIDE: Final = rb"""(?:[^<>"']++|"[^"<]*+"|'[^'<]*+')*+"""  # of a tag; an attribute may hold ">"
_TAG: Final = re.compile(rb"<" + _INSIDE + rb">")
_EMPTY: Final = re.compile(rb"<[^<>/\"']" + _INSIDE + rb"(?<=/)>")
_OF_LINES: Final = (b"_:", b"<<(")
_OF_TURTLE: Final = (b"_:", b"<<", b"[", b"(")
_MARKS: Final[dict[ox.RdfFormat, tuple[bytes, ...]]] = {
    ox.RdfFormat.N_TRIPLES: _OF_LINES,
    ox.RdfFormat.N_QUADS: _OF_LINES,
    ox.RdfFormat.TURTLE: _OF_TURTLE,
    ox.RdfFormat.TRIG: _OF_TURTLE,
}
# Of a mark the byte that files hold least of: to look for it alone takes a tenth of the time.
_RAREST: Final = {b"_:": b"_", b"<<(": b"("}
_WITH_GRAPHS: Final = (ox.RdfFormat.N_QUADS, ox.RdfFormat.TRIG, ox.RdfFormat.JSON_LD)
_JSON_MARKS: Final = re.compile(rb'"(?:[^"\\]|\\.)*+(?:"|\Z)|[\[\]{}]', re.DOTALL)


class Watcher(Protocol):
    """Looks at a file piece by piece."""

    def feed(self, data: bytes) -> None:
        """Look at more of the file. Raise a limit error for what would take too much."""


def watchers_for(syntax: ox.RdfFormat, name: str) -> list[Watcher]:
    """Return what watches a stream of this syntax."""
    if syntax == ox.RdfFormat.RDF_XML:
        return [Elements(name)]
    return [] if syntax == ox.RdfFormat.JSON_LD else [TripleTerms(name)]


def _holds(data: bytes, mark: bytes) -> bool:
    return _RAREST.get(mark, mark) in data and mark in data


class TripleTerms:
    """Counts triple terms that begin inside each other; strings and ends of statements part them."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._most = TERM_DEPTH.value
        self._depth = 0
        self._rest = b""
        self.begun = False

    def feed(self, data: bytes) -> None:
        """Count the triple terms that are open."""
        data = self._rest + data
        self._rest = data[-2:] if data.endswith((b"<", b")")) else b""
        if self._rest:
            data = data[:-2]
        if not self._depth and not _holds(data, b"<<("):
            return
        self.begun = True
        for mark in _TERM_MARKS.findall(data):
            if mark == b"<<(":
                self._depth += 1
                if self._depth > self._most:
                    raise TERM_DEPTH.passed(
                        "BRI610",
                        f"triple terms are nested deeper than {self._most:g}",
                        self._name,
                        "the engine's stack overflows on many",
                    )
            elif mark == b")>>":
                self._depth = max(0, self._depth - 1)
            else:
                self._depth = 0


class BlankNodes:
    """Tells whether what was fed may hold blank nodes: a reader of triples need not look at them before.

    Nothing is said of RDF/XML and JSON-LD, where a node without a name shows by what is not there.
    """

    def __init__(self, syntax: ox.RdfFormat) -> None:
        self.has_graphs = syntax in _WITH_GRAPHS
        self.may_be_there = syntax not in _MARKS
        self._marks = _MARKS.get(syntax, ())
        self._last = b""

    def feed(self, data: bytes) -> None:
        """Look for what begins a blank node, or a triple term, which may hold one."""
        if not self.may_be_there:
            seam = self._last + data[:2]
            self.may_be_there = any(_holds(data, mark) or mark in seam for mark in self._marks)
            self._last = data[-2:]


class Elements:
    """Counts the elements of XML that are open, and how long a text between two tags is."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._deepest = XML_DEPTH.value
        self._longest = LITERAL.value * MB
        self.depth = 0
        self._run = 0
        self._rest = b""
        self._end = b""

    def feed(self, data: bytes) -> None:
        """Count the tags that are whole; of a tag or comment that is cut only what matters is kept."""
        self._measure(data)
        data = self._rest + data
        self._rest = b""
        while True:
            if self._end:  # inside a comment or CDATA
                at = data.find(self._end)
                if at < 0:
                    self._rest = data[-2:]
                    return
                data, self._end = data[at + 3 :], b""
            begin = _NO_MARKUP.search(data)
            if begin is None:
                break
            self._count(data[: begin.start()])
            data = data[begin.end() :]
            self._end = b"-->" if begin.group() == b"<!--" else b"]]>"
        last = data.rfind(b"<")
        if last >= 0 and data.find(b">", last) < 0:
            self._rest, data = data[last:], data[:last]
            if len(self._rest) > _LONGEST_TAG:
                self._rest = self._rest[:2] + self._rest[-1:]
        self._count(data)

    def _measure(self, data: bytes) -> None:
        last = data.rfind(b"<")
        self._run = len(data) - last if last >= 0 else self._run + len(data)
        if self._run > self._longest:
            raise long_literal(self._name)

    def _count(self, data: bytes) -> None:
        if b"<!" in data or b"<?" in data:
            data = _NO_TAGS.sub(b"", data)
        begins, ends = data.count(b"<"), data.count(b"</")
        if self.depth + begins - ends > self._deepest:
            self._walk(data)
        else:
            self.depth += begins - 2 * ends - len(_EMPTY.findall(data))

    def _walk(self, data: bytes) -> None:
        for tag in _TAG.findall(data):
            self.depth += -1 if tag[1:2] == b"/" else 0 if tag[-2:-1] == b"/" else 1
            if self.depth > self._deepest:
                raise XML_DEPTH.passed(
                    "BRI610",
                    f"elements are nested deeper than {self._deepest:g}",
                    self._name,
                    "the parser takes ever longer the deeper they are",
                )


def look_at_json(data: bytes, name: str) -> None:
    """Raise a limit error for JSON that is nested too deep, or that holds too long a string."""
    depth, deepest = 0, JSON_DEPTH.value
    for mark in _JSON_MARKS.finditer(data):
        first = data[mark.start()]
        if first == 0x22:
            if mark.end() - mark.start() > ENGINE_LITERAL:
                raise engine_bound(name)
            continue
        depth += 1 if first in b"[{" else -1
        if depth > deepest:
            error = JSON_DEPTH.passed(
                "BRI610", f"JSON-LD is nested deeper than {deepest:g} levels", name
            )
            error.line = data.count(b"\n", 0, mark.start()) + 1
            raise error
