"""What the real graph is like, measured when asked: every node of graph/ as a template to grow from.

Nothing here is a number typed by hand. A generated graph is made of worlds; each is drawn from these
templates, so that its proportions are those of the graph as it stands today.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

import pyoxigraph as ox

from bri_kg.dataset.resources import Resources
from bri_kg.names import BASE, BRI, CLAIM, PREFIXES, QUANTITY, SOURCE, TIME, VOCABULARY
from bri_kg.rdf.parsing import read_rdf

TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")
COMPARISON = PREFIXES["bri-comparison"]
# Countries, regions and references do not multiply with the documents that speak of them.
_SHARED = (PREFIXES["bri-place"], PREFIXES["bri-reference"])
# Parts of a claim whose concept may be any other that such claims have.
_EXCHANGEABLE = {
    ("StatementClaim", "theme"),
    ("StatementClaim", "purpose"),
    ("StatementClaim", "challenge"),
    ("ThemeClaim", "theme"),
    ("ClassificationClaim", "kind"),
    ("CooperationClaim", "kind"),
}


@dataclass(frozen=True)
class Templates:
    """The real graph, taken apart."""

    kept: tuple[ox.Quad, ...]
    """Ontology, vocabularies and vague periods, which generated graphs share with the real one."""
    shared: dict[str, tuple[ox.Quad, ...]]
    """Places and references by their IRI: each generated graph has one set of them."""
    grown: dict[str, tuple[ox.Quad, ...]]
    """Everything else by its IRI: each world has its own."""

    @cached_property
    def numbers(self) -> dict[str, int]:
        """A number for every template, counted within its namespace in the order of the IRIs."""
        counts: dict[str, int] = defaultdict(int)
        numbers = {}
        for iri in sorted({*self.shared, *self.grown}):
            if not is_passage(iri):
                namespace = iri.rsplit("/", 1)[0]
                numbers[iri] = counts[namespace]
                counts[namespace] += 1
        return numbers

    @cached_property
    def claims(self) -> dict[str, list[str]]:
        """The claims of each claim class."""
        return self._by_class(CLAIM)

    @cached_property
    def comparisons(self) -> dict[str, frozenset[str]]:
        """The comparisons, each with the claims that it compares."""
        return {
            iri: frozenset(self.values(iri, "compares"))
            for iri in self.grown
            if iri.startswith(COMPARISON)
        }

    @cached_property
    def omissions(self) -> list[str]:
        """The passages that no claim is made of."""
        return [iri for iri in self.grown if is_passage(iri) and self.values(iri, "omissionReason")]

    @cached_property
    def concepts(self) -> dict[tuple[str, str], list[str]]:
        """The concepts that claims of a class have for a property, as often as they have them."""
        found: dict[tuple[str, str], list[str]] = {key: [] for key in _EXCHANGEABLE}
        for name, claims in self.claims.items():
            for claim in claims:
                for quad in self.grown[claim]:
                    key = (name, quad.predicate.value.removeprefix(BRI))
                    if key in found:
                        found[key].append(quad.object.value)  # type: ignore[union-attr]
        return found

    @cached_property
    def bound(self) -> dict[str, frozenset[str]]:
        """Claims that cannot stand without each other: one outranks the other."""
        pairs: dict[str, set[str]] = defaultdict(set)
        for claims in self.claims.values():
            for claim in claims:
                for other in self.values(claim, "outranks"):
                    pairs[claim].add(other)
                    pairs[other].add(claim)
        return {claim: frozenset(others) for claim, others in pairs.items()}

    def class_of(self, iri: str) -> str:
        """The local name of the first class of a template."""
        return next(
            (q.object.value.removeprefix(BRI) for q in self.grown[iri] if q.predicate == TYPE),  # type: ignore[union-attr]
            "",
        )

    def values(self, iri: str, name: str) -> list[str]:
        """The values of a property of ours."""
        return [q.object.value for q in self.grown[iri] if q.predicate.value == BRI + name]  # type: ignore[union-attr]

    def _by_class(self, namespace: str) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for iri in self.grown:
            if iri.startswith(namespace):
                found[self.class_of(iri)].append(iri)
        return dict(found)


def measure(resources: Resources) -> Templates:
    """Take the graph of `resources` apart."""
    kept = [quad for path in resources.ontology_files() for quad in read_rdf(path)]
    by_subject: dict[str, list[ox.Quad]] = defaultdict(list)
    for path in resources.data_files():
        if path.is_relative_to(resources.base.graph):
            for quad in read_rdf(path):
                assert isinstance(quad.subject, ox.NamedNode)
                by_subject[quad.subject.value].append(quad)
    shared, grown = {}, {}
    for iri in sorted(by_subject):
        if iri.startswith(_SHARED):
            shared[iri] = tuple(by_subject[iri])
        elif iri.startswith((TIME, QUANTITY, VOCABULARY)) or not iri.startswith(BASE):
            kept += by_subject[iri]
        else:
            grown[iri] = tuple(by_subject[iri])
    return Templates(tuple(sorted(set(kept), key=str)), shared, grown)


def is_passage(iri: str) -> bool:
    """Whether this is the IRI of a passage."""
    return iri.startswith(SOURCE) and "#" in iri
