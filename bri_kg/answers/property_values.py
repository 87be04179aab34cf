"""All that one thing has for one property; and what is only ahead of it, or said of two things otherwise."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from bri_kg.answers.description_model import StatedFact
from bri_kg.answers.descriptions import describe
from bri_kg.answers.fact_arguments import named_property
from bri_kg.answers.model import Claim, Comparison, Named
from bri_kg.answers.scope import Ground
from bri_kg.names import BRI
from bri_kg.plain import Plain

_SUBJECT = BRI + "hasSubject"


@dataclass(frozen=True)
class PropertyValues(Plain):
    """What a thing has for a property.

    `ahead` are the claims of what has not come about of which the thing is subject, of classes that can tell
    of the property; `is_ahead` is whether there is any of whatever class; `compared` is what is compared of
    the thing; `properties` are those for which it has a value.
    """

    thing: Named
    values: tuple[StatedFact, ...]
    ahead: tuple[Claim, ...]
    is_ahead: bool
    compared: tuple[Comparison, ...]
    properties: tuple[Named, ...]


@dataclass(frozen=True)
class Beside(Plain):
    """What claims say of two things together where they do not state a fact: live, or only ahead."""

    said: tuple[Claim, ...]
    ahead: tuple[Claim, ...]


def property_values(ground: Ground, subject: str, prop: str) -> PropertyValues:
    """Return all values of a property, named as for `explain`. Raise UsageError for an unknown name."""
    about = describe(ground, ground.resolve(subject))
    wanted = named_property(ground, prop)
    telling = set(ground.column("classes-telling", "class", p=wanted))
    own = [group for group in about.facts if not group.inverse]
    return PropertyValues(
        about.thing,
        tuple(one for group in own if group.property.iri == wanted.value for one in group.facts),
        tuple(
            claim
            for claim in about.ahead
            if about.thing in claim.values(_SUBJECT) and claim.cls.iri in telling
        ),
        bool(about.ahead),
        (*about.compared, *about.nearby),
        tuple(group.property for group in own),
    )


def beside(ground: Ground, subject: str, others: Collection[str]) -> Beside:
    """Return what is said of a thing together with one of others. Raise UsageError for an unknown name."""
    about = describe(ground, ground.resolve(subject))
    nodes = {ground.resolve(name).value for name in others}
    in_facts = (c for group in about.facts for fact in group.facts for c in fact.claims)
    said = {*about.statements, *in_facts, *(count.claim for count in about.quantities)}
    return Beside(
        tuple(sorted((c for c in said if _names(c, nodes)), key=lambda c: c.iri)),
        tuple(claim for claim in about.ahead if _names(claim, nodes)),
    )


def _names(claim: Claim, nodes: Collection[str]) -> bool:
    values = (value for part in claim.parts for value in part.values)
    return any(isinstance(value, Named) and value.iri in nodes for value in values)
