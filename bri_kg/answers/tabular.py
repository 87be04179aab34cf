"""Answers as rows: one a passage, with columns that stay the same from version to version."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from bri_kg.answers.model import (
    Candidate,
    Claim,
    Comparison,
    Explanation,
    Fact,
    Passage,
    Source,
    Text,
)
from bri_kg.answers.scope import term
from bri_kg.names import BRI
from bri_kg.rdf.rows import Rows
from bri_kg.rdf.terms import Term

_Row = tuple[Term | None, ...]
# why: evidence, context and rival are claims; axiom and premise say what an inferred triple follows
# from, reference where identity data comes from. The triple is the one that the row speaks for.
_EXPLAINED = (
    "why", "subject", "predicate", "object", "claim", "class", "factuality", "rank", "source", "begin",
    "end", "digest", "passage", "nature", "reason",
)  # fmt: skip
_RIVAL_ORDER = ("subject", "object", "passage")
_COMPARED = (
    "comparison", "label", "nature", "claim", "source", "passage", "inFacts", "reason",
)  # fmt: skip
_CANDIDATES = (
    "candidate", "label", "claim", "source", "passage", "rival", "rivalSource", "rivalPassage",
    "weight",
)  # fmt: skip


def explanation_rows(explanation: Explanation) -> Rows:
    """Return an explanation as rows: claims before what they are compared with, steps in their order."""
    rows = (tuple(cells.get(name) for name in _EXPLAINED) for cells in _explained(explanation))
    return Rows(_EXPLAINED, tuple(rows))


def comparison_rows(comparisons: Iterable[Comparison], nature: str | None = None) -> Rows:
    """Return comparisons as rows, one for each nature (or the one with this IRI), claim and evidence."""
    rows = [
        (
            ox.NamedNode(comparison.iri),
            _literal(comparison.label, comparison.lang),
            ox.NamedNode(given.iri),
            ox.NamedNode(claim.iri),
            _title(passage.source),
            ox.NamedNode(passage.iri),
            ox.Literal("yes" if claim.facts else "no"),
            _text(comparison.reason),
        )
        for comparison in comparisons
        for given in sorted(comparison.natures, key=lambda n: n.iri)
        if nature is None or given.iri == nature
        for claim in comparison.claims
        for passage in _by_iri(claim.evidence)
    ]
    return Rows(_COMPARED, tuple(rows))


def candidate_rows(candidates: Iterable[Candidate]) -> Rows:
    """Return candidates as rows, one for each pair of passages, in their order."""
    rows = [
        (
            ox.Literal(candidate.check),
            ox.Literal(candidate.summary),
            *one,
            *other,
            ox.Literal(candidate.weight),
        )
        for candidate in candidates
        for one in _cited(candidate.claims[0])
        for other in _cited(candidate.claims[1])
    ]
    return Rows(_CANDIDATES, tuple(rows))


def _explained(explanation: Explanation) -> Iterator[dict[str, Term | None]]:
    if not explanation.steps:
        yield from _stated(explanation)
        return
    premises = {premise.fact: premise for premise in explanation.premises}
    for step in explanation.steps:
        yield {"why": ox.Literal("axiom"), **_triple(step.axiom)}
        for fact in step.premises:
            yield {"why": ox.Literal("premise"), **_triple(fact)}
            if premise := premises.pop(fact, None):
                yield from _stated(premise)


def _stated(explanation: Explanation) -> Iterator[dict[str, Term | None]]:
    cited = _triple(explanation.fact) if explanation.fact else {}
    for claim in explanation.said_by:
        for passage in sorted(claim.passages, key=lambda p: (p.role != "evidence", p.iri)):
            yield {**_of_claim(claim, passage), **cited, "why": ox.Literal(passage.role)}
    # Claims of one fact that are compared with each other share their rivals.
    yield from _once(
        cells for claim in explanation.said_by for cells in _rivals(explanation, claim)
    )
    for reference in explanation.references:
        source = _literal(reference.label, reference.lang)
        yield {"why": ox.Literal("reference"), **cited, "source": source}


def _once(rows: Iterable[dict[str, Term | None]]) -> Iterator[dict[str, Term | None]]:
    yield from {tuple(cells.items()): cells for cells in rows}.values()


def _rivals(explanation: Explanation, claim: Claim) -> list[dict[str, Term | None]]:
    """Return the rows of what a claim is held against, silences or is silenced by."""
    compared = (*explanation.differs, *explanation.agrees, *explanation.related)
    held = [
        (comparison.iri, "compares", rival.iri, rival, _natures(comparison), comparison.reason)
        for comparison in compared
        if claim in comparison.claims
        for rival in comparison.claims
        if rival != claim
    ]
    silenced = [
        (o.winner.iri, "outranks", o.loser.iri, rival, None, o.reason)
        for o in explanation.outranking
        if claim in (o.winner, o.loser)
        for rival in (o.winner, o.loser)
        if rival != claim
    ]
    rows = [
        {
            **_of_claim(rival, passage),
            "why": ox.Literal("rival"),
            "subject": ox.NamedNode(subject),
            "predicate": ox.NamedNode(BRI + predicate),
            "object": ox.NamedNode(value),
            "nature": natures,
            "reason": _text(reason),
        }
        for subject, predicate, value, rival, natures, reason in (*held, *silenced)
        for passage in rival.evidence
    ]
    return sorted(rows, key=lambda cells: [_value(cells[name]) for name in _RIVAL_ORDER])


def _value(cell: Term | None) -> str:
    return "" if cell is None else cell.value


def _natures(comparison: Comparison) -> ox.Literal:
    return ox.Literal(
        ", ".join(sorted(nature.label or nature.iri for nature in comparison.natures))
    )


def _of_claim(claim: Claim, passage: Passage) -> dict[str, Term | None]:
    return {
        "claim": ox.NamedNode(claim.iri),
        "class": term(claim.cls),
        "factuality": term(claim.factuality),
        "rank": term(claim.rank),
        "source": _title(passage.source),
        "begin": ox.Literal(passage.begin),
        "end": ox.Literal(passage.end),
        "digest": ox.Literal(passage.state),
        "passage": ox.NamedNode(passage.iri),
    }


def _cited(claim: Claim) -> list[_Row]:
    return [
        (ox.NamedNode(claim.iri), _title(passage.source), ox.NamedNode(passage.iri))
        for passage in _by_iri(claim.evidence)
    ]


def _by_iri(passages: Iterable[Passage]) -> list[Passage]:
    return sorted(passages, key=lambda passage: passage.iri)


def _triple(fact: Fact) -> dict[str, Term | None]:
    subject, predicate, value = map(term, (fact.subject, fact.predicate, fact.object))
    return {"subject": subject, "predicate": predicate, "object": value}


def _title(source: Source) -> Term | None:
    return _literal(source.title, source.lang)


def _text(text: Text | None) -> Term | None:
    return None if text is None else term(text)


def _literal(label: str | None, lang: str | None) -> Term | None:
    return None if label is None else term(Text(label, lang))
