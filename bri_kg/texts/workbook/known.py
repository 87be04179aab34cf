"""Who and what is known, by name and alias, in every layer and on the sheets of the workbook."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from typing import Final

import pyoxigraph as ox

from bri_kg.names import BRI, PREFIXES, expand, shorten
from bri_kg.stores.memory import Store

_NAMES: Final = """SELECT DISTINCT ?node ?name WHERE {
  { ?node skos:prefLabel|skos:altLabel|skos:hiddenLabel ?name }
  UNION { ?claim a bri:NameClaim ; bri:hasSubject ?node ; bri:name ?name }
  FILTER (isIRI(?node) && isLiteral(?name))
  FILTER NOT EXISTS { ?node a owl:Class } FILTER NOT EXISTS { ?node a owl:ObjectProperty }
  FILTER NOT EXISTS { ?node owl:deprecated true }
}"""
_LABELS: Final = "SELECT ?node ?label WHERE { ?node skos:prefLabel ?label }"
# What is retired is described still, and nothing new is put into it.
_CLASSES: Final = (
    "SELECT ?node ?class WHERE { ?node a ?class FILTER NOT EXISTS { ?node owl:deprecated true } }"
)
_ABOVE: Final = (
    "SELECT ?class ?above WHERE { ?class rdfs:subClassOf+ ?above . FILTER (isIRI(?above)) }"
)
_SCHEMES: Final = "SELECT ?node ?scheme WHERE { ?node skos:inScheme ?scheme }"
_NEAR: Final = 0.82
_MISSPELT: Final = 0.75
_WORD: Final = re.compile(r"\w+")
_CONCEPT: Final = PREFIXES["skos"] + "Concept"
_SCHEME: Final = PREFIXES["skos"] + "ConceptScheme"
_THINGS: Final = tuple(BRI + name for name in ("Actor", "Place", "Undertaking", "Source"))


class Known:
    """The names of a graph, and of what the sheets add to it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._by_name: dict[str, set[str]] = defaultdict(set)
        self._by_length: dict[int, list[str]] = defaultdict(list)
        self._labels: dict[str, dict[str, str]] = defaultdict(dict)
        self._classes: dict[str, set[str]] = defaultdict(set)
        self._scheme: dict[str, str] = {}
        self._above: dict[str, set[str]] = defaultdict(set)
        self._kept: dict[tuple[str, frozenset[str]], frozenset[str]] = {}
        for row in store.select(_ABOVE):
            self._above[str(row.value("class"))].add(str(row.value("above")))
        for row in store.select(_CLASSES):
            self._classes[str(row.value("node"))].add(str(row.value("class")))
        for row in store.select(_SCHEMES):
            self._scheme[str(row.value("node"))] = str(row.value("scheme"))
        for row in store.select(_NAMES):
            self._put_name(folded(str(row.value("name"))), str(row.value("node")))
        for row in store.select(_LABELS):
            label = row["label"]
            if isinstance(label, ox.Literal) and label.language:
                self._labels[str(row.value("node"))].setdefault(label.language, label.value)

    def add(
        self,
        iri: str,
        cls: str,
        names: Iterable[str],
        scheme: str | None,
        labels: Mapping[str, str],
    ) -> None:
        """Let what a sheet describes be found; `labels` are its first names by language."""
        self._classes[iri].add(cls)
        self._labels[iri] |= labels
        if scheme:
            self._scheme[iri] = scheme
        for name in names:
            self._put_name(folded(name), iri)
        for (of, wanted), found in self._kept.items():
            own = {scheme} if of == "concepts" else self.classes_of(iri)
            if (of == "concepts" and scheme and not wanted) or not wanted.isdisjoint(own - {None}):
                self._kept[of, wanted] = found | {iri}

    def _put_name(self, name: str, iri: str) -> None:
        if name not in self._by_name:
            self._by_length[len(name)].append(name)
        self._by_name[name].add(iri)

    @property
    def schemes(self) -> frozenset[str]:
        """The schemes of concepts."""
        return self.things(frozenset({_SCHEME}))

    def concepts(self, schemes: frozenset[str]) -> frozenset[str]:
        """Return the concepts of these schemes, or of every one."""
        key = "concepts", schemes
        if key not in self._kept:
            self._kept[key] = frozenset(
                n for n, scheme in self._scheme.items() if not schemes or scheme in schemes
            )
        return self._kept[key]

    def things(self, classes: frozenset[str] = frozenset()) -> frozenset[str]:
        """Return the entities of these classes, or all."""
        wanted = classes or frozenset(_THINGS)
        key = "things", wanted
        if key not in self._kept:
            self._kept[key] = frozenset(
                n for n in self._classes if not wanted.isdisjoint(self.classes_of(n))
            )
        return self._kept[key]

    def classes_of(self, iri: str) -> set[str]:
        """Return the classes of a thing, wider ones included."""
        own = self._classes.get(iri, set())
        return own.union(*(self._above[cls] for cls in own)) if own else set()

    def ancestors(self, cls: str) -> list[str]:
        """Return the classes above one, the nearest first."""
        return sorted(self._above[cls], key=lambda above: -len(self._above[above]))

    def is_described(self, iri: str) -> bool:
        """Return whether anything is known under this IRI."""
        return iri in self._classes

    def label(self, iri: str, lang: str) -> str:
        """Return what a thing is called in a language, else in another, else its prefixed name."""
        labels = self._labels.get(iri, {})
        return labels.get(lang) or next(iter(labels.values()), shorten(iri))

    def labels_of(self, nodes: Iterable[str], lang: str) -> list[str]:
        """Return the labels of nodes in a language, sorted; a label that several have is a prefixed name instead."""
        named: dict[str, list[str]] = defaultdict(list)
        for node in nodes:
            named[self.label(node, lang)].append(node)
        return sorted(
            label if len(own) == 1 else shorten(node)
            for label, own in named.items()
            for node in own
        )

    def find(self, text: str, among: frozenset[str] | None = None) -> frozenset[str]:
        """Return what an IRI, a prefixed name, a name or an alias names, kept to some nodes where that leaves any."""
        iri = expand(text) or text.strip("<>")
        if self.is_described(iri):
            return frozenset({iri})
        found = frozenset(self._by_name.get(folded(text), ()))
        kept = found & among if among is not None else found
        return kept or found

    def near(
        self,
        text: str,
        among: Iterable[str],
        *,
        at_least: float = _NEAR,
        word_by_word: bool = False,
    ) -> list[str]:
        """Return the nodes whose names are spelt most like a text, the nearest first, three at most.

        `word_by_word` leaves out the names of which a word that tells them apart is spelt otherwise.
        """
        wanted, asked = frozenset(among), folded(text)
        best: dict[str, float] = {}
        # The second sequence is the one that is prepared: it stays, and the names come by.
        matcher = SequenceMatcher(None, "", asked, autojunk=False)
        for name in self._as_long_as(len(asked), at_least):
            own = self._by_name[name] & wanted
            if not own or (word_by_word and _are_told_apart(name, asked)):
                continue
            matcher.set_seq1(name)
            if matcher.quick_ratio() >= at_least and (likeness := matcher.ratio()) >= at_least:
                for node in own:
                    best[node] = max(best.get(node, 0.0), likeness)
        return sorted(best, key=lambda node: (-best[node], node))[:3]

    def _as_long_as(self, length: int, at_least: float) -> Iterator[str]:
        """Yield the names whose length alone lets them be so much alike."""
        for other, names in self._by_length.items():
            if 2 * min(length, other) >= at_least * (length + other):
                yield from names

    def said(self, iri: str, query: str) -> tuple[str, str]:
        """Return the English and the Chinese that a query finds for a term; empty where there is none."""
        for row in self._store.select(query, {"term": ox.NamedNode(iri)}):
            return str(row.value("en")), str(row.value("zh"))
        return "", ""

    def names(self) -> Mapping[str, set[str]]:
        """Return every name, folded, with what it names."""
        return self._by_name


def _are_told_apart(one: str, other: str) -> bool:
    """Return whether each name has a word of its own, such as Polish and World, not a misspelling of one."""
    words, others = set(_WORD.findall(one)), set(_WORD.findall(other))
    fewer, more = sorted((words - others, others - words), key=len)
    return any(not any(_is_misspelt(word, those) for those in more) for word in fewer)


def _is_misspelt(word: str, other: str) -> bool:
    if any(c.isdigit() for c in word + other):
        return False
    return SequenceMatcher(None, word, other, autojunk=False).ratio() >= _MISSPELT


def folded(name: str) -> str:
    """Return a name as it is looked up: capitals, widths, accents, quotation marks and spaces do not count."""
    text = unicodedata.normalize("NFKD", name.translate(_MARKS)).casefold()
    text = "".join(c for c in text if not unicodedata.combining(c))
    return re.sub(r"^the ", "", " ".join(text.split()))


_MARKS: Final = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-"}
)
