"""The OWL 2 RL closure inside a store: rules as updates over graphs of ours, round by round until nothing is new.

Only axioms, and what contradicts them, travel. Axioms are closed here and told to the store
(`bri_kg.reasoner.store_axioms`); the rules over facts are `queries/rules/`, each a SELECT ?s ?p ?o over the graphs
scratch:axioms, scratch:recent (what the round before has found) and scratch:facts (everything so far). The rows of
`queries/contradictions/` are the triples that break an axiom: the reasoner, given those, says it in its words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from bri_kg.dataset.resources import Resources
from bri_kg.errors import InputError
from bri_kg.names import PREFIXES, SCRATCH
from bri_kg.rdf.text_files import read_text
from bri_kg.reasoner import Contradiction, Unsupported, infer
from bri_kg.reasoner.data_values import value_of
from bri_kg.reasoner.store_axioms import ToldAxioms, told_axioms, words
from bri_kg.sparql.cutting import at_most
from bri_kg.stores.work_graphs import WorkGraphs

_AXIOM: Final = re.compile(r"^# Axiom: (.+)$", re.MULTILINE)
_MOST_AXIOMS: Final = 200_000
_MOST_BROKEN: Final = 1_000  # triples that break the axioms of one rule
_MOST_VALUES: Final = 50_000
_EXPLAINED: Final = 100  # things whose stated facts are looked up
_MOST_NEAR: Final = 20_000
_ANY_SAME: Final = (
    "SELECT ?s WHERE { GRAPH scratch:facts { ?s owl:sameAs ?o } FILTER (?s != ?o) } LIMIT 1"
)
_EVERYTHING: Final = "SELECT ?s ?p ?o WHERE { GRAPH scratch:closed { ?s ?p ?o } }"
_PROLOGUE: Final = f"PREFIX owl: <{PREFIXES['owl']}>\nPREFIX scratch: <{SCRATCH}>\n"
_RULES_OF_SAMENESS: Final = "eq-"
_PIECES: Final = tuple(ox.NamedNode(PREFIXES["rdf"] + name) for name in ("first", "rest"))
_TYPE: Final = ox.NamedNode(PREFIXES["rdf"] + "type")


@dataclass(frozen=True, order=True)
class NotFollowed:
    """A rule that the store could not follow for a property, and why: its values are literals, or too many."""

    rule: str
    property: str
    why: str


@dataclass(frozen=True)
class StoreClosure:
    """What was found in the store; the new triples stand in its graph `result`.

    `is_cut` says that there are more contradictions than were looked at.
    """

    contradictions: tuple[Contradiction, ...]
    is_cut: bool
    unsupported: tuple[Unsupported, ...]
    not_followed: tuple[NotFollowed, ...]
    rounds: int


class Closing:
    """One closure, of the facts that stand in the graphs of a run."""

    def __init__(
        self,
        graphs: WorkGraphs,
        resources: Resources,
        reached: Callable[[int], None] = lambda _: None,
    ) -> None:
        """Take the graphs, where the rules are, and who is told how many rounds are over."""
        self._graphs = graphs
        self._resources = resources
        self._reached = reached
        self._number = 0
        self._used: frozenset[str] = frozenset()
        graphs.put("words", words(graphs.base))

    def axioms(self, graph: str = "facts") -> list[ox.Quad]:
        """Return the axioms in a graph, and what ontologies say of themselves. Raise InputError for too many."""
        text = self._text("scratch/axioms.rq").replace("scratch:facts", self._graphs.named(graph))
        rows = self._quads(at_most(text, _MOST_AXIOMS + 1))
        if len(rows) > _MOST_AXIOMS:
            raise InputError(
                code="BRI761",
                message=f"the store holds over {_MOST_AXIOMS:,} axioms, which are read into memory here",
                why="lists (rdf:first, rdf:rest) count as axioms",
                fix="name the graph that is meant with --default-graph, or take lists of data out",
                exit_code=3,
            )
        return rows

    def run(self) -> StoreClosure:
        """Return what was found of the facts; leave what is new and useful in the graph `result`."""
        stated, anonymous = self.axioms(), list(self._anonymous())
        told: ToldAxioms | None = None
        while True:
            now = told_axioms(
                [*self.axioms(), *self._same()], stated, self._graphs.as_name, self._graphs.base
            )
            if told is not None and (now.lines, now.closed) == (told.lines, told.closed):
                break
            self._tell(now)
            self._rounds(now)
            told = now
        self._graphs.gather(self._text("scratch/result.rq"), "result")
        broken, is_cut = self._broken()
        # Of what is the same, a list has each member once and again: as it is stated it can be read.
        derived = (quad for quad in self.axioms() if quad.predicate not in _PIECES)
        beside = {*stated, *derived, *self._same()}
        return StoreClosure(
            self._in_words(broken, list(beside)),
            is_cut,
            infer(anonymous, stated).unsupported,
            tuple(sorted({*self._literals(), *self._values(), *_of_words(told)})),
            self._number,
        )

    def _tell(self, told: ToldAxioms) -> None:
        self._used = told.used
        for graph in ("axioms", "closed"):
            self._graphs.empty(graph)
        self._graphs.put("axioms", told.lines)
        self._graphs.put("closed", told.closed)
        self._graphs.empty("round-0")
        self._graphs.conclude(_PROLOGUE + _EVERYTHING, "round-0")
        self._graphs.add("round-0", "facts", "derived")

    def _rounds(self, told: ToldAxioms) -> None:
        rules = list(self._applicable("rules"))
        recent = "facts"
        while True:
            self._number += 1
            into = f"round-{self._number % 2}"
            self._graphs.empty(into)
            has_same = bool(self._graphs.select(_PROLOGUE + _ANY_SAME).rows)
            for name, rule in rules:
                if has_same or not name.startswith(_RULES_OF_SAMENESS):
                    self._graphs.conclude(rule, into, recent)
            for rule in told.queries:
                self._graphs.conclude(rule, into, recent)
            found = self._graphs.count(into)
            self._reached(self._number)
            if not found:
                return
            self._graphs.add(into, "facts", "derived")
            recent = into

    def _broken(self) -> tuple[list[ox.Quad], bool]:
        """Return triples that break axioms, and whether there are more of them."""
        found: list[ox.Quad] = []
        is_cut = False
        for _, query in self._applicable("contradictions"):
            rows = self._quads(at_most(query, _MOST_BROKEN + 1))
            is_cut = is_cut or len(rows) > _MOST_BROKEN
            found += rows
        return found, is_cut

    def _in_words(self, broken: list[ox.Quad], axioms: list[ox.Quad]) -> tuple[Contradiction, ...]:
        """Return the contradictions, with stated facts in the place of derived ones where those are near."""
        if not broken:
            return ()
        near = infer(self._stated_near(broken), axioms).contradictions
        told = {(c.rule, _head(c)): c for c in near}
        found = infer(broken, axioms).contradictions
        return tuple(told.get((c.rule, _head(c)), c) for c in found)

    def _stated_near(self, broken: list[ox.Quad]) -> list[ox.Quad]:
        """Return what is stated of the first things that break axioms, as subject and as value."""
        things = dict.fromkeys(
            term
            for quad in broken
            for term in (quad.subject, quad.object if quad.predicate != _TYPE else quad.subject)
            if not isinstance(term, ox.Literal)
        )
        names = " ".join(self._graphs.as_name(thing) for thing in islice(things, _EXPLAINED))
        found: list[ox.Quad] = []
        for place in ("?s", "?o"):
            query = (
                f"{_PROLOGUE}SELECT ?s ?p ?o WHERE {{ VALUES {place} {{ {names} }} GRAPH scratch:facts {{ ?s ?p ?o }} "
                "FILTER NOT EXISTS { GRAPH scratch:derived { ?s ?p ?o } } }"
            )
            found += self._quads(at_most(query, _MOST_NEAR))
        return found

    def _anonymous(self) -> Iterator[ox.Quad]:
        for row in self._graphs.select(self._text("scratch/anonymous.rq")):
            cls = self._graphs.as_node(row["class"])
            yield ox.Quad(ox.BlankNode(), _TYPE, cls)  # type: ignore[arg-type]

    def _literals(self) -> Iterator[NotFollowed]:
        for row in self._graphs.select(self._text("scratch/literals.rq")):
            yield NotFollowed(str(row.value("rule")), str(row["property"]), "literals")

    def _values(self) -> Iterator[NotFollowed]:
        text = at_most(self._text("scratch/values.rq"), _MOST_VALUES + 1)
        rows = self._graphs.select(text).rows
        if len(rows) > _MOST_VALUES:
            yield NotFollowed("dt-eq", "", "many")
            return
        seen: dict[object, object] = {}
        for prop, literal in rows:
            value = value_of(literal)  # type: ignore[arg-type]
            if value is not None and seen.setdefault(value, literal) != literal:
                yield NotFollowed("dt-eq", str(prop), "written")

    def _same(self) -> list[ox.Quad]:
        return self._quads(at_most(self._text("scratch/same.rq"), _MOST_AXIOMS + 1))

    def _applicable(self, room: str) -> Iterator[tuple[str, str]]:
        """Yield name and text of the rules of a room that speak of axioms which are there."""
        for path in self._resources.query_files(room):
            text = self._read(path)
            found = _AXIOM.search(text)
            names = [] if found is None else found[1].split()
            if room == "rules" and path.stem.startswith(_RULES_OF_SAMENESS):
                names = []
            if not names or any(_full(name) in self._used for name in names):
                yield path.stem, text

    def _quads(self, query: str) -> list[ox.Quad]:
        node = self._graphs.as_node
        rows = self._graphs.select(query)
        return [ox.Quad(*(node(row[name]) for name in ("s", "p", "o"))) for row in rows]  # type: ignore[arg-type]

    def _text(self, file: str) -> str:
        return self._read(self._resources.queries / file)

    def _read(self, path: Path) -> str:
        return read_text(path, "a rule")


def _of_words(told: ToldAxioms) -> Iterator[NotFollowed]:
    for word in told.spoken_of:
        rule = "eq-ref" if word.endswith("sameAs") else "dt-type2"
        yield NotFollowed(rule, f"<{word}>", "words")


def put_ontology(graphs: WorkGraphs, quads: Iterable[ox.Quad], into: str) -> None:
    """Put the triples of an ontology into a graph."""
    name = graphs.as_name
    graphs.put(into, (f"{name(q.subject)} {q.predicate} {name(q.object)} ." for q in quads))


def _head(contradiction: Contradiction) -> str:
    """Return what a contradiction says before it names axioms and facts."""
    return contradiction.message.partition("; ")[0]


def _full(name: str) -> str:
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local
