"""Comparisons in outline: which there are and of which natures, before any claim of theirs is read."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from bri_kg.answers.comparisons import CONFUSABLE, leading, order_of, stance
from bri_kg.answers.model import Comparison, Named, Text
from bri_kg.answers.scope import Ground, in_language, iri, names_of, statements
from bri_kg.names import BRI, PREFIXES
from bri_kg.plain import Plain

GROUPS: Final = ("contradicts", "stages", "differs", "agrees", "related", "confusable")
"""What comparisons come to, in the order in which they are told.

Of what is at two stages, one side tells what exists and the other what is aimed at; what is easily confused is no
disagreement at all.
"""
_STAGES: Final = PREFIXES["bri-nature"] + "other-status"


@dataclass(frozen=True)
class Outline(Plain):
    """A comparison without its claims: `stance` and `leading` as in `Comparison`."""

    iri: str
    natures: tuple[Named, ...]
    leading: Named
    stance: str


@dataclass(frozen=True)
class Headline(Plain):
    """What a comparison is called, and why the editors hold its claims against each other."""

    comparison: Named
    reason: Text | None


def outlines(ground: Ground, thing: ox.NamedNode | None = None) -> tuple[Outline, ...]:
    """Return the comparisons, or those that concern a thing: those whose nature says most first."""
    if thing is not None or ground.kept is None:
        return _outlines(ground, thing)
    return ground.kept.once(f"outlines in {ground.lang}", lambda: _outlines(ground, None))


def _outlines(ground: Ground, thing: ox.NamedNode | None) -> tuple[Outline, ...]:
    natures: dict[str, list[str]] = {}
    for row in ground.select("comparison-natures"):
        natures.setdefault(iri(row["comparison"]), []).append(iri(row["nature"]))
    if thing is not None:
        about = set(ground.column("comparisons-of-kind", "comparison", thing=thing))
        natures = {one: of for one, of in natures.items() if one in about}
    names = names_of(ground, {nature for of in natures.values() for nature in of})
    found = (_outline(one, tuple(map(names.named, of))) for one, of in natures.items())
    return tuple(sorted(found, key=lambda one: (order_of(one.leading), one.leading.iri, one.iri)))


def group_of(one: Outline | Comparison) -> str:
    """Return what a comparison comes to: its stance, or that it is only of stages or of what is easily confused."""
    if one.leading is not None and one.leading.iri == CONFUSABLE:
        return "confusable"
    is_of_stages = one.leading is not None and one.leading.iri == _STAGES
    others = (nature for nature in one.natures if nature.iri != _STAGES)
    return "stages" if is_of_stages and stance(others) in ("agrees", "related") else one.stance


def headlines(ground: Ground, comparisons: Iterable[str]) -> dict[str, Headline]:
    """Return what these comparisons are called and why they are made, by IRI."""
    said = statements(ground, comparisons)
    names = names_of(ground, said)
    return {
        one: Headline(names.named(one), in_language(parts.get(BRI + "reason", ()), ground.lang))
        for one, parts in said.items()
    }


@dataclass(frozen=True)
class Silence(Plain):
    """The sources of which no claim is in a comparison: those that do not name what it is about, and those that do."""

    silent: tuple[Named, ...]
    elsewhere: tuple[Named, ...]


def silences(ground: Ground, compared: Collection[Comparison]) -> Mapping[str, Silence]:
    """Return the sources that have no side in each comparison, by its IRI; silence is no denial."""
    subjects = {one.iri: _subjects(one) for one in compared}
    naming: dict[str, set[str]] = {}
    wanted = {subject for of in subjects.values() for subject in of}
    for row in ground.select_each("sources-naming", "thing", wanted):
        naming.setdefault(iri(row["thing"]), set()).add(iri(row["source"]))
    every = ground.column("sources", "source")
    names = names_of(ground, every)
    found = {}
    for one in compared:
        sides = {passage.source.iri for claim in one.claims for passage in claim.evidence}
        speaking = {source for subject in subjects[one.iri] for source in naming.get(subject, ())}
        apart = [source for source in every if source not in sides]
        found[one.iri] = Silence(
            silent=tuple(names.named(source) for source in apart if source not in speaking),
            elsewhere=tuple(names.named(source) for source in apart if source in speaking),
        )
    return found


def _outline(comparison: str, natures: tuple[Named, ...]) -> Outline:
    first = leading(natures)
    assert first is not None
    return Outline(comparison, natures, first, stance(natures))


def _subjects(compared: Comparison) -> set[str]:
    return {
        value.iri
        for claim in compared.claims
        for value in claim.values(BRI + "hasSubject")
        if isinstance(value, Named)
    }
