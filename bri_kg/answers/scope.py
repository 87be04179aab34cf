"""What every answer stands on: the data, the stored queries, a language, and a folder of texts or none.

Queries are few for each call: what is to be read of many nodes is read by one query.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path

import pyoxigraph as ox

from bri_kg import sparql
from bri_kg.answers.kept_claims import KeptClaims
from bri_kg.answers.model import Fact, Named, Node, Text
from bri_kg.dataset.resources import Resources
from bri_kg.names import PREFIXES
from bri_kg.rdf.rows import Row
from bri_kg.rdf.terms import Term
from bri_kg.rdf.text_files import read_text
from bri_kg.stores.selecting import Guarded

Triple = tuple[Term, Term, Term]
Resolve = Callable[..., ox.NamedNode]

_PREFERRED = PREFIXES["skos"] + "prefLabel"
_STRING = PREFIXES["xsd"] + "string"
_AT_ONCE = 2000  # nodes in one query: a store refuses a query without end


@dataclass(frozen=True)
class Ground:
    """The data that an answer is about, and how it is to be told.

    `asserted` gives what the files say, so that inferred triples can be told from theirs; `resolve`
    turns what a user calls something into its node.
    """

    store: Guarded
    resources: Resources
    resolve: Resolve
    asserted: Callable[[], Guarded]
    lang: str = "en"
    texts: Path | None = None
    kept: KeptClaims | None = None
    """What was read before, where the data do not change."""

    def select(self, name: str, **values: ox.NamedNode | ox.Literal) -> tuple[Row, ...]:
        """Return the rows of the query `queries/answers/<name>.rq` with these values."""
        file, text = self._query(name)
        if self.kept is None:
            return tuple(self.store.select(text, values, file=file))
        key = (name, tuple(sorted(values.items())))
        return tuple(self.kept.rows(key, lambda: self.store.select(text, values, file=file)))

    def select_each(self, name: str, variable: str, nodes: Iterable[str]) -> Iterator[Row]:
        """Yield the rows of a stored query for each of these nodes, which `variable` stands for."""
        file, text = self._query(name)
        rest = iter(sorted(set(nodes)))
        while some := tuple(islice(rest, _AT_ONCE)):
            bound = sparql.bind_each(text, variable, map(ox.NamedNode, some))
            yield from self.store.select(bound, file=file)

    def _query(self, name: str) -> tuple[str, str]:
        file = self.resources.queries / "answers" / f"{name}.rq"
        return str(file), read_text(file, "a stored query")

    def column(self, name: str, column: str, **values: ox.NamedNode | ox.Literal) -> list[str]:
        """Return the IRIs of one column of a stored query, each once, in the order of the rows."""
        return list(dict.fromkeys(iri(row[column]) for row in self.select(name, **values)))

    @cached_property
    def stated(self) -> Guarded:
        """What the files say, without facts and closure."""
        return self.asserted()


def iri(term: Term | None) -> str:
    """Return the IRI of a node, or `_:` and its label for a blank node."""
    assert term is not None
    return f"_:{term.value}" if isinstance(term, ox.BlankNode) else term.value


def order(term: Term) -> tuple[str, str, str]:
    """Return a key that puts terms in the order of their text: IRIs as they are, without brackets."""
    if isinstance(term, ox.Literal):
        return term.value, term.language or "", term.datatype.value
    return iri(term), "", ""


def statements(ground: Ground, nodes: Iterable[str]) -> dict[str, dict[str, list[Term]]]:
    """Return what is said of each node, by property; values in the order of their text."""
    said: dict[str, dict[str, list[Term]]] = {}
    for row in ground.select_each("statements", "node", nodes):
        value = row["value"]
        assert value is not None
        said.setdefault(iri(row["node"]), {}).setdefault(iri(row["property"]), []).append(value)
    for properties in said.values():
        for values in properties.values():
            values.sort(key=order)
    return said


@dataclass(frozen=True)
class Names:
    """The labels of nodes in one language, or else in English, or else in the first there is."""

    labels: Mapping[str, tuple[str, str | None]]

    def named(self, node: str) -> Named:
        """Return a node with its label, where it has one."""
        return Named(node, *self.labels.get(node, (None, None)))

    def node(self, term: Term) -> Node:
        """Return a term as answers hold it."""
        return text(term) if isinstance(term, ox.Literal) else self.named(iri(term))

    def all(self, terms: Iterable[Term]) -> tuple[Named, ...]:
        """Return the nodes among the terms."""
        return tuple(self.named(iri(term)) for term in terms if not isinstance(term, ox.Literal))

    def fact(self, triple: Triple) -> Fact:
        """Return a triple with its labels."""
        subject, predicate, value = triple
        return Fact(self.named(iri(subject)), self.named(iri(predicate)), self.node(value))


def names_of(ground: Ground, nodes: Iterable[object]) -> Names:
    """Return the labels of those of the nodes that are IRIs (terms, or their text)."""
    wanted = {
        node if isinstance(node, str) else node.value
        for node in nodes
        if isinstance(node, str | ox.NamedNode)
    }
    found: dict[str, list[tuple[tuple[bool, int, str], str, str | None]]] = {}
    for row in ground.select_each("names", "node", (n for n in wanted if not n.startswith("_:"))):
        name = row["name"]
        if isinstance(name, ox.Literal):
            rank = (iri(row["naming"]) != _PREFERRED, _distance(name, ground.lang), name.value)
            found.setdefault(iri(row["node"]), []).append((rank, name.value, name.language))
    return Names({node: min(names)[1:] for node, names in found.items()})


def in_language(terms: Iterable[Term], lang: str) -> Text | None:
    """Return the literal in the language asked for, or else in the nearest; None where there is none."""
    literals = [term for term in terms if isinstance(term, ox.Literal)]
    nearest = min(literals, key=lambda t: (_distance(t, lang), t.value), default=None)
    return None if nearest is None else text(nearest)


def _distance(literal: ox.Literal, lang: str) -> int:
    return (
        [lang, "en", None].index(literal.language) if literal.language in (lang, "en", None) else 3
    )


def text(literal: ox.Literal) -> Text:
    """Return a literal as answers hold it: a datatype only where it says more than "text"."""
    datatype = literal.datatype.value
    plain = literal.language or datatype == _STRING
    return Text(literal.value, literal.language, None if plain else datatype)


def term(node: Node) -> Term:
    """Return the RDF term that a node or literal of an answer stands for."""
    if isinstance(node, Named):
        blank = node.iri.startswith("_:")
        return ox.BlankNode(node.iri[2:]) if blank else ox.NamedNode(node.iri)
    if node.lang:
        return ox.Literal(node.value, language=node.lang)
    datatype = ox.NamedNode(node.datatype) if node.datatype else None
    return ox.Literal(node.value, datatype=datatype)
