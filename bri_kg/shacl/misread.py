"""Literals that the fast engine takes otherwise than SHACL does, looked for in the data once.

Which ones matter, the shapes tell: most shapes graphs ask for none of them, and then nothing is read.
`docs/upstream.md` says of each what the engine does, and how to see it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from bri_kg.names import INTEGERS
from bri_kg.rdf import xsd
from bri_kg.rdf.line_literals import typed_in_lines
from bri_kg.shacl.document import Document
from bri_kg.shacl.look_up import SH, LookUp
from bri_kg.shacl.paths import read_path

# Datatypes whose literals the engine never calls ill-typed.
_UNCHECKED: Final = frozenset(
    {"dateTimeStamp", "gYear", "gMonth", "gDay", "gYearMonth", "gMonthDay", "yearMonthDuration",
     "dayTimeDuration", "duration", "hexBinary", "base64Binary", "language", "normalizedString",
     "token", "NMTOKEN", "Name", "NCName"}
)  # fmt: skip
# Between which the engine finds the order that SPARQL's `<` gives, where they are not too long.
_ORDERED: Final = frozenset({"decimal", "double", "boolean", "date", "dateTime", "time", *INTEGERS})
_NUMBERS: Final = frozenset({"decimal", *INTEGERS})
# Dates of more digits, and numbers, are beyond what it holds.
_POINTS: Final = frozenset({"date", "dateTime", "time", "dateTimeStamp"})
_LONGEST: Final = {**dict.fromkeys(_NUMBERS, 18), **dict.fromkeys(_POINTS, 35)}
_BOUNDS: Final = ("minInclusive", "maxInclusive", "minExclusive", "maxExclusive")
_PAIRS: Final = ("lessThan", "lessThanOrEquals")
_BARE = re.compile(r"(?<![\w/:#.<\"'-])[+-]?(?=[0-9.]{19})[0-9]*\.?[0-9]+(?=[\s;,.\])])")
_PREFIX = re.compile(r"prefix\s+\S*:\s*<([^>]*)>", re.IGNORECASE)
# What follows a property on a line of N-Triples that ends as they mostly do.
_TYPED = re.compile(r'"([^"]*)"(?:\^\^<([^>]*)>|@([\w-]+))?\s*\.\s*$')
_LONG: Final = 300


@dataclass(frozen=True)
class _Asked:
    """What the shapes ask of literals: datatypes by name, bounds, and properties whose values are compared."""

    datatypes: frozenset[str]
    bounds: tuple[ox.Literal, ...]
    compared: frozenset[str]

    @property
    def names(self) -> frozenset[str]:
        """The datatypes whose literals must be looked at."""
        names = self.datatypes & (_UNCHECKED | _LONGEST.keys())
        if self.bounds:
            names |= _LONGEST.keys() | {"float"}
        return names


def why_misread(data: Document, shapes: LookUp) -> str | None:
    """Return which literal of the data the fast engine would take otherwise, None where there is none."""
    asked = _Asked(
        frozenset(_datatypes(shapes)), tuple(_bounds(shapes)), frozenset(_compared(shapes))
    )
    for bound in asked.bounds:
        name = _name(bound)
        if name not in _ORDERED or _is_misread(bound.value, name, asked):
            return f"the engine does not compare with {bound}"
    for node in shapes.subjects(SH + "targetNode"):
        for target in shapes.values(node, SH + "targetNode"):
            if isinstance(target, ox.Literal) and _is_misread(target.value, _name(target), asked):
                return f"the engine misreads {target}"
    if asked.names:
        for text, name in _literals(data, asked.names):
            if _is_misread(text, name, asked):
                return f'the engine misreads "{text}"^^xsd:{name}'
    if asked.compared:
        return next(_misread_pairs(data, asked), None)
    return None


def _datatypes(shapes: LookUp) -> Iterator[str]:
    for node in shapes.subjects(SH + "datatype"):
        for datatype in shapes.values(node, SH + "datatype"):
            yield datatype.value.removeprefix(xsd.XSD)


def _bounds(shapes: LookUp) -> Iterator[ox.Literal]:
    for name in _BOUNDS:
        for node in shapes.subjects(SH + name):
            yield from (v for v in shapes.values(node, SH + name) if isinstance(v, ox.Literal))


def _compared(shapes: LookUp) -> Iterator[str]:
    for name in _PAIRS:
        for node in shapes.subjects(SH + name):
            yield from (value.value for value in shapes.values(node, SH + name))
            for path in shapes.values(node, SH + "path"):
                read = read_path(shapes, path)
                yield from () if read is None else read.iris()


def _name(literal: ox.Literal) -> str:
    return literal.datatype.value.removeprefix(xsd.XSD)


def _is_misread(text: str, name: str, asked: _Asked) -> bool:
    if len(text) > _LONGEST.get(name, _LONG):
        return True
    if name in _POINTS and "24:" in text and xsd.is_ill_typed(text, xsd.XSD + name):
        return True  # a moment after midnight of the day before
    if name in _UNCHECKED and name in asked.datatypes and xsd.is_ill_typed(text, xsd.XSD + name):
        return True
    if not asked.bounds:
        return False
    if name == "float":
        return any(_is_rounded_to(text, bound) for bound in asked.bounds)
    if name in _NUMBERS:
        return xsd.is_ill_typed(text, xsd.XSD + name)
    return name == "dateTimeStamp"


def _is_rounded_to(text: str, bound: ox.Literal) -> bool:
    """Return whether a float meets a bound only where both are rounded to what a float can hold."""
    as_float = xsd.value_of(text, xsd.XSD + "float")
    as_double = xsd.value_of(text, xsd.XSD + "double")
    other = xsd.value_of(bound.value, bound.datatype.value)
    if as_float is None or as_double is None or other is None or other.family != "number":
        return False
    return as_float != as_double and (xsd.order(as_float, other) != xsd.order(as_double, other))


def _literals(data: Document, names: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Yield text and datatype of typed literals in the text of the data; strings may look like some."""
    if data.syntax == ox.RdfFormat.N_TRIPLES:
        found = set(typed_in_lines(data.content))
        # One with a backslash, or what looks like one inside a string, is left to the parser.
        if any(b"\\" in text or b"\n" in text for text, _ in found):
            yield from _parsed(data, names)
            return
        pairs = ((text.decode(), name.decode()) for text, name in found)
        yield from (pair for pair in pairs if pair[1] in names)
        return
    if any(iri.startswith(xsd.XSD) and iri != xsd.XSD for iri in _PREFIX.findall(data.text)):
        yield from _parsed(data, names)
        return
    for end, name in _in_turtle(data.text, names):
        begin = data.text.rfind(data.text[end], 0, end)
        body = data.text[begin + 1 : end]
        if "\\" in body or not body:  # written in a long form, or escaped: as it is read, then
            yield from _parsed(data, names)
            return
        yield body, name
    yield from ((number[0], "decimal") for number in _BARE.finditer(data.text))


