"""All that is said of one thing: what holds, what is counted, what lies ahead, what is left open or disputed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pyoxigraph as ox

from bri_kg.answers.comparisons import read_together
from bri_kg.answers.description_model import (
    Count,
    Description,
    FactGroup,
    Gap,
    Identifier,
    Name,
    StatedFact,
)
from bri_kg.answers.explanations import references_of
from bri_kg.answers.model import Claim, Comparison, Fact, Named, Text
from bri_kg.answers.scope import (
    Ground,
    Names,
    Triple,
    in_language,
    names_of,
    order,
    statements,
    term,
)
from bri_kg.names import BRI, COME_ABOUT, PREFIXES
from bri_kg.rdf.terms import Term
from bri_kg.stores.selecting import Quads

_SKOS, _DCTERMS = PREFIXES["skos"], PREFIXES["dcterms"]
_KNOWN_AS = BRI + "knownAs"
_NAMINGS = {
    _SKOS + "prefLabel": "preferred",
    _SKOS + "altLabel": "alternative",
    PREFIXES["rdfs"] + "label": "alternative",
    _DCTERMS + "title": "alternative",
}
_IDENTIFIERS = (
    _SKOS + "exactMatch",
    _SKOS + "closeMatch",
    _DCTERMS + "identifier",
    PREFIXES["foaf"] + "homepage",
    PREFIXES["schema"] + "url",
    *(BRI + name for name in ("isoAlpha2", "isoAlpha3", "m49")),
)
_COUNTED, _UNIT, _SUBJECT = BRI + "countedKind", BRI + "unit", BRI + "hasSubject"
# What has a field of its own in a description.
_NO_FACT = frozenset((_KNOWN_AS, BRI + "leavesOpen", BRI + "reason", *_NAMINGS, *_IDENTIFIERS))


def describe(ground: Ground, thing: ox.NamedNode) -> Description:
    """Return the description of a node: of a thing, a source, a concept, a term or a claim."""
    said = statements(ground, (thing.value,)).get(thing.value, {})
    unclaimed = _unclaimed(ground, thing)
    types = ground.column("types", "class", thing=thing)
    about = ground.column("comparisons-about", "comparison", thing=thing)
    nearby = ground.column("comparisons-nearby", "comparison", thing=thing)
    naming = ground.column("claims-naming", "claim", thing=thing)
    read, compared = read_together(ground, {*naming, thing.value}, {*about, *nearby})
    claims = tuple(read[one] for one in sorted({*naming, thing.value}) if one in read)
    inferred = [part for triple, _ in unclaimed for part in triple]
    plain = () if read or unclaimed else _plain(ground, thing)
    own = [part for prop, values in said.items() for part in (prop, *values)]
    shown = [part for triple in plain for part in triple]
    names = names_of(ground, (thing.value, *types, *own, *inferred, *shown))
    return Description(
        thing=names.named(thing.value),
        types=tuple(map(names.named, types)),
        definition=in_language(said.get(_SKOS + "definition", []), ground.lang),
        names=_names(said, claims, thing.value),
        identifiers=tuple(
            Identifier(names.named(prop), names.node(value))
            for prop in _IDENTIFIERS
            for value in said.get(prop, [])
        ),
        references=references_of(ground, (thing.value,)).get(thing.value, ()),
        facts=_groups(thing.value, claims, [(names.fact(t), basis) for t, basis in unclaimed]),
        quantities=tuple(count for claim in claims if claim.live for count in counts_of(claim)),
        claim=read.get(thing.value),
        ahead=tuple(claim for claim in claims if claim.factuality.iri not in COME_ABOUT),
        statements=tuple(claim for claim in claims if _is_statement(claim, thing.value)),
        silenced=tuple(
            claim for claim in claims if not claim.live and claim.factuality.iri in COME_ABOUT
        ),
        left_open=_gaps(
            said, names, (one for one in claims if thing.value not in _status(one)), ground.lang
        ),
        compared=_chosen(compared, about),
        nearby=_chosen(compared, (one for one in nearby if one not in about)),
        triples=tuple(map(names.fact, plain)),
    )


def around(store: Quads, node: ox.NamedNode) -> list[ox.Quad]:
    """Return the triples of the default graph in which a node is subject, then those in which it is object."""
    default = ox.DefaultGraph()
    return [
        *store.quads_for_pattern(node, None, None, default),
        *store.quads_for_pattern(None, None, node, default),
    ]


def _unclaimed(ground: Ground, thing: ox.NamedNode) -> list[tuple[Triple, str]]:
    """Return facts that no claim says as they stand, each with its basis."""
    found: list[tuple[Triple, str]] = []
    for row in ground.select("facts-without-claims", thing=thing):
        subject, predicate, value = row["s"], row["p"], row["o"]
        assert subject and isinstance(predicate, ox.NamedNode) and value
        if predicate.value in _NO_FACT or isinstance(subject, ox.Literal):
            continue
        is_given = ox.Quad(subject, predicate, value) in ground.stated.quads
        found.append(((subject, predicate, value), "reference" if is_given else "inferred"))
    return found


def _plain(ground: Ground, thing: ox.NamedNode) -> list[Triple]:
    """Return the triples of a node that no model of ours knows, but for what has a field of its own."""
    found: list[Triple] = []
    for row in ground.select("triples", thing=thing):
        subject, predicate, value = row["s"], row["p"], row["o"]
        assert subject and predicate and value
        if predicate.value not in _NO_FACT or subject != thing:
            found.append((subject, predicate, value))
    return found


def _names(said: Mapping[str, list[Term]], claims: Iterable[Claim], thing: str) -> tuple[Name, ...]:
    kinds: dict[tuple[str, str | None], str] = {}
    for naming, kind in _NAMINGS.items():
        for value in said.get(naming, []):
            if isinstance(value, ox.Literal):
                kinds.setdefault((value.value, value.language), kind)
    printing: dict[tuple[str, str | None], list[Claim]] = {}
    for claim in claims:
        for fact in claim.facts:
            name = fact.object
            if (
                isinstance(name, Text)
                and fact.predicate.iri == _KNOWN_AS
                and fact.subject.iri == thing
            ):
                printing.setdefault((name.value, name.lang), []).append(claim)
    order = ("preferred", "alternative", "printed")
    named = [
        Name(text, lang, kinds.get((text, lang), "printed"), tuple(printing.get((text, lang), ())))
        for text, lang in {**kinds, **printing}
    ]
    return tuple(sorted(named, key=lambda n: (order.index(n.kind), n.lang or "", n.text)))


def _groups(
    thing: str, claims: Iterable[Claim], unclaimed: Iterable[tuple[Fact, str]]
) -> tuple[FactGroup, ...]:
    """Return facts by property, those in which the thing is subject before those in which it is object."""
    rests_on: dict[Fact, list[Claim]] = {}
    for claim in claims:
        for fact in claim.facts:
            if (
                thing in (fact.subject.iri, _iri(fact.object))
                and fact.predicate.iri not in _NO_FACT
            ):
                rests_on.setdefault(fact, []).append(claim)
    stated = [StatedFact(fact, "claims", tuple(of)) for fact, of in rests_on.items()]
    stated += [StatedFact(fact, basis, ()) for fact, basis in unclaimed]
    groups: dict[tuple[bool, str], list[StatedFact]] = {}
    for one in stated:
        inverse = one.fact.subject.iri != thing
        groups.setdefault((inverse, one.fact.predicate.iri), []).append(one)
    return tuple(
        FactGroup(of[0].fact.predicate, inverse, tuple(sorted(of, key=_fact_order)))
        for (inverse, _), of in sorted(groups.items())
    )


def _fact_order(stated: StatedFact) -> tuple[str, tuple[str, str, str]]:
    return stated.fact.subject.iri, order(term(stated.fact.object))


def _iri(node: Named | Text) -> str | None:
    return node.iri if isinstance(node, Named) else None


def counts_of(claim: Claim) -> tuple[Count, ...]:
    """Return the counts that a claim states."""
    counted, units = (
        [v for v in claim.values(prop) if isinstance(v, Named)] for prop in (_COUNTED, _UNIT)
    )
    subjects = tuple(v for v in claim.values(_SUBJECT) if isinstance(v, Named))
    return tuple(
        Count(
            subjects=subjects,
            counted=counted[0] if counted else None,
            quantity=quantity,
            unit=units[0] if units else None,
            times=claim.times,
            claim=claim,
        )
        for quantity in claim.quantities
    )


def _is_statement(claim: Claim, thing: str) -> bool:
    in_facts = any(thing in (fact.subject.iri, _iri(fact.object)) for fact in claim.facts)
    return claim.live and not in_facts and not claim.quantities and claim.iri != thing


def _status(claim: Claim) -> tuple[str, ...]:
    # What a claim leaves open says nothing of how far things come about, or of a stance.
    return claim.factuality.iri, *(one.iri for one in claim.modality)


def _gaps(
    said: Mapping[str, list[Term]], names: Names, claims: Iterable[Claim], lang: str
) -> tuple[Gap, ...]:
    reason = in_language(said.get(BRI + "reason", []), lang)
    is_claim = BRI + "factuality" in said
    own = () if is_claim else names.all(said.get(BRI + "leavesOpen", []))
    gaps = [Gap(gap, None, (), reason) for gap in own]
    gaps += [
        Gap(gap, claim.iri, claim.evidence, claim.reason)
        for claim in claims
        for gap in claim.left_open
    ]
    return tuple(sorted(gaps, key=lambda g: (g.gap.iri, g.claim or "")))


def _chosen(compared: Mapping[str, Comparison], wanted: Iterable[str]) -> tuple[Comparison, ...]:
    return tuple(compared[one] for one in wanted if one in compared)
