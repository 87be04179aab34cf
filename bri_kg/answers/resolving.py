"""What a person calls a thing, and the node that it is: IRIs, prefixed names, names, terms by local name."""

from __future__ import annotations

import re
import warnings
from itertools import islice
from typing import Final

import pyoxigraph as ox

from bri_kg.answers.node_lookups import linked
from bri_kg.errors import OtherNameWarning, UsageError
from bri_kg.names import BASE, PREFIXES, expand, is_named_here, nearest, shorten, source_iri, spaces
from bri_kg.stores.selecting import Guarded

_NAMES: Final = """SELECT DISTINCT ?node ?name WHERE {
  VALUES ?naming { skos:prefLabel skos:altLabel bri:knownAs rdfs:label }
  %s?node ?naming ?name FILTER (isIRI(?node) && isLiteral(?name)) }"""
_NAMED: Final = """SELECT DISTINCT ?node WHERE {{
  VALUES ?name {{ {names} }} VALUES ?naming {{ {namings} }}
  ?node ?naming ?name FILTER (isIRI(?node)) }}"""
_TERMS: Final = """SELECT DISTINCT ?term WHERE {
  VALUES ?kind { owl:Class owl:ObjectProperty owl:DatatypeProperty owl:AnnotationProperty
                 rdfs:Class rdf:Property }
  ?term a ?kind FILTER (isIRI(?term) && STRENDS(STR(?term), ?local)) }"""
_NAMINGS: Final = tuple(
    ox.NamedNode(PREFIXES[prefix] + name)
    for prefix, name in (
        ("skos", "prefLabel"), ("skos", "altLabel"), ("bri", "knownAs"), ("rdfs", "label"),
    )
)  # fmt: skip
# A name in one of these is found without reading the others: a store may hold a million.
_LANGUAGES: Final = ("en", "zh", "ar", "es", "fr", "ru")
# Names; among more, looking for one in other capitals, or for a near one, takes longer than the answer.
_MANY: Final = 20_000
_FEW: Final = 4
_LOCAL_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.\-]*")
_WORDS = re.compile(r"\w+(?: \w+)+")  # what a shell takes as it is
_SCHEME = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.\-]*://|urn:)")
_PRINTED: Final = re.compile(
    "\uff5e|\u2026\u2026"
)  # how faces print where an object stands within a wording
_TYPE: Final = ox.NamedNode(PREFIXES["rdf"] + "type")