def _in_turtle(text: str, names: Iterable[str]) -> Iterator[tuple[int, str]]:
    any_of = "|".join(sorted(names))
    typed = re.compile(
        rf"[\"']\^\^(?:<{re.escape(xsd.XSD)}({any_of})>|[^\s:<]*:({any_of})(?![\w-]))"
    )
    yield from ((found.start(), found[1] or found[2]) for found in typed.finditer(text))


def _rests_of_lines(content: bytes, before: bytes) -> set[bytes]:
    """Return what stands between `before` and the end of its line, each once."""
    found, at = set(), content.find(before)
    while at >= 0:
        at += len(before)
        end = content.find(b"\n", at)
        found.add(content[at:] if end < 0 else content[at:end])
        at = content.find(before, at)
    return found


def _parsed(data: Document, names: frozenset[str]) -> Iterator[tuple[str, str]]:
    for quad in data.quads():
        if isinstance(quad.object, ox.Literal) and _name(quad.object) in names:
            yield quad.object.value, _name(quad.object)


def _misread_pairs(data: Document, asked: _Asked) -> Iterator[str]:
    wanted = _Asked(asked.datatypes, (ox.Literal(0), *asked.bounds), asked.compared)
    for text, name in _compared_literals(data, asked.compared):
        is_known = name in _ORDERED or name == "string"
        if not is_known or _is_misread(text, name, wanted):
            yield f'the engine does not compare "{text}" of {name or "a language"}'


def _compared_literals(data: Document, properties: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield text and datatype of the literals of some properties; none for a text in a language."""
    if data.syntax == ox.RdfFormat.N_TRIPLES:
        for iri in sorted(properties):
            for rest in _rests_of_lines(data.content, f" <{iri}> ".encode()):
                if not rest.startswith(b'"'):
                    continue
                found = _TYPED.match(rest.decode(errors="replace"))
                text, kind, language = found.groups() if found else ("", None, None)
                if language or found is None or "\\" in text:
                    yield text, ""
                else:
                    yield text, "string" if kind is None else kind.removeprefix(xsd.XSD)
        return
    for quad in data.quads():
        if quad.predicate.value in properties and isinstance(quad.object, ox.Literal):
            yield quad.object.value, "" if quad.object.language else _name(quad.object)
