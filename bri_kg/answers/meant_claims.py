"""What is said of a thing that a word may mean which is no property: its president, its founders, its founding date."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final

from bri_kg.answers.asked_words import without_filler
from bri_kg.answers.descriptions import describe
from bri_kg.answers.fact_arguments import named_property
from bri_kg.answers.model import Claim, Comparison, Named
from bri_kg.answers.scope import Ground
from bri_kg.answers.word_matching import words_of
from bri_kg.errors import UsageError
from bri_kg.names import BRI
from bri_kg.plain import Plain
from bri_kg.texts.spellings import singular

_TELLING: Final = tuple(
    BRI + name for name in ("role", "kind", "countedKind", "theme", "purpose", "challenge")
)
# Words that ask what sort of value is wanted; what it is a value of is told by the others.
_OF_VALUES: Final = frozenset(("date", "day", "month", "name", "number", "time", "when", "year"))
_ALSO_CALLED: Final = {"type": "category", "kind": "category", "sort": "category"}
_SHORTEST: Final = 4  # letters that two forms of one word share
_ENDING: Final = 2


@dataclass(frozen=True)
class MeantClaims(Plain):
    """The claims of a thing that a word may mean, those that have come about first.

    `properties` are those of the thing, each with how many values it has; `compared` what is compared of it;
    `looked_at` how many claims of the thing were held against the word.
    """

    thing: Named
    claims: tuple[Claim, ...]
    properties: tuple[tuple[Named, int], ...]
    compared: tuple[Comparison, ...]
    looked_at: int


def is_property(ground: Ground, text: str) -> bool:
    """Return whether a word names a property that the graph uses."""
    try:
        return bool(ground.select("uses", p=named_property(ground, text)))
    except UsageError:
        return False


def meant_claims(ground: Ground, subject: str, text: str) -> MeantClaims:
    """Return what is said of a thing in roles, kinds and properties of such words. Raise UsageError for its name."""
    about = describe(ground, ground.resolve(subject))
    asked = (one for one in _words(text) if one not in _OF_VALUES)
    wanted = [_ALSO_CALLED.get(one, one) for one in asked]
    said: dict[Claim, list[str]] = {}
    for group in about.facts:
        for fact in group.facts:
            for claim in fact.claims:
                said.setdefault(claim, []).append(group.property.label or "")
    for claim in (*about.ahead, *about.statements, *(count.claim for count in about.quantities)):
        said.setdefault(claim, [])
    meant = [one for one, names in said.items() if _tells(wanted, [*names, *_labels(one)])]
    values: Counter[Named] = Counter()
    for group in about.facts:
        values[group.property] += len(group.facts)
    return MeantClaims(
        about.thing,
        tuple(sorted(meant, key=lambda one: (not one.live, one.iri))),
        tuple(values.items()),
        (*about.compared, *about.nearby),
        len(said),
    )


def _labels(claim: Claim) -> list[str]:
    values = (value for prop in _TELLING for value in claim.values(prop))
    labels = [value.label or "" for value in values if isinstance(value, Named)]
    return [*labels, claim.summary.value] if claim.summary else labels


def _tells(wanted: list[str], labels: list[str]) -> bool:
    """Return whether one of some labels has a form of each word."""
    told = [_words(label) for label in labels]
    return bool(wanted) and any(all(_is_among(one, of) for one in wanted) for of in told)


def _words(text: str) -> list[str]:
    return [singular(word.joined.casefold()) for word in without_filler(words_of(text))]


def _is_among(word: str, others: list[str]) -> bool:
    return any(word == other or _is_form(word, other) for other in others)


def _is_form(word: str, other: str) -> bool:
    least = max(_SHORTEST, min(len(word), len(other)) - _ENDING)
    return word[:least] == other[:least] and len(word) >= least
