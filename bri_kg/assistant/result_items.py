"""What answers hold, as the items of a result: flat, in the language asked for, each with its passages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from bri_kg.answers.model import (
    Claim,
    Comparison,
    Fact,
    Named,
    Node,
    Passage,
    Reference,
)
from bri_kg.names import COME_ABOUT, citation, shorten, split_passage

Item = dict[str, Any]
Rivals = Mapping[str, list[Item]]
"""By claim, what it is compared with and differs from."""
_DIFFERING = ("contradicts", "differs")


def called(node: Node) -> Item:
    """Return a node by its name and, where it has an IRI, by what tools take for it."""
    if not isinstance(node, Named):
        return {"name": node.value}
    short = _short(node.iri)
    return {"name": node.label or short, "id": short}


def name_of_node(node: Node) -> str:
    """Return what a node is called."""
    return str(called(node)["name"])


def passage_item(passage: Passage) -> Item:
    """Return a passage with all that a citation needs; words where they may be shown."""
    shown: Item = {
        "cite": citation(passage.source.slug, passage.begin, passage.end),
        "source": passage.source.slug,
        "begin": passage.begin,
        "end": passage.end,
        "digest": passage.state,
    }
    if passage.role != "evidence":
        shown["role"] = passage.role
    if passage.source.page:
        shown["address"] = passage.source.page
    if passage.words is not None:
        shown["words"] = passage.words
    return shown


def passages_of_claims(claims: Iterable[Claim]) -> list[Item]:
    """Return the evidence of claims, each passage once."""
    found = {one.iri: one for claim in claims for one in claim.evidence}
    return [passage_item(one) for one in found.values()]


def standing(claims: Iterable[Claim], rivals: Rivals) -> Item:
    """Return how far what claims say has come about, who vouches for it, what is open, and what differs."""
    given = list(claims)
    said: Item = {
        "factuality": _once(name_of_node(claim.factuality) for claim in given),
        "come_about": all(claim.factuality.iri in COME_ABOUT for claim in given),
        "open_list": any(claim.open_list for claim in given),
        "passages": passages_of_claims(given),
        "claims": [shorten(claim.iri) for claim in given],
    }
    shades = {
        "modality": _once(name_of_node(one) for claim in given for one in claim.modality),
        "speakers": _once(name_of_node(one) for claim in given for one in claim.speakers),
        "differs": _each_once(one for claim in given for one in rivals.get(claim.iri, ())),
        "negated": any(claim.negated for claim in given),
    }
    return said | {name: value for name, value in shades.items() if value}


def claim_item(claim: Claim, rivals: Rivals) -> Item:
    """Return a claim: what it says, part by part, and its standing."""
    said: Item = {"id": shorten(claim.iri), "kind": name_of_node(claim.cls)}
    if claim.summary is not None:
        said["summary"] = claim.summary.value
    said["parts"] = [
        {"part": name_of_node(part.property), **called(value)}
        for part in claim.parts
        for value in part.values
    ]
    parts = {
        "quantities": [quantity.label for quantity in claim.quantities],
        "times": [_time(time.label, time.edtf) for time in claim.times],
        "left_open": [name_of_node(gap) for gap in claim.left_open],
        "outranked_by": [shorten(one) for one in claim.outranked_by],
        "editors_reason": claim.reason.value if claim.reason else "",
    }
    said |= {name: value for name, value in parts.items() if value}
    context = [passage_item(one) for one in claim.passages if one.role != "evidence"]
    whole = said | standing([claim], rivals)
    whole["passages"] += context
    del whole["claims"]
    return whole


def comparison_items(
    section: str, comparison: Comparison, rivals: Rivals | None = None
) -> list[Item]:
    """Return a comparison and its sides, each an item."""
    head: Item = {
        "section": section,
        "id": shorten(comparison.iri),
        "name": comparison.label or shorten(comparison.iri),
        "stance": comparison.stance,
        "natures": [name_of_node(one) for one in comparison.natures],
        "reason": comparison.reason.value if comparison.reason else "",
        "sides": len(comparison.claims),
    }
    sides = [
        {"section": "side", "of": head["id"], **claim_item(claim, rivals or {})}
        for claim in comparison.claims
    ]
    return [head, *sides]


def fact_item(fact: Fact) -> Item:
    """Return a fact by its three parts."""
    return {
        "subject": called(fact.subject),
        "property": called(fact.predicate),
        "object": called(fact.object),
    }


def reference_item(reference: Reference) -> Item:
    """Return where identity data comes from."""
    short = _short(reference.iri)
    shown = {"name": reference.label or short, "id": short}
    return shown | ({"address": reference.page} if reference.page else {})


def rivals_of(comparisons: Iterable[Comparison]) -> dict[str, list[Item]]:
    """Return, by claim, the comparisons in which it contradicts or differs from another."""
    found: dict[str, list[Item]] = {}
    for comparison in comparisons:
        if comparison.stance not in _DIFFERING or len(comparison.claims) < 2:
            continue
        natures = ", ".join(name_of_node(one) for one in comparison.natures)
        told: Item = {"comparison": shorten(comparison.iri), "natures": natures}
        for claim in comparison.claims:
            found.setdefault(claim.iri, []).append(told)
    return found


def _short(iri: str) -> str:
    passage = split_passage(iri)
    return iri if passage or iri.startswith("_:") else shorten(iri)


def _time(label: str, edtf: str | None) -> str:
    return label if edtf is None or edtf == label else f"{label} ({edtf})"


def _once(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))


def _each_once(items: Iterable[Item]) -> list[Item]:
    return list({str(one["comparison"]): one for one in items}.values())
