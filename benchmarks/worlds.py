"""One world: what five documents say, with other names, numbers, years and partners.

A world is drawn from the templates: a share of the comparisons, of the claims of each class, and
whatever these speak of. Its years and numbers are moved, all in one direction, so that whatever agreed
or disagreed still does. Some partners and concepts are taken from elsewhere, so that worlds hang together.
"""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

import pyoxigraph as ox

from bri_kg.dataset.times import edtf
from bri_kg.names import BASE, BRI, CLAIM, PREFIXES, QUANTITY, SOURCE, TIME
from templates import COMPARISON, Templates, is_passage

EXAMPLE = "https://example.org/generated/"
_PARTNERS = {
    BRI + name
    for name in (
        "hasAgent",
        "hasParty",
        "hasObject",
        "hasBeneficiary",
        "hasFramework",
        "isVouchedForBy",
    )
}
_FROM_ELSEWHERE = 0.3
_LINKS = {
    PREFIXES["skos"] + "exactMatch",
    PREFIXES["skos"] + "closeMatch",
    PREFIXES["foaf"] + "homepage",
}
_YEAR = re.compile(r"[0-9]{4}")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_WORDS = "data energy health network open region research science soil station student survey water"
_CHARACTERS = "数据能源健康网络区域研究科学土壤站学生调查水"


class Naming:
    """Names of generated nodes; each has `gen-` in it, and follows from its template and its world."""

    def __init__(self, templates: Templates) -> None:
        self._numbers = templates.numbers
        self._shared = templates.shared

    def of(self, iri: str, world: int) -> str:
        """The generated counterpart of a node of the real graph; other IRIs stay as they are."""
        if is_passage(iri):
            source, fragment = iri.split("#")
            return f"{self.of(source, world)}#{fragment}"
        number = self._numbers.get(iri)
        if number is None:
            return iri
        namespace = iri.rsplit("/", 1)[0]
        return (
            f"{namespace}/gen-{number}"
            if iri in self._shared
            else f"{namespace}/gen-{world}-{number}"
        )


class World:
    """The triples of one world as authors would write them, before values, links and facts are made."""

    def __init__(
        self, templates: Templates, naming: Naming, seed: int, number: int, share: float
    ) -> None:
        self._templates = templates
        self._naming = naming
        self.number = number
        self._random = random.Random(f"{seed}/{number}")
        # The first world keeps years and numbers, so that the questions' own defaults find something.
        self._years = self._random.randint(-12, 12) if number else 0
        self._percent = self._random.randint(1, 60) if number else 0
        self.chosen = _choose(templates, self._random, share)

    def quads(self, earlier: list[frozenset[str]]) -> Iterator[ox.Quad]:
        """Yield the triples; `earlier` says what stands in the worlds before this one."""
        for iri in sorted(self.chosen):
            yield from self._node(iri, earlier)

    def _node(self, iri: str, earlier: list[frozenset[str]]) -> Iterator[ox.Quad]:
        subject = ox.NamedNode(self._naming.of(iri, self.number))
        concepts = self._exchanged(iri) if iri.startswith(CLAIM) else {}
        for order, quad in enumerate(self._templates.grown[iri]):
            predicate, value = quad.predicate, quad.object
            if isinstance(value, ox.NamedNode):
                made: ox.NamedNode | ox.Literal = ox.NamedNode(
                    concepts.get((predicate.value, value.value))
                    or self._iri(iri, predicate.value, value.value, order, earlier)
                )
                if predicate.value == BRI + "compares" and value.value not in self.chosen:
                    continue
            else:
                assert isinstance(value, ox.Literal)
                made = literal(self._random, subject.value, predicate.value, value)
            yield ox.Quad(subject, predicate, made)

    def _iri(
        self, iri: str, predicate: str, value: str, order: int, earlier: list[frozenset[str]]
    ) -> str:
        if predicate in _LINKS:
            return link(self._naming.of(iri, self.number), order)
        if value.startswith(TIME):
            return self._moved_time(value)
        if value.startswith(QUANTITY):
            return QUANTITY + _NUMBER.sub(self._moved_number, value.removeprefix(QUANTITY))
        world = self.number
        if predicate in _PARTNERS and world and self._random.random() < _FROM_ELSEWHERE:
            # Older things are spoken of more often.
            other = int(world * self._random.random() ** 2)
            if value in earlier[other]:
                world = other
        return self._naming.of(value, world)

    def _exchanged(self, claim: str) -> dict[tuple[str, str], str]:
        """Other concepts for some that this claim has, drawn as often as the real claims have them."""
        name = self._templates.class_of(claim)
        mine = [
            (q.predicate.value, q.object.value)  # type: ignore[union-attr]
            for q in self._templates.grown[claim]
            if (name, q.predicate.value.removeprefix(BRI)) in self._templates.concepts
        ]
        taken = {value for _, value in mine}
        exchanged = {}
        for predicate, value in mine:
            if self.number and self._random.random() < _FROM_ELSEWHERE:
                drawn = self._random.choice(
                    self._templates.concepts[name, predicate.removeprefix(BRI)]
                )
                if drawn not in taken:
                    taken.add(drawn)
                    exchanged[predicate, value] = drawn
        return exchanged

    def _moved_time(self, value: str) -> str:
        moved = _YEAR.sub(lambda year: str(int(year[0]) + self._years), value.removeprefix(TIME))
        return TIME + moved if edtf(moved) else value

    def _moved_number(self, number: re.Match[str]) -> str:
        # Strictly increasing, so that bounds which excluded each other still do.
        stated = Decimal(number[0])
        return str(stated + int(stated * self._percent / 100))


