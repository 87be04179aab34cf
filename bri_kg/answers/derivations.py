"""Why an inferred triple holds: the axioms and premises that it follows from, found by queries.

Each file of `queries/explain/rules/` is one kind of rule, read backwards: from ?s ?p ?o to the
axiom and the premises. Nothing is inferred anew; every step is looked up in the dataset.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from bri_kg.names import PREFIXES
from bri_kg.rdf.text_files import read_text
from bri_kg.stores.selecting import Guarded

_TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")
_AXIOM = ("axiomS", "axiomP", "axiomO")
_PREMISE = ("premiseS", "premiseP", "premiseO")


@dataclass(frozen=True)
class Derivation:
    """One step: a fact follows from an axiom and one or more premises."""

    fact: ox.Triple
    axiom: ox.Triple
    premises: tuple[ox.Triple, ...]


def derive(
    fact: ox.Triple, store: Guarded, rules: Iterable[Path], is_stated: Callable[[ox.Triple], bool]
) -> tuple[Derivation, ...]:
    """Return the steps that lead to `fact`, the last one first; none when no rule explains it.

    Every step that rests on stated premises alone is given (for a type, those from a class where
    there are any). Where there is none, one that rests on inferred premises is given, followed by
    theirs. `is_stated` tells stated triples from inferred ones.
    """
    read = tuple((path, read_text(path, "a rule")) for path in rules)
    return _proof(fact, store, read, is_stated, frozenset()) or ()


def _proof(
    fact: ox.Triple,
    store: Guarded,
    rules: tuple[tuple[Path, str], ...],
    is_stated: Callable[[ox.Triple], bool],
    pending: frozenset[ox.Triple],
) -> tuple[Derivation, ...] | None:
    # An axiom that was itself inferred would leave out steps that the asserted ones show.
    steps = [s for s in _steps(fact, store, rules) if _is_asserted(s.axiom, is_stated)]
    stated = tuple(s for s in steps if all(map(is_stated, s.premises)))
    if stated:
        return tuple(s for s in stated if _names_class(s)) or stated
    waiting = pending | {fact}
    for step in sorted(
        steps, key=lambda s: (sum(not is_stated(p) for p in s.premises), not _names_class(s))
    ):
        open_premises = [p for p in step.premises if not is_stated(p)]
        if waiting.isdisjoint(open_premises):
            proofs = [_proof(p, store, rules, is_stated, waiting) for p in open_premises]
            found = [proof for proof in proofs if proof is not None]
            if len(found) == len(proofs):
                return (step, *dict.fromkeys(s for proof in found for s in proof))
    return None


def _steps(
    fact: ox.Triple, store: Guarded, rules: tuple[tuple[Path, str], ...]
) -> Iterator[Derivation]:
    if not isinstance(fact.subject, ox.NamedNode) or not isinstance(
        fact.object, ox.NamedNode | ox.Literal
    ):
        return
    values = {"s": fact.subject, "p": fact.predicate, "o": fact.object}
    for path, rule in rules:
        found: dict[tuple[ox.Triple, object], list[ox.Triple]] = {}
        for row in store.select(rule, values, file=str(path)):
            # The rows of one derivation share the axiom, and the node between where there is one.
            premise = _triple(row, _PREMISE)
            key = (_triple(row, _AXIOM), row.get("via") or premise)
            found.setdefault(key, []).append(premise)
        for (axiom, _), premises in found.items():
            yield Derivation(fact, axiom, tuple(premises))


def _names_class(step: Derivation) -> bool:
    # That a thing is of a subclass says more than the domain or range of all its properties.
    return any(premise.predicate == _TYPE for premise in step.premises)


def _is_asserted(axiom: ox.Triple, is_stated: Callable[[ox.Triple], bool]) -> bool:
    # The closure makes no lists, so an axiom with one (a property chain) is an author's.
    return isinstance(axiom.object, ox.BlankNode) or is_stated(axiom)


def _triple(row: object, names: tuple[str, str, str]) -> ox.Triple:
    return ox.Triple(*(row[name] for name in names))  # type: ignore[index]
