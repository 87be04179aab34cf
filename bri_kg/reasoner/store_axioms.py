"""The axioms closed for a store that applies the rules itself: what it needs to be told, as N-Triples and as queries.

RDF lists are written anew, so that a pattern of a fixed form finds their members. Chains (prp-spo2) and keys
(prp-key), whose patterns are as long as they are, become queries. Of terms that are the same one stands for all:
the store says of each what is said of one (eq-rep-s, eq-rep-p, eq-rep-o).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from bri_kg.names import PREFIXES, SCRATCH
from bri_kg.reasoner import vocabulary as v
from bri_kg.reasoner.axioms import Axioms, close_axioms
from bri_kg.reasoner.datatypes import datatypes_of, whole_number
from bri_kg.reasoner.equality import Equality
from bri_kg.reasoner.interning import Edges, Ids, Interned, Terms, unpack

Named = Callable[[Interned], str]

_AXIOMATIC: Final = ((v.THING, v.TYPE, v.CLASS), (v.NOTHING, v.TYPE, v.CLASS))
_LISTS: Final = (v.INTERSECTION, v.ONE_OF, v.MEMBERS, v.DISTINCT_MEMBERS)
_OF_DIFFERENT: Final = (v.MEMBERS, v.DISTINCT_MEMBERS)
_WRITTEN_ANEW: Final = {*_LISTS, v.FIRST, v.REST, v.MAX, v.MAX_QUALIFIED}
_INTO_A_CLASS: Final = (v.SUB_CLASS, v.DOMAIN, v.RANGE)
_LEADS_TO_THING: Final = (*_INTO_A_CLASS, v.SOME, v.ON_CLASS)
_PREFIX: Final = f"PREFIX scratch: <{SCRATCH}>\n"
_DATATYPES: Final = (
    "decimal", "integer", "long", "int", "short", "byte", "nonNegativeInteger", "positiveInteger",
    "unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte", "nonPositiveInteger",
    "negativeInteger", "string", "normalizedString", "token", "language", "Name", "NCName", "NMTOKEN",
    "dateTime", "dateTimeStamp", "boolean", "double", "float", "anyURI", "hexBinary", "base64Binary",
)  # fmt: skip


@dataclass(frozen=True)
class ToldAxioms:
    """Axioms as a store is told them.

    lines  N-Triples for the graph of axioms, sorted
    closed  N-Triples that follow from the axioms, for the facts
    queries  rules made of single axioms, each SELECT ?s ?p ?o over scratch:recent and scratch:facts
    used  the words of RDF, RDFS and OWL that the axioms use
    spoken_of  those that axioms say something of, as of properties: rdf:type, owl:sameAs
    """

    lines: tuple[str, ...]
    closed: tuple[str, ...]
    queries: tuple[str, ...]
    used: frozenset[str]
    spoken_of: frozenset[str]


def told_axioms(
    quads: Iterable[ox.Quad], stated: Iterable[ox.Quad], named: Named, base: str
) -> ToldAxioms:
    """Return what a store is told of axioms, of which some were `stated`.

    `named` writes a term as N-Triples, blank nodes by names; `base` begins the names that only rules know.
    """
    terms, edges, before = Terms(), Edges(), Edges()
    terms.read(quads, edges)
    terms.read(stated, before)
    equality = Equality()
    for one, other in map(unpack, edges.get(v.SAME, ())):
        equality.merge(one, other, ())
    standing = {tuple(map(equality.find, triple)) for triple in (*_axioms(edges), *_AXIOMATIC)}
    axioms = close_axioms(Axioms(standing), equality.plural())  # type: ignore[arg-type]
    told = _Told(terms, axioms, Axioms(_axioms(before)), named, base)
    return ToldAxioms(
        tuple(sorted(told.lines())),
        tuple(sorted(told.closed())),
        tuple(sorted(told.queries())),
        frozenset(told.used()),
        frozenset(told.spoken_of()),
    )


def words(base: str) -> Iterator[str]:
    """Yield what tells a store which words axioms are made of, as N-Triples."""
    rdf_type = v.WORDS[v.TYPE]
    predicates = (*v.AXIOM_PREDICATES, v.IMPORTS, v.VERSION)
    for kind, numbers in (
        ("Word", range(len(v.WORDS))),
        ("Predicate", predicates),
        ("Kind", (*v.AXIOM_CLASSES, v.ONTOLOGY)),
    ):
        for number in sorted(numbers):
            yield f"<{v.WORDS[number]}> <{rdf_type}> <{base}{kind}> ."


def _axioms(edges: Edges) -> Iterator[Ids]:
    for predicate in v.AXIOM_PREDICATES & edges.keys():
        for subject, value in map(unpack, edges[predicate]):
            yield subject, predicate, value
    for subject, value in map(unpack, edges.get(v.TYPE, ())):
        if value in v.AXIOM_CLASSES:
            yield subject, v.TYPE, value


class _Told:
    def __init__(
        self, terms: Terms, axioms: Axioms, stated: Axioms, named: Named, base: str
    ) -> None:
        self._every = terms.all()
        self._axioms = axioms
        self._stated = stated
        self._write = named
        self._base = base

    def lines(self) -> Iterator[str]:
        """Yield the axioms that rules look at."""
        asks = self._asks_for_thing()
        for subject, predicate, value in self._axioms.triples:
            # A class under itself sets off nothing, nor does membership in owl:Thing where nothing asks for it.
            if not (
                predicate in _WRITTEN_ANEW
                or (predicate in v.REFLEXIVE_BY_NATURE and subject == value)
                or (value == v.THING and predicate in _INTO_A_CLASS and not asks)
            ):
                yield from self._line(subject, self._name(predicate), self._name(value))
        for prop, chain in self._axioms.lists(v.CHAIN):
            if len(chain) == 1:
                yield from self._line(chain[0], self._name(v.SUB_PROPERTY), self._name(prop))
        yield from self._written_lists()
        for predicate in (v.MAX, v.MAX_QUALIFIED):
            for node, number in self._axioms.pairs(predicate):
                term = self._every[number]
                limit = whole_number(term) if isinstance(term, ox.Literal) else None
                if limit is not None and limit in (0, 1):
                    yield from self._line(node, self._name(predicate), str(ox.Literal(int(limit))))
        for cls, props in self._axioms.lists(v.KEY):
            for prop in props:
                yield from self._line(cls, f"<{self._base}keyedBy>", self._name(prop))
        for name in _DATATYPES:
            own = PREFIXES["xsd"] + name
            for wider in datatypes_of(ox.Literal("", datatype=ox.NamedNode(own))):
                yield f"<{own}> <{self._base}within> <{wider}> ."

    def closed(self) -> Iterator[str]:
        """Yield the axioms that rules over axioms give, with those that they come from."""
        silent = v.REFLEXIVE_BY_NATURE - self._ends()
        for subject, predicate, value in self._axioms.triples:
            if predicate in (v.FIRST, v.REST) or (subject == value and predicate in silent):
                continue
            yield from self._line(subject, self._name(predicate), self._name(value))

    def queries(self) -> Iterator[str]:
        """Yield the rules that are made of one axiom each."""
        for prop, chain in self._axioms.lists(v.CHAIN):
            if len(chain) > 1:
                yield _chain(self._name(prop), [self._name(p) for p in chain])
        for cls, props in self._axioms.lists(v.KEY):
            yield _key(self._name(cls), [self._name(p) for p in props])

    def used(self) -> Iterator[str]:
        """Yield the predicates of the axioms, and the classes of OWL that they make members of."""
        for _, predicate, value in self._axioms.triples:
            yield v.WORDS[value if predicate == v.TYPE else predicate]
        if any(len(chain) == 1 for _, chain in self._axioms.lists(v.CHAIN)):
            yield v.WORDS[v.SUB_PROPERTY]

    def spoken_of(self) -> Iterator[str]:
        """Yield rdf:type and owl:sameAs where an axiom is about them."""
        ends = self._ends()
        yield from (v.WORDS[word] for word in (v.TYPE, v.SAME) if word in ends)

    def _ends(self) -> set[int]:
        """Return what axioms say something of."""
        ends = {end for s, p, o in self._axioms.triples if p != v.TYPE for end in (s, o)}
        return ends | {subject for subject, _ in self._axioms.pairs(v.TYPE)}

    def _asks_for_thing(self) -> bool:
        """Return whether anything follows from being in owl:Thing; most axioms only lead into it."""
        return any(
            (s == v.THING and o != v.THING and p != v.TYPE)
            or (o == v.THING and s != v.THING and p not in _LEADS_TO_THING)
            for s, p, o in self._axioms.triples
        )

    def _written_lists(self) -> Iterator[str]:
        first, rest, nil = (f"<{v.WORDS[word]}>" for word in (v.FIRST, v.REST, v.NIL))
        number = 0
        for predicate in _LISTS:
            # What a list says to differ is looked at as it is stated: among terms that are the same none differs.
            axioms = self._stated if predicate in _OF_DIFFERENT else self._axioms
            for node, members in sorted(axioms.lists(predicate)):
                places = [f"<{self._base}list/{number + place}>" for place in range(len(members))]
                number += len(members)
                yield from self._line(node, self._name(predicate), places[0])
                for place, after, member in zip(places, [*places[1:], nil], members, strict=True):
                    yield f"{place} {first} {self._name(member)} ."
                    yield f"{place} {rest} {after} ."

    def _line(self, subject: int, predicate: str, value: str) -> Iterator[str]:
        # No store takes a literal as subject.
        if not isinstance(self._every[subject], ox.Literal):
            yield f"{self._name(subject)} {predicate} {value} ."

    def _name(self, number: int) -> str:
        return self._write(self._every[number])


def _chain(prop: str, chain: list[str]) -> str:
    """Return prp-spo2 for one chain: the new fact may stand in any place of it."""
    ends = [f"?n{place}" for place in range(len(chain) + 1)]
    links = [f"{ends[i]} {link} {ends[i + 1]}" for i, link in enumerate(chain)]
    branches = []
    for place, link in enumerate(links):
        others = [*reversed(links[:place]), *links[place + 1 :]]
        facts = "".join(f"GRAPH scratch:facts {{ {other} }} " for other in others)
        branches.append(f"GRAPH scratch:recent {{ {link} }} {facts}")
    return (
        f"{_PREFIX}SELECT ({ends[0]} AS ?s) ({prop} AS ?p) ({ends[-1]} AS ?o) WHERE {{\n{{ "
        + "}\nUNION { ".join(branches)
        + "}\n}"
    )


def _key(cls: str, props: list[str]) -> str:
    """Return prp-key for one key: the new fact may be the membership or any of the values."""
    a, same = f"<{v.WORDS[v.TYPE]}>", f"<{v.WORDS[v.SAME]}>"
    mine = [f"?s {prop} ?v{i}" for i, prop in enumerate(props)]
    theirs = [f"?o {prop} ?v{i}" for i, prop in enumerate(props)]
    member, branches = f"?s {a} {cls}", []
    for recent in (member, *mine):
        others = [part for part in (member, *mine) if part != recent]
        facts = "".join(
            f"GRAPH scratch:facts {{ {part} }} " for part in (*others, *theirs, f"?o {a} {cls}")
        )
        branches.append(f"GRAPH scratch:recent {{ {recent} }} {facts}")
    return (
        f"{_PREFIX}SELECT ?s ({same} AS ?p) ?o WHERE {{\n{{ "
        + "}\nUNION { ".join(branches)
        + "}\nFILTER (?s != ?o)\n}"
    )
