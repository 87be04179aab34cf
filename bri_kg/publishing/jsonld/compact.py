"""Quads as plain JSON under a context: JSON-LD 1.1 compaction for the contexts that this package writes.

The same quads give the same bytes, and expansion by any processor of JSON-LD 1.1 gives the same quads.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

import pyoxigraph as ox

from bri_kg.publishing.jsonld.definitions import TYPE, Context, Term, by_iri, identifier

Node = dict[str, Any]
# What a link leads to: a tree under it, or None for the link alone.
Embed = Callable[[object], "Node | None"]

_FIRST = ("id", "type", "name")


def dataset_document(quads: Iterable[ox.Quad], context: Context) -> bytes:
    """Return the quads as a document with a flat list of nodes, the named graphs after the default one."""
    graphs: dict[str, dict[object, list[ox.Quad]]] = defaultdict(lambda: defaultdict(list))
    for quad in quads:
        named = not isinstance(quad.graph_name, ox.DefaultGraph)
        graphs[identifier(quad.graph_name) if named else ""][quad.subject].append(quad)
    listed: list[Node] = []
    for name, nodes in sorted(graphs.items()):
        compacted = [
            node_object(subject, nodes[subject], context) for subject in sorted(nodes, key=str)
        ]
        listed += [{"id": name, "@graph": compacted}] if name else compacted
    return document({"@graph": listed}, context)


def document(content: Node, context: Context) -> bytes:
    """Return JSON text, UTF-8, a line a value; in front, of the context, what the content needs.

    The context stands in the document, so that nobody has to fetch it.
    """
    needed = _words(content)
    used = {
        key: definition
        for key, definition in context.definitions.items()
        if key in needed or key.startswith("@")
    }
    whole = {"@context": used, **content}
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()


def _words(content: object) -> set[str]:
    """Return the keys and classes that stand anywhere in the content."""
    found: set[str] = set()
    waiting = [content]
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict):
            found.update(item, item.get("type", ()))
            waiting += item.values()
        elif isinstance(item, list):
            waiting += item
    return found


def node_object(
    subject: object, triples: Iterable[ox.Quad], context: Context, embed: Embed | None = None
) -> Node:
    """Return a node with its triples; `embed` gives the tree of what a link leads to, if any."""
    types: list[str] = []
    values: dict[str, list[object]] = defaultdict(list)
    for triple in triples:
        if triple.predicate.value == TYPE and not isinstance(triple.object, ox.Literal):
            types.append(identifier(triple.object))
        else:
            values[triple.predicate.value].append(triple.object)
    node: Node = {"id": identifier(subject)}
    if types:
        # rdflib looks at the first class only when it looks for what keys mean there.
        types.sort(key=lambda iri: (not context.has_scope(iri), context.classes.get(iri, iri)))
        node["type"] = [context.classes.get(iri, iri) for iri in types]
    for predicate, objects in values.items():
        term = context.term(predicate, frozenset(types))
        objects.sort(key=str)
        held = [value for value in objects if term.holds(value)]
        if held:
            node[term.key] = _values(term, held, context, embed)
        if len(held) < len(objects):
            whole = by_iri(predicate)
            rest = [value for value in objects if not term.holds(value)]
            node[predicate] = _values(whole, rest, context, embed)
    return in_reading_order(node)


def in_reading_order(node: Node) -> Node:
    """Return the node with what it is and is called in front, the rest by key."""
    first = {key: node[key] for key in _FIRST if key in node}
    return first | {key: node[key] for key in sorted(node.keys() - first.keys())}


def _values(term: Term, values: list[object], context: Context, embed: Embed | None) -> Any:
    if term.by_language:
        return _by_language(term, values)
    made = [
        (embed(value) if embed and term.kind != "@vocab" else None) or context.value(term, value)
        for value in values
    ]
    return made if "@set" in term.containers or len(made) > 1 else made[0]


def _by_language(term: Term, values: list[object]) -> dict[str, Any]:
    found: dict[str, list[str]] = defaultdict(list)
    for value in values:
        if isinstance(value, ox.Literal):
            found[value.language or "@none"].append(value.value)
    several = "@set" in term.containers
    return {
        language: texts if several or len(texts) > 1 else texts[0]
        for language, texts in sorted(found.items())
    }
