"""Where claims are held against each other: comparisons of the editors."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from bri_kg.answers.claims import read_claims
from bri_kg.answers.model import Claim, Comparison, Named
from bri_kg.answers.scope import Ground, in_language, iri, names_of, statements
from bri_kg.errors import UsageError
from bri_kg.names import BRI, PREFIXES, expand, nearest
from bri_kg.plain import Several

_NATURE = PREFIXES["bri-nature"]
_CONTRADICTION, _AGREEMENT, CONFUSABLE = (
    _NATURE + name for name in ("contradiction", "agreement", "confusable")
)
# Claims so related do not differ: they meet.
_RELATED = {_NATURE + name for name in ("compatible-bounds", "name-variant", "presumed-same")}
# A nature further on says less of a comparison that has several; one of a user's own is a difference.
_LEADING = {
    _NATURE + name: place
    for place, name in enumerate(
        (
            "contradiction", "confusable", "other-list", "other-time", "other-scope", "other-unit",
            "other-status", "other-description", "", "agreement", "compatible-bounds",
            "presumed-same", "name-variant",
        )
    )
}  # fmt: skip


def conflicts(
    ground: Ground, thing: ox.NamedNode | None = None, nature: ox.NamedNode | None = None
) -> tuple[Comparison, ...]:
    """Return the comparisons, by IRI: those that concern a thing, and those of a nature where given.

    A comparison concerns itself, its claims, whatever a compared claim names, and the kinds of that.
    """
    chosen = (
        ground.column("comparisons", "comparison")
        if thing is None
        else ground.column("comparisons-of-kind", "comparison", thing=thing)
    )
    found = read_comparisons(ground, chosen).values()
    return Several(
        comparison
        for comparison in found
        if nature is None or any(nature.value == given.iri for given in comparison.natures)
    )


@dataclass(frozen=True)
class LookedUp:
    """What comparisons were asked about: the thing, its classes, and how many things there are where it is a kind."""

    thing: Named
    types: tuple[Named, ...]
    of_kind: int


def looked_up(ground: Ground, thing: ox.NamedNode) -> LookedUp:
    """Return what is known of a thing that comparisons are asked about."""
    types = ground.column("types", "class", thing=thing)
    names = names_of(ground, (thing.value, *types))
    of_kind = ground.column("things-of-kind", "thing", kind=thing)
    return LookedUp(names.named(thing.value), tuple(map(names.named, types)), len(of_kind))


def read_comparisons(ground: Ground, comparisons: Iterable[str]) -> dict[str, Comparison]:
    """Return the comparisons with these IRIs, by IRI."""
    return read_together(ground, (), comparisons)[1]


def read_together(
    ground: Ground, claims: Iterable[str], comparisons: Iterable[str]
) -> tuple[dict[str, Claim], dict[str, Comparison]]:
    """Return claims and comparisons by IRI, every claim of either read once."""
    said = statements(ground, comparisons)
    compared = {
        node: [iri(c) for c in parts.get(BRI + "compares", [])] for node, parts in said.items()
    }
    read = read_claims(ground, {*claims, *(claim for of in compared.values() for claim in of)})
    natures = {node: parts.get(BRI + "nature", []) for node, parts in said.items()}
    names = names_of(ground, (*said, *(nature for of in natures.values() for nature in of)))
    found = {}
    for node in sorted(said):
        label, of = names.named(node), names.all(natures[node])
        found[node] = Comparison(
            iri=node,
            label=label.label,
            lang=label.lang,
            stance=stance(of),
            natures=of,
            leading=leading(of),
            reason=in_language(said[node].get(BRI + "reason", []), ground.lang),
            claims=_known(read, compared[node]),
        )
    return read, found


def _known(claims: dict[str, Claim], wanted: Iterable[str]) -> tuple[Claim, ...]:
    return tuple(claims[claim] for claim in sorted(wanted) if claim in claims)


def stance(natures: Iterable[Named]) -> str:
    """Return what the natures of a comparison come to; a nature of a user's own is a difference."""
    given = {nature.iri for nature in natures}
    if _CONTRADICTION in given:
        return "contradicts"
    if CONFUSABLE in given:
        return "related"
    if given - _RELATED - {_AGREEMENT}:
        return "differs"
    return "agrees" if _AGREEMENT in given else "related"


def leading(natures: Iterable[Named]) -> Named | None:
    """Return the nature that says most of a comparison, None where it has none; it goes with the stance."""
    return min(natures, key=lambda nature: (order_of(nature), nature.iri), default=None)


def order_of(nature: Named) -> int:
    """Return the place of a nature among all, those first that say most of a comparison."""
    return _LEADING.get(nature.iri, _LEADING[_NATURE])


def named_nature(ground: Ground, text: str) -> ox.NamedNode:
    """Return the nature of this IRI, prefixed name, local name or label. Raises UsageError with the nearest."""
    names: dict[str, ox.NamedNode] = {}
    for row in ground.select("natures", scheme=ox.NamedNode(_NATURE.rstrip("/"))):
        node, label = row["nature"], row["label"]
        if isinstance(node, ox.NamedNode) and isinstance(label, ox.Literal):
            names |= {node.value.removeprefix(_NATURE): node, node.value: node}
            names[label.value] = node
    if found := names.get(expand(text) or text):
        return found
    known = sorted(name for name in names if "/" not in name and name.isascii())
    near = nearest(text, known, at_least=0.4)
    raise UsageError(
        code="BRI141",
        message=f"there is no nature {text!r}",
        why="natures: " + ", ".join(name for name in known if " " not in name),
        fix=f"did you mean {near!r}?" if near else "give one of these",
    )
