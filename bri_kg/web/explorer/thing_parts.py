"""The parts of the page of a thing: lists that are cut at a number, counted, and go on at pages of their own."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any, Final

from bri_kg.answers.description_model import Description, FactGroup, StatedFact
from bri_kg.answers.face_words import Both
from bri_kg.answers.fact_groups import in_order, told_together
from bri_kg.answers.model import Claim, Comparison, Node
from bri_kg.answers.rivals import all_compared, rivals_of_fact
from bri_kg.names import BRI, VOCABULARY, shorten
from bri_kg.web.explorer import page_words as words

STEP: Final = 25
"""How many stand on a page that goes on with a part; some are shorter, a comparison holds several claims."""
_STEPS: Final = {"properties": 300, "names": 200, "compared": 12}
PART, FROM = GOES_ON = ("part", "from")
"""The parameters of a page that goes on with a list."""
_TOGETHER: Final = 20  # values in one sentence
_SHORT: Final = {
    "planned": words.SHORT_AHEAD,
    "silenced": words.SHORT_SILENCED,
    "open": words.SHORT_OPEN,
    "compared": words.SHORT_COMPARED,
}
_PLAIN: Final = re.compile(r"[A-Za-z0-9.-]+")


@dataclass(frozen=True)
class Values:
    """Values of one property that are told together, the accounts that do so, and what is told otherwise."""

    values: tuple[Node, ...]
    basis: str
    accounts: tuple[tuple[Claim, ...], ...]
    rivals: tuple[Comparison, ...]

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The claims of all accounts."""
        return tuple(claim for account in self.accounts for claim in account)


@dataclass(frozen=True)
class Part:
    """A list of a page: its key in addresses, what shows its items, its title, and which of the items stand here.

    `kind` names the macro of `thing_lists.html`; `group` is there for facts, of which there are `count`.
    """

    key: str
    kind: str
    title: Both | None
    items: Sequence[Any]
    end: int
    begin: int = 0
    group: FactGroup | None = None

    @property
    def count(self) -> int:
        """How many there are, on all pages."""
        return len(self.group.facts) if self.group else len(self.items)

    @property
    def short_title(self) -> Both | None:
        """The title in a table of contents."""
        return _SHORT.get(self.key, self.title)

    @property
    def shown(self) -> Sequence[Any]:
        """The items that stand here."""
        return self.items[self.begin : self.end]

    @property
    def left(self) -> int:
        """How many come after these."""
        return max(len(self.items) - self.end, 0)


def parts(about: Description) -> tuple[Part, ...]:
    """Return what the page of a thing tells of it, part by part, each cut at its number."""
    claim = about.claim
    others = [one for one in about.ahead if one != claim]
    groups = in_order(about.facts)
    is_term = about.thing.iri.startswith((BRI, VOCABULARY))
    few = 4 if len(groups) < 20 else 2
    listed = (
        Part("names", "names", words.NAMES, about.names, 12),
        *(_facts(about, group, few) for group in groups),
        Part("counts", "counts", words.COUNTS, () if claim else about.quantities, 5),
        Part("said", "claims", words.NAMING if is_term else words.ALSO_SAID, about.statements, 5),
        Part("planned", "claims", words.AHEAD, others, 5),
        Part("silenced", "claims", words.SILENCED, () if claim else about.silenced, 3),
        Part("open", "gaps", words.LEFT_OPEN, () if claim else about.left_open, 5),
        Part("compared", "compared", words.COMPARED, _others(about), 3),
        Part("properties", "properties", words.PROPERTIES, about.triples, 100),
    )
    return tuple(part for part in listed if part.items)


def part_asked(of: Iterable[Part], asked: Mapping[str, str]) -> Part | None:
    """Return the part that a page goes on with, None where none of these is asked for."""
    part = next((one for one in of if one.key == asked.get(PART)), None)
    begin = asked.get(FROM, "0")
    if part is None or not (begin.isascii() and begin.isdigit() and len(begin) < 9):
        return None
    at = int(begin)
    step = _STEPS.get(part.kind, STEP)
    return replace(part, begin=at, end=at + step) if at < len(part.items) else None


def going_on(of: Iterable[Part]) -> tuple[dict[str, str], ...]:
    """Return what to ask for each page on which these parts go on, in their order."""
    return tuple(
        {PART: part.key, FROM: str(begin)}
        for part in of
        for begin in range(part.end, len(part.items), _STEPS.get(part.kind, STEP))
    )


def _others(about: Description) -> tuple[Any, ...]:
    return tuple(one for one in all_compared(about) if one.iri != about.thing.iri)


def _facts(about: Description, group: FactGroup, few: int) -> Part:
    way = "facts-to" if group.inverse else "facts"
    items = tuple(_together(about, group))
    # Two more are shown sooner than a page is made for them.
    end = len(items) if len(items) <= few + 2 else few
    return Part(f"{way}.{_key(group.property.iri)}", "facts", None, items, end, group=group)


def _together(about: Description, group: FactGroup) -> Iterator[Values]:
    for one in told_together(group):
        own = {claim.iri for claim in one.claims}
        rivals = dict.fromkeys(
            rival for fact in one.facts for rival in rivals_of_fact(about, _only(fact, own))
        )
        for begin in range(0, len(one.values), _TOGETHER):
            values = one.values[begin : begin + _TOGETHER]
            yield Values(values, one.basis, one.accounts, tuple(rivals))


def _only(fact: StatedFact, claims: Container[str]) -> StatedFact:
    """Return a fact as some of its claims tell it."""
    return replace(fact, claims=tuple(claim for claim in fact.claims if claim.iri in claims))


def _key(iri: str) -> str:
    """Return a name for a property that stands in addresses and file names as it is."""
    name = shorten(iri).removeprefix("bri:").replace(":", ".")
    is_plain = _PLAIN.fullmatch(name) and (name != iri or iri.startswith(BRI))
    return name if is_plain else sha256(iri.encode("utf-8", "surrogatepass")).hexdigest()[:12]