def shared_quads(templates: Templates, naming: Naming, seed: int) -> Iterator[ox.Quad]:
    """Yield the places and references that all worlds share."""
    draw = random.Random(f"{seed}/shared")
    for iri, quads in templates.shared.items():
        subject = ox.NamedNode(naming.of(iri, 0))
        for order, quad in enumerate(quads):
            value = quad.object
            if isinstance(value, ox.Literal):
                made: ox.NamedNode | ox.Literal = literal(
                    draw, subject.value, quad.predicate.value, value
                )
            elif quad.predicate.value in _LINKS:
                made = ox.NamedNode(link(subject.value, order))
            else:
                assert isinstance(value, ox.NamedNode)
                made = ox.NamedNode(naming.of(value.value, 0))
            yield ox.Quad(subject, quad.predicate, made)


def link(subject: str, order: int) -> str:
    """An address that stands for an identifier or a home page elsewhere."""
    return f"{EXAMPLE}{subject.removeprefix(BASE).replace('#', '/')}/{order}"


def literal(draw: random.Random, subject: str, predicate: str, value: ox.Literal) -> ox.Literal:
    """A literal of the same type and length that says nothing about the real world."""
    name = predicate.removeprefix(BRI)
    if name == "sha256":
        return ox.Literal(hashlib.sha256(subject.encode()).hexdigest())
    if name == "fileName":
        return ox.Literal(subject.removeprefix(SOURCE) + ".txt")
    if name in ("latitude", "longitude"):
        limit = 90 if name == "latitude" else 180
        return ox.Literal(f"{draw.uniform(-limit, limit):.5f}", datatype=value.datatype)
    if name in ("isoAlpha2", "isoAlpha3", "m49"):
        return ox.Literal(_code(name, int(subject.rsplit("-", 1)[1])))
    if value.language is None:
        return value
    kind, _, number = subject.rpartition("/gen-")  # things of two kinds have numbers of their own
    name = f"{kind.rpartition('/')[-1]} {number}"
    text = _text(draw, name, value.language, len(value.value))
    return ox.Literal(text, language=value.language)


def _code(name: str, number: int) -> str:
    """A code that ISO 3166-1 leaves to its users: X and a letter, X and two letters, 900 to 999."""
    if name == "m49":
        return str(900 + number % 100)
    letter = chr(ord("A") + number % 26)
    return f"X{letter}" if name == "isoAlpha2" else f"X{chr(ord('A') + number // 26)}{letter}"


def _text(draw: random.Random, name: str, language: str, length: int) -> str:
    if language == "zh":
        return f"生成{name} " + "".join(draw.choices(_CHARACTERS, k=max(2, length - len(name) - 3)))
    words = [f"gen {name}"]
    size = len(words[0])
    while size < length - 3:
        words.append(draw.choice(_WORDS.split()))
        size += len(words[-1]) + 1
    return " ".join(words)


def _choose(templates: Templates, draw: random.Random, share: float) -> frozenset[str]:
    """Choose templates: `share` of the comparisons, of the claims of each class, and what they need."""
    comparisons = sorted(templates.comparisons)
    draw.shuffle(comparisons)
    count = round(share * len(comparisons))
    kept, dropped = set(comparisons[:count]), comparisons[count:]
    claims = _held_by(templates, kept)
    # Claims of two comparisons may be of a third one, without which they would disagree in silence.
    while lacking := {c for c in dropped if c not in kept and _clash(templates, claims, c)}:
        kept |= lacking
        claims = _held_by(templates, kept)
    silent = [comparison for comparison in dropped if comparison not in kept]
    for name in sorted(templates.claims):
        candidates = sorted(set(templates.claims[name]) - claims)
        draw.shuffle(candidates)
        wanted = round(share * len(templates.claims[name]))
        have = sum(1 for claim in templates.claims[name] if claim in claims)
        for claim in candidates:
            if have >= wanted:
                break
            more = {*claims, claim, *templates.bound.get(claim, ())}
            if not any(_clash(templates, more, comparison) for comparison in silent):
                claims = more
                have += 1
    omissions = draw.sample(templates.omissions, round(share * len(templates.omissions)))
    return frozenset(_with_needs(templates, {*kept, *claims, *omissions}))


def _held_by(templates: Templates, comparisons: Iterable[str]) -> set[str]:
    """The claims that comparisons hold against each other, and those that cannot stand without these."""
    claims = {claim for comparison in comparisons for claim in templates.comparisons[comparison]}
    return claims | {other for claim in claims for other in templates.bound.get(claim, ())}


def _clash(templates: Templates, claims: set[str], comparison: str) -> bool:
    """Whether a check may ask for this comparison: two counts or two creations of it are there."""
    names = [templates.class_of(claim) for claim in claims & templates.comparisons[comparison]]
    return any(names.count(name) > 1 for name in ("CreationClaim", "QuantityClaim"))


def _with_needs(templates: Templates, wanted: Iterable[str]) -> set[str]:
    """The wanted templates and all that they refer to; comparisons ask for nothing."""
    found: set[str] = set()
    queue = list(wanted)
    while queue:
        iri = queue.pop()
        if iri in found:
            continue
        found.add(iri)
        if is_passage(iri):
            queue.append(iri.split("#")[0])
        if iri.startswith(COMPARISON):
            continue
        values = (
            q.object.value for q in templates.grown[iri] if isinstance(q.object, ox.NamedNode)
        )
        queue += [value for value in values if value in templates.grown]
    return found
