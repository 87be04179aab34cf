"""Why something is known: from a fact or a claim to the passages, and to what agrees or differs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import pyoxigraph as ox

from bri_kg.answers.comparisons import read_together
from bri_kg.answers.derivations import Derivation, derive
from bri_kg.answers.model import (
    Claim,
    Comparison,
    Explanation,
    Fact,
    Outranking,
    Reference,
    Step,
)
from bri_kg.answers.scope import Ground, Names, Triple, iri, names_of


def explain_claim(ground: Ground, claim: ox.NamedNode) -> Explanation:
    """Return the explanation of one claim: its passages, and what it is held against."""
    return _explained(ground, (_Asked(None, (claim.value,)),))[0]


def explain_fact(ground: Ground, fact: ox.Triple) -> Explanation:
    """Return the explanation of a fact: its claims or references, or else how it was inferred."""
    origins = _Origins(ground, {}, {})
    if origins.is_stated(fact):
        return _explained(ground, (_Asked(fact, origins.claims(fact), _silent(ground, fact)),))[0]
    rules = ground.resources.query_files("explain/rules")
    steps = derive(fact, ground.store, rules, origins.is_stated)
    premises = dict.fromkeys(p for step in steps for p in step.premises if origins.is_stated(p))
    explained = _explained(ground, tuple(_Asked(p, origins.claims(p)) for p in premises))
    names = _names_in(ground, (fact, *(t for s in steps for t in (s.fact, s.axiom, *s.premises))))
    bare = _bare(_fact(names, fact))
    return replace(bare, steps=tuple(_step(names, s) for s in steps), premises=explained)


def references_of(ground: Ground, subjects: Iterable[str]) -> dict[str, tuple[Reference, ...]]:
    """Return where the identity data of each subject comes from, by label."""
    rows = tuple(ground.select_each("references", "subject", subjects))
    names = names_of(ground, (row["reference"] for row in rows))
    found: dict[str, dict[str, Reference]] = {}
    for row in rows:
        named = names.named(iri(row["reference"]))
        page = None if row["page"] is None else iri(row["page"])
        of = found.setdefault(iri(row["subject"]), {})
        of.setdefault(named.iri, Reference(named.iri, named.label, named.lang, page))
    return {
        subject: tuple(sorted(of.values(), key=lambda r: (r.label or "", r.iri)))
        for subject, of in found.items()
    }


@dataclass(frozen=True)
class _Origins:
    """Where facts of one call come from; each is looked up once."""

    ground: Ground
    found: dict[ox.Triple, tuple[str, ...]]
    stated: dict[ox.Triple, bool]

    def claims(self, fact: ox.Triple) -> tuple[str, ...]:
        """Return the claims that a fact follows from."""
        if fact not in self.found:
            self.found[fact] = _ask(self.ground, "claims-of-fact", fact)
        return self.found[fact]

    def is_stated(self, fact: ox.Triple) -> bool:
        """Return whether a claim or a file says it, and not only the closure."""
        if fact not in self.stated:
            quad = ox.Quad(fact.subject, fact.predicate, fact.object)
            self.stated[fact] = bool(self.claims(fact)) or quad in self.ground.stated.quads
        return self.stated[fact]


@dataclass(frozen=True)
class _Asked:
    """A stated fact, or None where a claim was asked for, with its claims and those that are silent."""

    fact: ox.Triple | None
    claims: tuple[str, ...]
    silent: tuple[str, ...] = ()


def _explained(ground: Ground, asked: tuple[_Asked, ...]) -> tuple[Explanation, ...]:
    """Return one explanation each, with everything read at once."""
    said = {claim for one in asked for claim in one.claims}
    held = {
        iri(row["comparison"]) for row in ground.select_each("comparisons-of-claims", "claim", said)
    }
    outranking = _outranks(ground, said)
    wanted = {*said, *(c for one in asked for c in one.silent), *(c for p in outranking for c in p)}
    claims, compared = read_together(ground, wanted, held)
    facts = [one.fact for one in asked if one.fact is not None]
    names = _names_in(ground, facts)
    unclaimed = (one.fact.subject for one in asked if one.fact is not None and not one.claims)
    references = references_of(ground, (s.value for s in unclaimed if isinstance(s, ox.NamedNode)))
    return tuple(
        _explanation(one, claims, compared.values(), outranking, names, references) for one in asked
    )


def _explanation(
    asked: _Asked,
    claims: dict[str, Claim],
    compared: Iterable[Comparison],
    outranking: Iterable[tuple[str, str]],
    names: Names,
    references: dict[str, tuple[Reference, ...]],
) -> Explanation:
    own = set(asked.claims)
    about = [one for one in compared if any(claim.iri in own for claim in one.claims)]
    pairs = (pair for pair in outranking if own & set(pair) and set(pair) <= set(claims))
    fact = None if asked.fact is None else _fact(names, asked.fact)
    return replace(
        _bare(fact),
        said_by=tuple(claims[claim] for claim in asked.claims if claim in claims),
        agrees=_of_stance(about, "agrees"),
        differs=_of_stance(about, "contradicts") + _of_stance(about, "differs"),
        related=_of_stance(about, "related"),
        on_fact=() if fact is None else tuple(one.iri for one in about if is_on(fact, one)),
        outranking=tuple(
            Outranking(claims[winner], claims[loser], claims[winner].reason)
            for winner, loser in pairs
        ),
        silent=tuple(claims[c] for c in asked.silent if c in claims and claims[c].live),
        references=references.get(fact.subject.iri, ()) if fact and not own else (),
    )


def _bare(fact: Fact | None) -> Explanation:
    return Explanation(fact, (), (), (), (), (), (), (), (), (), ())


def _outranks(ground: Ground, claims: Iterable[str]) -> list[tuple[str, str]]:
    rows = ground.select_each("outranks", "claim", claims)
    return sorted({(iri(row["winner"]), iri(row["loser"])) for row in rows})


def _silent(ground: Ground, fact: ox.Triple) -> tuple[str, ...]:
    return _ask(ground, "silent", fact)


def _ask(ground: Ground, query: str, fact: ox.Triple) -> tuple[str, ...]:
    subject, predicate, value = fact.subject, fact.predicate, fact.object
    # A blank node has no name to ask by, and no claim speaks of one.
    if not isinstance(subject, ox.NamedNode) or not isinstance(value, ox.NamedNode | ox.Literal):
        return ()
    return tuple(ground.column(query, "claim", s=subject, p=predicate, o=value))


def _of_stance(compared: Iterable[Comparison], stance: str) -> tuple[Comparison, ...]:
    return tuple(comparison for comparison in compared if comparison.stance == stance)


def is_on(fact: Fact, comparison: Comparison) -> bool:
    """Return whether a comparison is of what claims say of both ends of a fact."""
    parts = (fact.subject, fact.object)
    return sum(all(map(claim.names, parts)) for claim in comparison.claims) > 1


def _step(names: Names, step: Derivation) -> Step:
    premises = tuple(_fact(names, premise) for premise in step.premises)
    return Step(_fact(names, step.fact), _fact(names, step.axiom), premises)


def _fact(names: Names, fact: ox.Triple) -> Fact:
    return names.fact(_terms(fact))


def _names_in(ground: Ground, facts: Iterable[ox.Triple]) -> Names:
    return names_of(ground, (part for fact in facts for part in _terms(fact)))


def _terms(fact: ox.Triple) -> Triple:
    subject, value = fact.subject, fact.object
    assert not isinstance(subject, ox.Triple) and not isinstance(value, ox.Triple)
    return subject, fact.predicate, value
