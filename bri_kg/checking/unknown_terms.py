"""Terms that nothing describes: misspelt names, dangling IRIs, undeclared foreign terms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

import pyoxigraph as ox

from bri_kg.names import BASE, PREFIXES, QUANTITY, SOURCE, TIME, nearest, shorten, split_passage

_TYPE = PREFIXES["rdf"] + "type"
_BUILT_IN = tuple(PREFIXES[p] for p in ("rdf", "rdfs", "owl", "xsd"))
# A version is named without being described in the file that names it.
_NAMES_NO_NODE = {PREFIXES["owl"] + "versionIRI", PREFIXES["owl"] + "priorVersion"}


@dataclass(frozen=True)
class Unknown:
    """A term used of `focus` that nothing describes, and how to mend it."""

    focus: str
    term: str
    message: str
    mend: str


def unknown_terms(
    used: Iterable[ox.Quad], described: Iterable[ox.Quad], *, strict: bool
) -> Iterator[Unknown]:
    """Yield each term in `used` that is no subject in `described`, once for each thing that it is used of.

    Terms of ours must be described. Foreign classes and properties must be declared when
    `strict`; otherwise only those are reported that look like a misspelt declared one.
    """
    yield from dict.fromkeys(_used_unknown(used, described, strict))


def _used_unknown(
    used: Iterable[ox.Quad], described: Iterable[ox.Quad], strict: bool
) -> Iterator[Unknown]:
    known = {q.subject.value for q in described if isinstance(q.subject, ox.NamedNode)}
    declared = [name for name in known if not name.startswith(BASE)]

    # A term is often used many times, and the nearest name takes long to find.
    @cache
    def mend(term: str) -> str:
        return _mend(term, known)

    @cache
    def near(term: str) -> str | None:
        return nearest(term, declared, at_least=0.9)

    for quad in used:
        if not isinstance(quad.subject, ox.NamedNode | ox.BlankNode):
            continue
        focus, predicate = quad.subject.value, quad.predicate.value
        terms = [(predicate, True)]
        if isinstance(quad.object, ox.NamedNode) and predicate not in _NAMES_NO_NODE:
            terms.append((quad.object.value, predicate == _TYPE))
        for term, is_vocabulary in terms:
            if term in known:
                continue
            if term.startswith(BASE):
                yield Unknown(focus, term, f"nothing describes {_shown(term)}", mend(term))
            elif is_vocabulary and not term.startswith(_BUILT_IN):
                yield from _foreign(focus, term, near(term), strict)


def _foreign(focus: str, term: str, near: str | None, strict: bool) -> Iterator[Unknown]:
    if near:
        yield Unknown(
            focus, term, f"no file declares {_shown(term)}", f"did you mean {_shown(near)}?"
        )
    elif strict:
        yield Unknown(
            focus,
            term,
            f"no file declares {_shown(term)}",
            "declare it in ontology/modules/external.ttl, or use a declared term",
        )


def _mend(iri: str, known: set[str]) -> str:
    if iri.startswith(QUANTITY):
        return "use a name such as exactly-10, more-than-80, about-700 or vague-many"
    if iri.startswith(TIME):
        return (
            "use a name such as 2018, 2017-05, since-2013, until-2023-06 or 2013--2023, "
            "or describe a vague period in graph/entities/periods.ttl"
        )
    if iri.startswith(SOURCE) and "#" in iri and split_passage(iri) is None:
        return "write a passage as <source/SLUG#char=BEGIN,END>"
    ours = [shorten(name) for name in known if name.startswith(BASE)]
    near = nearest(shorten(iri), ours)
    return f"did you mean {near}?" if near else "describe it, or mend its name"


def _shown(iri: str) -> str:
    short = shorten(iri)
    return short if short != iri else f"<{iri}>"
