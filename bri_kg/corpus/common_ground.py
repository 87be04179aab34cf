"""What every part of a corpus has beside it: ontology and vocabularies, with what follows from them alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

import pyoxigraph as ox

from bri_kg.checking.checks import Check, read_checks
from bri_kg.corpus.coverage_of_axioms import not_covered
from bri_kg.dataset import closure
from bri_kg.dataset.assembly import values_named
from bri_kg.dataset.projection import run_rules
from bri_kg.dataset.resources import Resources
from bri_kg.errors import InputError
from bri_kg.names import PREFIXES
from bri_kg.rdf.parsing import read_rdf, refuse_imports
from bri_kg.reasoner import vocabulary as v
from bri_kg.stores.memory import Store

_TYPE: Final = ox.NamedNode(PREFIXES["rdf"] + "type")
_WORD: Final = {
    name: ox.NamedNode(v.WORDS[number])
    for name, number in (
        ("transitive", v.TRANSITIVE), ("disjoint", v.DISJOINT), ("class", v.SUB_CLASS),
    )
}  # fmt: skip


@dataclass(frozen=True)
class CommonGround:
    """Ontology and vocabularies, the rules, shapes and checks, and what follows from these alone.

    `inferred` and `contradictions` follow without any part, so that no part tells them again.
    """

    resources: Resources
    quads: frozenset[ox.Quad] = frozenset()
    inferred: frozenset[ox.Quad] = frozenset()
    contradictions: frozenset[str] = frozenset()
    transitive: frozenset[ox.NamedNode] = frozenset()
    apart: frozenset[tuple[str, str]] = frozenset()
    above: frozenset[tuple[str, str]] = frozenset()
    shapes: tuple[ox.Quad, ...] = field(default=(), repr=False)
    checks: tuple[Check, ...] = field(default=(), repr=False)
    checks_of_facts: tuple[Check, ...] = field(default=(), repr=False)
    candidates: tuple[Check, ...] = field(default=(), repr=False)

    @cached_property
    def described(self) -> frozenset[object]:
        """What is described in it."""
        return frozenset(quad.subject for quad in self.quads)

    @cached_property
    def values(self) -> frozenset[ox.Quad]:
        """What follows from the names of values that it names."""
        return frozenset(values_named(self.quads))

    @property
    def bare(self) -> CommonGround:
        """The same rules, shapes and checks over nothing: with it, the ground itself is a part."""
        nothing: frozenset[ox.Quad] = frozenset()
        return replace(self, quads=nothing, inferred=nothing, contradictions=frozenset())


def read_ground(resources: Resources, terms: Iterable[ox.Quad] = ()) -> CommonGround:
    """Return the ground of a corpus; `terms` are those that stand among its data.

    Raise InputError for an axiom that no part can see the consequences of, for a check that does not
    say by which key it looks, and for imports that are not there.
    """
    told = (*(q for path in resources.ontology_files() for q in read_rdf(path)), *terms)
    quads = frozenset(ox.Quad(q.subject, q.predicate, q.object) for q in told)
    refuse_imports(quads)
    _refuse_what_is_not_covered(quads)
    inference = closure.infer(quads)
    inferred, _ = closure.useful(quads, inference.inferred)
    types = run_rules(Store(quads), resources.query_files("closure"))
    following = {ox.Quad(t.subject, t.predicate, t.object) for t in inference.inferred}
    axioms = quads | following
    return CommonGround(
        resources,
        quads,
        frozenset({*inferred, *types} - quads),
        frozenset(contradiction.message for contradiction in inference.contradictions),
        frozenset(
            q.subject
            for q in axioms
            if q.predicate == _TYPE
            and q.object == _WORD["transitive"]
            and isinstance(q.subject, ox.NamedNode)
        ),
        frozenset(_pairs(axioms, "disjoint")),
        frozenset(_pairs(axioms, "class")),
        tuple(q for path in resources.shape_files() for q in read_rdf(path)),
        tuple(map(_with_key, read_checks(resources, "claims"))),
        tuple(map(_with_key, read_checks(resources, "facts"))),
        tuple(map(_with_key, read_checks(resources, "candidates"))),
    )


def _pairs(quads: Iterable[ox.Quad], word: str) -> Iterable[tuple[str, str]]:
    return ((str(q.subject), str(q.object)) for q in quads if q.predicate == _WORD[word])


def _with_key(check: Check) -> Check:
    if check.key is None:
        raise InputError(
            code="BRI501",
            file=str(check.file),
            line=1,
            message=f"the check {check.name!r} does not say by which key it looks",
            why="over a corpus it is run part by part, and its key says which parts belong together",
            fix="add `#+ key: node` where it looks at one node with what that names; docs/corpus.md has the others",
        )
    return check


def _refuse_what_is_not_covered(quads: Iterable[ox.Quad]) -> None:
    for quad in sorted(not_covered(quads), key=str):
        raise InputError(
            code="BRI502",
            message=f"a corpus is not closed under this axiom: {quad.triple}",
            why="what follows from it joins facts of several sources in a way that parts do not see",
            fix="leave the axiom out, or build the release without --batch",
        )
