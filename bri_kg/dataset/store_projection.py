"""Projection inside a store: the rules that make facts of claims, as updates of graphs of ours.

The graphs are those of `bri_kg.stores.work_graphs`: `whole` is what is asserted, with links, and then the facts too;
`projected` holds every triple that was made, `rows` each fact with its claim, which a pattern of notes finds there in
the place of its claim's graph. What is made is what `bri_kg.dataset.assembly` makes of files.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from bri_kg.dataset.assembly import UNCLOSED
from bri_kg.dataset.resources import Resources
from bri_kg.dataset.values import value_triples
from bri_kg.errors import InputError
from bri_kg.names import PREFIXES, QUANTITY, TIME, spaces
from bri_kg.rdf.text_files import read_text
from bri_kg.stores.work_graphs import WorkGraphs, split

_TYPE: Final = f"<{PREFIXES['rdf']}type>"
_IN_CLAIM: Final = re.compile(r"GRAPH\s+(\?\w+)\s*\{\s*(\?\w+)\s+(\?\w+)\s+(\?\w+)\s*\.?\s*\}")
_TRIPLE: Final = "?s ?p ?o"


class Projecting:
    """One projection, of what stands in the graph `whole` of a run."""

    def __init__(self, graphs: WorkGraphs, resources: Resources, given: str) -> None:
        """Take the graphs, where the rules are, and the pattern that finds ?s ?p ?o in the data of the user."""
        self._graphs = graphs
        self._given = given
        self._resources = resources

    def run(self) -> None:
        """Make value nodes, links, facts and notes; put among the facts of the run what is to be closed."""
        graphs, whole = self._graphs, self._graphs.named("whole")
        graphs.put("projected", (f"{q.triple} ." for q in value_triples(self._nameless_values())))
        graphs.add("projected", "whole")
        for rule in self._rules("links"):
            self._insert(rule, f"GRAPH {graphs.named('projected')} {{ {_TRIPLE} }}")
        graphs.add("projected", "whole")
        graphs.place.change(
            f"INSERT {{ GRAPH {graphs.named('facts')} {{ {_TRIPLE} }} }} WHERE {{\n"
            f"GRAPH {whole} {{ {_TRIPLE} }} FILTER (?p = {_TYPE} || !({_starts('?s', spaces(*UNCLOSED))})) }}"
        )
        for rule in self._rules("facts"):
            self._insert(
                rule,
                f"GRAPH {graphs.named('facts')} {{ {_TRIPLE} }} GRAPH {graphs.named('projected')} {{ {_TRIPLE} }} "
                f"GRAPH {graphs.named('rows')} {{ {self._row('?row', '?claim', *_TRIPLE.split())} }}",
                self._row_name(),
            )
        graphs.add("projected", "whole")
        for rule in self._rules("notes"):
            self._insert(
                self._over_rows(rule),
                f"GRAPH {graphs.named('facts')} {{ {_TRIPLE} }} GRAPH {graphs.named('projected')} {{ {_TRIPLE} }}",
            )
        graphs.add("projected", "whole")

    def finish(self) -> None:
        """Put what was made, and the useful part of what follows, into the result."""
        graphs = self._graphs
        graphs.gather(_text(self._resources.queries / "scratch" / "release.rq"), "inferred")
        for rule in self._rules("closure"):
            self._insert(rule, f"GRAPH {graphs.named('inferred')} {{ {_TRIPLE} }}")
        graphs.empty("result")
        graphs.place.change(
            f"INSERT {{ GRAPH {graphs.named('result')} {{ {_TRIPLE} }} }} WHERE {{\n"
            f"GRAPH {graphs.named('inferred')} {{ {_TRIPLE} }}\n"
            f"FILTER NOT EXISTS {{ GRAPH {graphs.named('whole')} {{ {_TRIPLE} }} }} }}"
        )
        graphs.place.change(
            f"INSERT {{ GRAPH {graphs.named('result')} {{ {_TRIPLE} }} }} WHERE {{\n"
            f"GRAPH {graphs.named('projected')} {{ {_TRIPLE} }} FILTER NOT EXISTS {{ {self._given} }} }}"
        )

    def write_claims(self) -> str:
        """Return the update that puts each fact into the graph of its claim."""
        row = self._row("?row", "?claim", *_TRIPLE.split())
        return (
            f"INSERT {{ GRAPH ?claim {{ {_TRIPLE} }} }} "
            f"WHERE {{ GRAPH {self._graphs.named('rows')} {{ {row} }} }}"
        )

    def _nameless_values(self) -> Iterator[ox.NamedNode]:
        """Yield the value nodes and passages of which nothing is said yet."""
        whole = self._graphs.named("whole")
        starts = _starts("?node", (*spaces("source/"), QUANTITY, TIME))
        query = (
            f"SELECT DISTINCT ?node WHERE {{ GRAPH {whole} {{ ?subject ?p ?node }}\n"
            f"FILTER (isIRI(?node) && ({starts}))\n"
            f"FILTER NOT EXISTS {{ GRAPH {whole} {{ ?node a ?type }} }} }}"
        )
        for row in self._graphs.place.select(query):
            node = row["node"]
            if isinstance(node, ox.NamedNode):
                yield node

    def _insert(self, rule: str, template: str, more: str = "") -> None:
        """Evaluate a rule over the whole, as if that were the default graph."""
        prologue, query = split(rule)
        graphs = self._graphs
        self._graphs.place.change(
            f"{prologue}INSERT {{ {template} }}\n"
            f"USING {graphs.named('whole')} USING NAMED {graphs.named('rows')}\n"
            f"WHERE {{ {{ {query}\n}} {more} }}"
        )

    def _row(self, row: str, claim: str, subject: str, predicate: str, value: str) -> str:
        name = self._graphs.named
        return (
            f"{row} {name('claim')} {claim} ; {name('subject')} {subject} ; {name('predicate')} {predicate} ; "
            f"{name('object')} {value}"
        )

    def _row_name(self) -> str:
        """Return the clause that names a row by what is in it, so that it is made once however often it is sent."""
        kind = 'IF(isLiteral(?o), CONCAT(STR(DATATYPE(?o)), "@", LANG(?o)), "")'
        parts = 'CONCAT(STR(?claim), " ", STR(?s), " ", STR(?p), " ", STR(?o), " ", ?kind)'
        return f'BIND ({kind} AS ?kind) BIND (IRI(CONCAT("{self._graphs.base}row/", SHA256({parts}))) AS ?row)'

    def _over_rows(self, rule: str) -> str:
        """Return a rule that looks for the facts of a claim among the rows, where it looks into the claim's graph."""
        rows, numbers = self._graphs.named("rows"), count()

        def looked_up(match: re.Match[str]) -> str:
            claim, subject, predicate, value = match.groups()
            row = self._row(f"?row{next(numbers)}", claim, subject, predicate, value)
            return f"GRAPH {rows} {{ {row} }}"

        return _IN_CLAIM.sub(looked_up, rule)

    def _rules(self, room: str) -> Iterator[str]:
        for path in self._resources.query_files(room):
            text = _text(path)
            if room == "notes" and "GRAPH" in _IN_CLAIM.sub("", text):
                raise InputError(
                    code="BRI763",
                    file=str(path),
                    message="the rule looks into graphs in a way that cannot be followed inside a store",
                    fix="write each as GRAPH ?claim { ?s ?p ?o }, three variables",
                )
            yield text


def _starts(variable: str, names: tuple[str, ...]) -> str:
    return " || ".join(f'STRSTARTS(STR({variable}), "{name}")' for name in names)


def _text(path: Path) -> str:
    return read_text(path, "a rule")
