"""One thing as a tree that is read without knowing RDF: its facts, and the claims with their passages.

A description holds, from the default graph, what has a key in the context:
- what is said of the thing, its most special classes, and the name and class of whatever that leads to;
- the claims that involve it, are stated in it, or have it for evidence or context (or the claim that it is),
  each with its passages, time and quantity in full;
- what else points to it, by name and class.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

import pyoxigraph as ox

from bri_kg.names import BRI, PREFIXES
from bri_kg.publishing.jsonld.compact import Node, document, node_object
from bri_kg.publishing.jsonld.definitions import TYPE, Context, identifier
from bri_kg.stores.selecting import Quads

_A = ox.NamedNode(TYPE)
_NAME = ox.NamedNode(PREFIXES["skos"] + "prefLabel")
_SUBCLASS = ox.NamedNode(PREFIXES["rdfs"] + "subClassOf")
_SUBPROPERTY = ox.NamedNode(PREFIXES["rdfs"] + "subPropertyOf")
_CLAIM = ox.NamedNode(BRI + "Claim")
_INVOLVES = ox.NamedNode(BRI + "involves")
_DEFAULT = ox.DefaultGraph()
# What a claim rests on and is measured by is shown in full under it.
_SHOWN_IN_CLAIMS: Final = frozenset(
    BRI + name for name in ("evidence", "hasContext", "hasQuantity", "hasTime")
)


@dataclass
class Description:
    """The triples that describe a thing, and those that lead to it from elsewhere."""

    root: ox.NamedNode
    triples: set[ox.Quad] = field(default_factory=set)
    claims: list[ox.Quad] = field(default_factory=list)
    incoming: list[ox.Quad] = field(default_factory=list)

    @property
    def all_triples(self) -> frozenset[ox.Quad]:
        """Every triple that the frame of the thing expands to."""
        return frozenset((*self.triples, *self.claims, *self.incoming))

    def up_to(self, limit: int | None) -> Description:
        """Return the first so many triples: what is said of the thing itself before anything else."""
        if limit is None:
            return self
        own = {quad for quad in self.triples if quad.subject == self.root}
        order = [
            *sorted(own, key=str),
            *sorted(self.claims, key=str),
            *sorted(self.incoming, key=str),
        ]
        # What is said of other things only where the way to them is kept too.
        kept = set([*order, *sorted(self.triples - own, key=str)][:limit])
        return Description(
            self.root,
            self.triples & kept,
            [quad for quad in self.claims if quad in kept],
            [quad for quad in self.incoming if quad in kept],
        )


def describe(store: Quads, root: ox.NamedNode, context: Context) -> Description:
    """Return the description of a node of the default graph; see the module for what it holds."""
    found = Description(root)
    whole = {root}
    links = [q for q in _to(store, root) if q.predicate.value in context.reverse]
    claims = {q.subject for q in links if _is_claim(store, q.subject)}
    found.claims = [q for q in links if q.subject in claims]
    if _is_claim(store, root):
        claims.add(root)
    for claim in claims:
        of_claim = [q for q in _said(store, claim, context) if q.predicate != _INVOLVES]
        found.triples.update(of_claim)
        whole.update(q.object for q in of_claim if q.predicate.value in _SHOWN_IN_CLAIMS)  # type: ignore[misc]
    for node in whole - claims:
        found.triples.update(_said(store, node, context))
    parts = _kinds_of_involvement(store)
    shown = {*found.triples, *found.claims}
    found.incoming = [
        quad
        for quad in _to(store, root)
        if quad.predicate.value in context.properties
        and not (quad.subject in claims and quad.predicate in parts)
        and quad not in shown
    ]
    for mentioned in _mentioned(found, context) - whole - claims:
        found.triples.update(_named(store, mentioned, context))
    return found


def frame_document(found: Description, context: Context) -> bytes:
    """Return a description as JSON, its context in front."""
    return document(_tree(found, context), context)


def linked_document(found: Description, rest: Iterable[ox.Quad], context: Context) -> bytes:
    """Return a description as JSON, the tree of the thing first, then nodes with what has no place in it."""
    by_subject: dict[object, list[ox.Quad]] = defaultdict(list)
    for quad in rest:
        by_subject[quad.subject].append(quad)
    nodes = [node_object(node, by_subject[node], context) for node in sorted(by_subject, key=str)]
    return document({"@graph": [_tree(found, context), *nodes]}, context)


def _tree(found: Description, context: Context) -> Node:
    by_subject: dict[object, list[ox.Quad]] = defaultdict(list)
    for quad in found.triples:
        by_subject[quad.subject].append(quad)

    def tree(node: object, above: frozenset[object]) -> Node:
        def embed(value: object) -> Node | None:
            if value in above:
                return {"id": identifier(value)}
            return tree(value, above | {node}) if value in by_subject else None

        above |= {node}
        return node_object(node, by_subject[node], context, embed)

    root = tree(found.root, frozenset())
    above = frozenset({found.root})
    claims: dict[str, list[Node]] = {}
    for quad in sorted(found.claims, key=str):
        key = context.reverse[quad.predicate.value].key
        claims.setdefault(key, []).append(tree(quad.subject, above))
    backwards: dict[str, list[Node]] = {}
    for quad in sorted(found.incoming, key=str):
        key = context.term(quad.predicate.value).key
        backwards.setdefault(key, []).append(tree(quad.subject, above))
    # In this order: where `@reverse` stands after keys that read backwards, Jena 5.2 reads nothing at all.
    leading = {"@reverse": dict(sorted(backwards.items()))} if backwards else {}
    return root | leading | dict(sorted(claims.items()))


def _said(store: Quads, node: object, context: Context) -> Iterator[ox.Quad]:
    """Yield what is said of a node with a key, of its classes only those that no other one implies."""
    if not isinstance(node, ox.NamedNode | ox.BlankNode):
        return
    quads = list(store.quads_for_pattern(node, None, None, _DEFAULT))
    types = {q.object for q in quads if q.predicate == _A}
    for quad in quads:
        if quad.predicate == _A:
            known = identifier(quad.object) in context.classes
            if known and not any(_is_below(store, other, quad.object) for other in types):
                yield quad
        elif quad.predicate.value in context.properties:
            yield quad


def _named(store: Quads, node: object, context: Context) -> Iterator[ox.Quad]:
    return (q for q in _said(store, node, context) if q.predicate in (_A, _NAME))


def _mentioned(found: Description, context: Context) -> set[object]:
    """Return what the triples lead to and will be shown as more than a word."""
    nodes: set[object] = {q.subject for q in found.incoming}
    types: dict[object, set[str]] = defaultdict(set)
    for quad in found.triples:
        if quad.predicate == _A:
            types[quad.subject].add(identifier(quad.object))
    for quad in found.triples:
        if quad.predicate == _A or isinstance(quad.object, ox.Literal):
            continue
        term = context.term(quad.predicate.value, frozenset(types[quad.subject]))
        if term.kind != "@vocab":
            nodes.add(quad.object)
    return nodes


def _to(store: Quads, node: ox.NamedNode) -> list[ox.Quad]:
    return list(store.quads_for_pattern(None, None, node, _DEFAULT))


def _is_claim(store: Quads, node: object) -> bool:
    return isinstance(node, ox.NamedNode) and ox.Quad(node, _A, _CLAIM) in store


def _is_below(store: Quads, cls: object, above: object) -> bool:
    return (
        cls != above
        and isinstance(cls, ox.NamedNode)
        and isinstance(above, ox.NamedNode)
        and ox.Quad(cls, _SUBCLASS, above) in store
    )


def _kinds_of_involvement(store: Quads) -> set[object]:
    below = store.quads_for_pattern(None, _SUBPROPERTY, _INVOLVES, _DEFAULT)
    return {_INVOLVES, *(quad.subject for quad in below)}
