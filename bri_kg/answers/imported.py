"""What an import adds to what was known, in words: new claims, facts that others state too, pairs to look at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from bri_kg.checking.candidates_of_import import candidates_of
from bri_kg.dataset.assembly import asserted_store
from bri_kg.dataset.projection import project
from bri_kg.dataset.resources import Resources
from bri_kg.names import BRI, PREFIXES, shorten
from bri_kg.rdf.parsing import read_rdf
from bri_kg.stores.memory import Store
from bri_kg.texts.workbook.known import Known

_TYPE: Final = ox.NamedNode(PREFIXES["rdf"] + "type")
_LISTED: Final = 10
_CLAIMS: Final = "SELECT DISTINCT ?claim WHERE { ?claim a/rdfs:subClassOf* bri:Claim }"
_COMPARED: Final = """SELECT DISTINCT ?comparison ?nature ?claim WHERE {
  ?comparison a bri:Comparison ; bri:nature ?nature ; bri:compares ?claim } ORDER BY ?comparison"""
_PROPERTY: Final = (
    "SELECT ?label WHERE { ?term skos:prefLabel ?label . FILTER (LANG(?label) = ?lang) }"
)
Fact = tuple[str, str, str]


def told(resources: Resources, file: Path, quads: Sequence[ox.Quad], lang: str) -> list[str]:
    """Return lines that say what the triples add, in place of those that a file of the collection holds now."""
    store = asserted_store(resources.leaving_out(file), quads)
    own = _subjects(quads)
    claims = {str(row.value("claim")) for row in store.select(_CLAIMS)} & own
    words = _Words(store, lang)
    return [
        *_counted(quads, file, claims),
        *_corroborated(project(store, resources), claims, words),
        *_compared(store, claims, words),
        *_alike(store, resources, quads, claims, lang),
    ]


def _subjects(quads: Iterable[ox.Quad]) -> set[str]:
    return {name for quad in quads if (name := _described(quad))}


def _described(quad: ox.Quad) -> str | None:
    """Return what a triple describes; of a passage only its digest is told."""
    subject = quad.subject
    if not isinstance(subject, ox.NamedNode) or "#char=" in subject.value:
        return None
    return subject.value


def _counted(quads: Sequence[ox.Quad], file: Path, claims: set[str]) -> Iterator[str]:
    """Yield how many are new, and which are changed and gone, against the triples in the file."""
    now, new = _subjects(quads), set(quads)
    before: set[str] = set()
    otherwise: set[str] = set()
    for quad in read_rdf(file) if file.is_file() else ():
        if name := _described(quad):
            before.add(name)
            if quad not in new:
                otherwise.add(name)
            new.discard(quad)
    added = now - before
    changed = (otherwise | _subjects(new)) & now & before
    gone = before - now
    concepts = _of_class(quads, PREFIXES["skos"] + "Concept") & added
    compared = _of_class(quads, BRI + "Comparison") & added
    things = added - claims - concepts - compared
    yield f"adds {len(added & claims)} claims, {len(things)} things and {len(concepts)} concepts"
    if changed:
        yield f"changes {len(changed)}: {_some(changed)}"
    if gone:
        yield f"takes out {len(gone)}: {_some(gone)}"


def _of_class(quads: Iterable[ox.Quad], cls: str) -> set[str]:
    of = _TYPE, ox.NamedNode(cls)
    return _subjects(quad for quad in quads if (quad.predicate, quad.object) == of)


def _some(names: Iterable[str]) -> str:
    listed = sorted(map(shorten, names))
    more = f" … (+{len(listed) - _LISTED})" if len(listed) > _LISTED else ""
    return ", ".join(listed[:_LISTED]) + more


def _corroborated(facts: Iterable[ox.Quad], claims: set[str], words: _Words) -> Iterator[str]:
    """Yield the facts that claims of the workbook state, and others too."""
    stated: dict[Fact, set[str]] = defaultdict(set)
    for quad in facts:
        if isinstance(quad.graph_name, ox.NamedNode) and isinstance(quad.subject, ox.NamedNode):
            fact = quad.subject.value, quad.predicate.value, str(quad.object)
            stated[fact].add(quad.graph_name.value)
    new = {fact for fact, by in stated.items() if by <= claims}
    if new:
        yield f"facts that nobody stated before: {len(new)}"
    shared = sorted(fact for fact, by in stated.items() if by & claims and by - claims)
    for fact in shared[:_LISTED]:
        others = ", ".join(sorted(map(shorten, stated[fact] - claims)))
        yield f"corroborates: {words.stated(fact)} ({others})"
    if len(shared) > _LISTED:
        yield f"corroborates {len(shared) - _LISTED} more facts"


def _compared(store: Store, claims: set[str], words: _Words) -> Iterator[str]:
    """Yield how claims of the workbook stand to others, as its comparisons say."""
    sides: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in store.select(_COMPARED):
        sides[str(row.value("comparison")), str(row.value("nature"))].append(
            str(row.value("claim"))
        )
    for (_, nature), compared in sides.items():
        if claims.intersection(compared):
            yield f"{words.called(nature)}: {_some(compared)}"


def _alike(
    store: Store, resources: Resources, quads: Sequence[ox.Quad], claims: set[str], lang: str
) -> Iterator[str]:
    """Yield how many pairs with claims of others look alike, so that somebody may want to compare them."""
    pairs = {
        frozenset((finding.focus, finding.value))
        for finding in candidates_of(store, resources, quads, claims, lang)
        if (finding.focus in claims) != (finding.value in claims)
    }
    if pairs:
        yield f"{len(pairs)} pairs with claims of other sources look alike: bri-kg conflicts --candidates"


class _Words:
    """What nodes are called in a language."""

    def __init__(self, store: Store, lang: str) -> None:
        self._store, self._lang, self._known = store, lang, Known(store)

    def called(self, iri: str) -> str:
        return self._known.label(iri, self._lang)

    def stated(self, fact: Fact) -> str:
        """Return a fact as words: its parts by their labels."""
        values: dict[str, ox.NamedNode | ox.Literal] = {
            "term": ox.NamedNode(fact[1]),
            "lang": ox.Literal(self._lang),
        }
        rows = self._store.select(_PROPERTY, values)
        relation = next((str(row.value("label")) for row in rows), shorten(fact[1]))
        value = fact[2][1:-1] if fact[2].startswith("<") else ""
        # A Chinese relation has a gap for its object within, so the object stands apart from it.
        between = "：" if self._lang == "zh" else " "
        stated = self.called(value).removeprefix("bri-time:") if value else fact[2]
        return f"{self.called(fact[0])} {relation}{between}{stated}"
