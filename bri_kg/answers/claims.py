"""Claims read from the data, many at once: class, standing, parts, quantities, times, facts, passages."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

import pyoxigraph as ox

from bri_kg.answers.citations import passages_of
from bri_kg.answers.model import Claim, Part, Passage, Quantity, TimeSpan
from bri_kg.answers.phrases import amount, span
from bri_kg.answers.scope import (
    Ground,
    Names,
    Triple,
    in_language,
    iri,
    names_of,
    order,
    statements,
)
from bri_kg.names import BRI, PREFIXES, source_iri
from bri_kg.plain import Several
from bri_kg.rdf.rows import python_value
from bri_kg.rdf.terms import Term
from bri_kg.texts.source_files import source_files
from bri_kg.texts.sources import named_source

_QUANTITY, _TIME = BRI + "hasQuantity", BRI + "hasTime"
_VALUES = (_QUANTITY, _TIME)
_NEGATED = BRI + "negated"
# What has a field of its own, or is generated from the other parts.
_NO_PART = frozenset(
    (
        PREFIXES["rdf"] + "type",
        *_VALUES,
        _NEGATED,
        *(
            BRI + name
            for name in (
                "evidence", "factuality", "hasContext", "involves", "isStatedIn", "isVouchedForBy",
                "leavesOpen", "modality", "openList", "outranks", "rank", "reason", "standing",
                "summary",
            )
        ),
    )
)  # fmt: skip
# Parts in the order in which a sentence would name them; the others follow by IRI.
_ORDER = {BRI + n: i for i, n in enumerate(("hasSubject", "hasAgent", "role", "hasObject"))}
_Said = Mapping[str, list[Term]]


@dataclass(frozen=True)
class _Standing:
    """The class of a claim, whether it is live, and what outranks it."""

    cls: str
    live: bool
    outranked_by: tuple[str, ...]


def choose_claims(
    ground: Ground,
    *,
    thing: ox.NamedNode | None = None,
    source: str | None = None,
    cls: ox.NamedNode | None = None,
    factuality: ox.NamedNode | None = None,
) -> tuple[Claim, ...]:
    """Return the claims that name a thing in any part, of one source, class and factuality, by IRI.

    The source is named by its slug, its file or its IRI.
    """
    of = None if source is None else _source(ground, source)
    given = {"source": of, "class": cls, "factuality": factuality}
    values = {name: node for name, node in given.items() if node is not None}
    chosen = ground.column("claims", "claim", **values)
    if thing is not None:
        naming = {*ground.column("claims-naming", "claim", thing=thing), thing.value}
        chosen = [claim for claim in chosen if claim in naming]
    return Several(read_claims(ground, chosen).values())


def _source(ground: Ground, text: str) -> ox.NamedNode:
    """Return the source with this slug or file name, or what `resolve` makes of an IRI."""
    if ":" in text:
        return ground.resolve(text)
    return ox.NamedNode(source_iri(named_source(source_files(ground.store), text).slug))


def read_claims(ground: Ground, claims: Iterable[str]) -> dict[str, Claim]:
    """Return the claims with these IRIs, by IRI; what is no claim is left out."""
    wanted = sorted(set(claims))
    if ground.kept is None or ground.texts is not None:
        return _read(ground, wanted)
    return ground.kept.claims(ground.lang, wanted, partial(_read, ground))


def _read(ground: Ground, wanted: Collection[str]) -> dict[str, Claim]:
    if not wanted:
        return {}
    standing = _standing(ground, wanted)
    said = statements(ground, standing)
    facts = _facts(ground, standing)
    passages = passages_of(ground, standing)
    values = {
        iri(value)
        for parts in said.values()
        for prop in _VALUES
        for value in parts.get(prop, ())
        if isinstance(value, ox.NamedNode)
    }
    of_values = statements(ground, values)
    names = names_of(ground, _nodes(standing, said, facts, of_values))
    return {
        claim: _claim(
            claim, found, said[claim], facts.get(claim, []), passages.get(claim, ()), of_values,
            names, ground.lang,
        )
        for claim, found in standing.items()
    }  # fmt: skip


def _standing(ground: Ground, claims: Iterable[str]) -> dict[str, _Standing]:
    rows: dict[str, list[tuple[str, bool, str | None]]] = {}
    for row in ground.select_each("standing", "claim", claims):
        by = row["outrankedBy"]
        rows.setdefault(iri(row["claim"]), []).append(
            (iri(row["class"]), row.value("live") is True, None if by is None else iri(by))
        )
    return {
        claim: _Standing(
            min(cls for cls, _, _ in found),
            all(live for _, live, _ in found),
            tuple(sorted({by for _, _, by in found if by is not None})),
        )
        for claim, found in sorted(rows.items())
    }


def _facts(ground: Ground, claims: Iterable[str]) -> dict[str, list[Triple]]:
    found: dict[str, list[Triple]] = {}
    for row in ground.select_each("facts-of-claims", "claim", claims):
        subject, predicate, value = row["s"], row["p"], row["o"]
        assert subject and predicate and value
        found.setdefault(iri(row["claim"]), []).append((subject, predicate, value))
    for triples in found.values():
        triples.sort(key=lambda triple: [order(part) for part in triple])
    return found


def _nodes(
    standing: Mapping[str, _Standing],
    said: Mapping[str, _Said],
    facts: Mapping[str, list[Triple]],
    values: Mapping[str, _Said],
) -> Iterable[object]:
    yield from (found.cls for found in standing.values())
    for parts in (*said.values(), *values.values()):
        for prop, terms in parts.items():
            yield prop
            yield from terms
    yield from values
    for triples in facts.values():
        for triple in triples:
            yield from triple


def _claim(
    claim: str,
    standing: _Standing,
    said: _Said,
    facts: list[Triple],
    passages: tuple[Passage, ...],
    values: Mapping[str, _Said],
    names: Names,
    lang: str,
) -> Claim:
    def nodes(name: str) -> list[Term]:
        return said.get(BRI + name, [])

    return Claim(
        iri=claim,
        cls=names.named(standing.cls),
        factuality=names.all(nodes("factuality"))[0],
        rank=names.all(nodes("rank"))[0],
        live=standing.live,
        negated=_is_true(said.get(_NEGATED, [])),
        modality=names.all(nodes("modality")),
        speakers=names.all(nodes("isVouchedForBy")),
        outranked_by=standing.outranked_by,
        parts=_parts(said, names),
        quantities=tuple(
            _quantity(iri(node), values.get(iri(node), {}), names, lang)
            for node in nodes("hasQuantity")
        ),
        times=tuple(
            _time(iri(node), values.get(iri(node), {}), names, lang) for node in nodes("hasTime")
        ),
        summary=in_language(nodes("summary"), lang),
        reason=in_language(nodes("reason"), lang),
        open_list=_is_true(nodes("openList")),
        left_open=names.all(nodes("leavesOpen")),
        facts=tuple(map(names.fact, facts)),
        passages=passages,
    )


def _parts(said: _Said, names: Names) -> tuple[Part, ...]:
    kept = sorted(set(said) - _NO_PART, key=lambda prop: (_ORDER.get(prop, len(_ORDER)), prop))
    return tuple(Part(names.named(prop), tuple(map(names.node, said[prop]))) for prop in kept)


def _quantity(node: str, said: _Said, names: Names, lang: str) -> Quantity:
    comparators = names.all(said.get(BRI + "comparator", []))
    comparator = comparators[0] if comparators else None
    stated, lower, upper = (
        _number(said.get(BRI + name, [])) for name in ("statedValue", "lowerBound", "upperBound")
    )
    name, word = node.rsplit("/", 1)[-1], comparator.label if comparator else None
    return Quantity(
        iri=node,
        label=names.named(node).label or amount(name, word, stated, (lower, upper), lang),
        comparator=comparator,
        stated=stated,
        lower=lower,
        lower_inclusive=_flag(said.get(BRI + "lowerBoundInclusive", [])),
        upper=upper,
        upper_inclusive=_flag(said.get(BRI + "upperBoundInclusive", [])),
    )


def _time(node: str, said: _Said, names: Names, lang: str) -> TimeSpan:
    edtf, first, last = (
        next((iri(value) for value in said.get(BRI + name, [])), None)
        for name in ("edtf", "notBefore", "notAfter")
    )
    known = names.named(node).label
    words = known or (span(edtf, lang) if edtf else node.rsplit("/", 1)[-1])
    return TimeSpan(node, words, edtf, first, last)


def _number(terms: list[Term]) -> int | Decimal | None:
    value = python_value(terms[0]) if terms else None
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else value
    return value if isinstance(value, int) else None


def _flag(terms: list[Term]) -> bool | None:
    return _is_true(terms) if terms else None


def _is_true(terms: list[Term]) -> bool:
    return any(python_value(term) is True for term in terms)