class Naming:
    """The names in a store. `own` says that it holds our graph, whose nodes stand under our base."""

    def __init__(self, store: Guarded, *, own: bool) -> None:
        self._store = store
        self._own = own

    def resolve(self, text: str, cls: str | None = None) -> ox.NamedNode:
        """Return the node for an IRI, a prefixed name, a name or alias, the local name of a term or source.

        A name counts in any language; where none is written so, one with other capitals, or the one
        that is the same but for a plural, of which it warns. With
        `cls`, the node must be an instance of that class. Raises UsageError: no IRI or unknown
        (BRI120, with the nearest name), ambiguous (BRI121, listed), of another class (BRI122).
        """
        iri = _iri(text)
        node = self._known(iri, text, cls) if iri else self._named(text, cls)
        if cls and not self._is_a(node, cls):
            raise UsageError(
                code="BRI122",
                message=f"{shorten(node.value)} is no {shorten(cls)}",
                fix=self._of_class_beside(node, cls),
            )
        return node

    def _of_class_beside(self, node: ox.NamedNode, cls: str) -> str:
        """Return which of a class stand in a fact with a node, as sources with their publisher; else what to name."""
        beside = [one for one in linked(self._store.quads, node.value) if self._is_a_node(one, cls)]
        if 0 < len(beside) <= _FEW:
            return f"did you mean {', '.join(map(shorten, beside))}?"
        return f"name an instance of {shorten(cls)}"

    def _is_a_node(self, node: str, cls: str) -> bool:
        return self._is_a(ox.NamedNode(node), cls)

    def _known(self, iri: str, text: str, cls: str | None) -> ox.NamedNode:
        try:
            node = ox.NamedNode(iri)
        except ValueError:
            raise UsageError(
                code="BRI120",
                message=f"{text!r} is no IRI",
                fix="write an IRI, a prefixed name or a name",
            ) from None
        # What a citation calls a source of a collection, such as lab:minutes.
        for found in (node, ox.NamedNode(source_iri(text)) if expand(text) else node):
            if self._has(found, None) or self._has(None, found):
                return found
        near = self.nearest_to(iri, cls)
        raise UsageError(
            code="BRI120",
            message=f"the graph does not know {text!r}",
            fix=f"did you mean {near}?"
            if near
            else "give an IRI, a prefixed name or the exact name of something in the graph",
        )

    def _named(self, text: str, cls: str | None) -> ox.NamedNode:
        found = self._exactly(text) or self._our_term(text) or self._our_source(text)
        names: dict[str, set[str]] | None = None
        if not found:
            names = self._names(None)
            found = (names or {}).get(text) or _in_other_capitals(text, names or {})
            found = found or self._terms(text) or _up_to_plural(text, names or {})
        # A name that stands for a thing and, say, for a concept is no puzzle where a class is asked.
        fitting = {n for n in found if cls is None or self._is_a(ox.NamedNode(n), cls)} or found
        if len(fitting) == 1:
            return ox.NamedNode(next(iter(fitting)))
        if fitting:
            raise UsageError(
                code="BRI121",
                message=f"{text!r} is the name of several things",
                why=", ".join(sorted(shorten(n) for n in fitting)),
                fix="give one of these instead",
            )
        near = nearest(text, (self._names(cls) if cls else names) or (), at_least=0.5)
        raise UsageError(
            code="BRI120",
            message=f"the graph does not know {text!r}",
            why=f"the store has more than {_MANY} names, so that only exact ones are looked for"
            if names is None
            else None,
            fix=_fix(text, near),
        )

    def _exactly(self, text: str) -> set[str]:
        text = _PRINTED.sub("\u2026", text)
        try:
            wanted = [ox.Literal(text), *(ox.Literal(text, language=tag) for tag in _LANGUAGES)]
        except ValueError:  # a lone surrogate, which is no character
            return set()
        if self._store.kind:  # at an address, where each look-up is a request
            names, namings = (" ".join(map(str, terms)) for terms in (wanted, _NAMINGS))
            query = _NAMED.format(names=names, namings=namings)
            nodes = {str(row.value("node")) for row in self._store.select(query)}
            return {node for node in nodes if self._counts(node)}
        return {
            quad.subject.value
            for naming in _NAMINGS
            for name in wanted
            for quad in self._store.quads.quads_for_pattern(None, naming, name)
            if isinstance(quad.subject, ox.NamedNode) and self._counts(quad.subject.value)
        }

    def _our_term(self, text: str) -> set[str]:
        terms = [space + text for space in spaces("ontology#")] if _is_local_name(text) else []
        return {iri for iri in terms if self._has(ox.NamedNode(iri), None)}

    def _our_source(self, text: str) -> set[str]:
        """Return the source that citations call so."""
        sources = [space + text for space in spaces("source/")] if _is_local_name(text) else []
        return {iri for iri in sources if self._has(ox.NamedNode(iri), None)}

    def _terms(self, text: str) -> set[str]:
        """Return the terms with this local name that a store of the user's declares."""
        if self._own or not _is_local_name(text):
            return set()
        rows = self._store.select(_TERMS, {"local": ox.Literal(text)})
        terms = (str(row.value("term")) for row in rows)
        return {iri for iri in terms if iri.removesuffix(text).endswith(("#", "/"))}

    def _names(self, cls: str | None) -> dict[str, set[str]] | None:
        """Return the nodes by name, of a class where one is given; None where there are too many."""
        query = _NAMES % (f"?node a <{cls}> . " if cls else "")
        rows = self._store.select(query, limit=_MANY)
        if rows.truncated:
            return None
        names: dict[str, set[str]] = {}
        for row in rows:
            node = str(row.value("node"))
            if self._counts(node):
                names.setdefault(str(row.value("name")), set()).add(node)
        return names

    def nearest_to(self, iri: str, cls: str | None = None) -> str | None:
        """Return the short name of the thing whose IRI is spelt most like one that nothing is known of."""
        return nearest(shorten(iri), self._near_to(iri, cls))

    def _near_to(self, iri: str, cls: str | None) -> set[str]:
        """Return short names of things that this one may be meant for: of its namespace, else any."""
        typed = self._store.quads.quads_for_pattern(None, _TYPE, ox.NamedNode(cls) if cls else None)
        seen = [
            q.subject.value for q in islice(typed, _MANY + 1) if isinstance(q.subject, ox.NamedNode)
        ]
        if len(seen) > _MANY:
            return set()
        namespace = re.sub(r"[^#/]*$", "", iri)
        beside = {node for node in seen if node.startswith(namespace)}
        return {shorten(node) for node in beside or seen}

    def _counts(self, node: str) -> bool:
        return not self._own or is_named_here(node)

    def _has(self, subject: ox.NamedNode | None, value: ox.NamedNode | None) -> bool:
        found = self._store.quads.quads_for_pattern(subject, None, value, ox.DefaultGraph())
        return next(found, None) is not None

    def _is_a(self, node: ox.NamedNode, cls: str) -> bool:
        return ox.Quad(node, _TYPE, ox.NamedNode(cls)) in self._store.quads


def _fix(text: str, near: str | None) -> str:
    """Return what may be meant, and for words of a name the command that looks for them."""
    is_words = _WORDS.fullmatch(text) is not None
    if near and is_words:
        return f"did you mean {near!r}? Else: `bri-kg search {text}`"
    if near:
        return f"did you mean {near!r}?"
    if is_words:
        return (
            f"give an IRI under {BASE}, a prefixed name or an exact name; "
            f"`bri-kg search {text}` looks for its words"
        )
    return f"give an IRI under {BASE}, a prefixed name or an exact name"


def _iri(text: str) -> str | None:
    bracketed = text.startswith("<") and text.endswith(">")
    given = text[1:-1] if bracketed else text
    return expand(given) or (given if bracketed or _SCHEME.match(given) else None)


def _is_local_name(text: str) -> bool:
    return _LOCAL_NAME.fullmatch(text) is not None


def _up_to_plural(text: str, names: dict[str, set[str]]) -> set[str]:
    """Return the node whose name is the same words up to singular and plural, where it is one; it is warned of."""
    wanted = _in_singular(text)
    near = {name: nodes for name, nodes in names.items() if _in_singular(name) == wanted}
    nodes = {node for each in near.values() for node in each}
    if not wanted or len(nodes) != 1:
        return set()
    taken = min(near, key=lambda name: (len(name), name))
    warnings.warn(OtherNameWarning(f"{text!r} is taken as {taken!r}"), stacklevel=2)
    return nodes


def _in_singular(text: str) -> tuple[str, ...]:
    # Patterns of all that Chinese is written in; few names are looked for so.
    from bri_kg.answers.word_matching import words_of
    from bri_kg.texts.spellings import singular

    return tuple(singular(word.joined) for word in words_of(text))


def _in_other_capitals(text: str, names: dict[str, set[str]]) -> set[str]:
    folded = text.casefold()
    return {n for name, nodes in names.items() if name.casefold() == folded for n in nodes}
