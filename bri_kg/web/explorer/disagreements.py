"""Where sources contradict each other, differ or agree: an overview that answers by itself, then side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

from bri_kg.answers.compared_sides import Line, Whole, lines, wholes
from bri_kg.answers.comparison_outlines import (
    GROUPS,
    Headline,
    Outline,
    group_of,
    headlines,
    outlines,
    silences,
)
from bri_kg.answers.comparison_topics import by_topic
from bri_kg.answers.comparisons import read_comparisons
from bri_kg.answers.model import Named
from bri_kg.answers.node_lookups import meaning_of
from bri_kg.answers.scope import Ground, names_of
from bri_kg.names import PREFIXES
from bri_kg.web.explorer.overview_page import ground_of, overview
from bri_kg.web.explorer.page import Page
from bri_kg.web.explorer.paging import PART_KEY, paged, pages
from bri_kg.web.explorer.sides import letter, rows
from bri_kg.web.site import Site

KEY: Final = "disagreements"
_NATURE: Final = PREFIXES["bri-nature"]
_AT_ONCE: Final = 6  # comparisons whole
_TOLD: Final = 60  # comparisons in a line each
_FOLDED: Final = 40  # headlines of one group
_MOST_SOURCES: Final = 12
_QUIET: Final = GROUPS[3:]


@dataclass(frozen=True)
class Folded:
    """Comparisons in which nothing differs: how many, and the first of them by name and reason."""

    group: str
    count: int
    headlines: tuple[Headline, ...]


@dataclass(frozen=True)
class About:
    """What differs about one topic, or about several of which each has one line."""

    topic: Named | None
    wholes: tuple[Whole, ...]

    @property
    def size(self) -> int:
        """How many comparisons there are."""
        return sum(1 + len(whole.parts) for whole in self.wholes)


def disagreements_page(site: Site, page: Page, asked: Mapping[str, str]) -> str:
    """Return what differs by what it is about, or the comparisons of a nature or about a thing side by side."""
    ground = ground_of(site, page)
    every = outlines(ground)
    nature, about = asked.get("nature", "").strip(), asked.get("about", "").strip()
    if nature or about:
        return _filtered(site, page, ground, every, nature, about, asked)
    against = [one.iri for one in every if one.stance == "contradicts"]
    return overview(
        page,
        "disagreements.html",
        total=len(every),
        count=Counter(map(group_of, every)),
        natures=_natures(every),
        whole=_whole(page, ground, against[:_AT_ONCE]),
        abouts=_abouts(page, ground, every),
        group_of=group_of,
        most=_TOLD,
        folds=tuple(_folded(ground, every)),
        side_by_side=lambda nature: _address(page, nature, "", 1),
        meaning=partial(_meaning, page, ground),
    )


def disagreement_keys(site: Site, page: Page) -> Iterator[str]:
    """Yield the keys of the pages of comparisons side by side."""
    every = outlines(ground_of(site, page))
    for nature, count in _natures(every):
        if nature.iri.startswith(_NATURE):
            yield f"{KEY}/{_local(nature)}"
            for part in range(2, pages(count, _AT_ONCE) + 1):
                yield f"{KEY}/{_local(nature)}/{part}"


def _filtered(
    site: Site,
    page: Page,
    ground: Ground,
    every: tuple[Outline, ...],
    nature: str,
    about: str,
    asked: Mapping[str, str],
) -> str:
    chosen = site.graph.nature(nature).value if nature else None
    thing = site.graph.resolve(about) if about else None
    concerned = outlines(ground, thing) if thing else every
    found = [one for one in concerned if chosen is None or chosen in [n.iri for n in one.natures]]
    found.sort(key=lambda one: GROUPS.index(group_of(one)))
    told = _lines(page, ground, [one.iri for one in found[:_TOLD]])
    order = [*(line.comparison.iri for line in told), *(one.iri for one in found[_TOLD:])]
    shown = paged(order, asked, _AT_ONCE, page.most_pages)
    called = next((n for n, _ in _natures(every) if n.iri == chosen), None)
    return overview(
        page,
        "compared.html",
        natures=_natures(every),
        nature=called,
        meaning=partial(_meaning, page, ground),
        chosen=nature,
        about=about,
        thing=names_of(ground, [thing]).named(thing.value) if thing else None,
        count=Counter(map(group_of, found)),
        group_of=group_of,
        groups=_by_group(told) if shown.number == 1 else (),
        shown=shown,
        address=lambda number: _address(page, called, about, number),
        whole=_whole(page, ground, shown.items),
    )


def _address(page: Page, nature: Named | None, about: str, number: int) -> str:
    """Return the address of comparisons side by side: of a nature as a key, which can be written as a file too."""
    part = str(number)
    if nature and not about and nature.iri.startswith(_NATURE):
        key = f"{KEY}/{_local(nature)}"
        return page.at.of(key if number == 1 else f"{key}/{part}")
    asked = {"nature": nature.iri if nature else "", "about": about, PART_KEY: part}
    return page.at.of(KEY, **{name: value for name, value in asked.items() if value})


def _abouts(page: Page, ground: Ground, every: Iterable[Outline]) -> tuple[About, ...]:
    """Return what differs without contradicting, by topic."""
    differing = [one.iri for one in every if one.stance == "differs"][:_TOLD]
    told = {line.comparison.iri: line for line in _lines(page, ground, differing)}
    return tuple(
        About(of.topic, wholes(told[one] for one in of.comparisons))
        for of in by_topic(ground, told)
    )


def _by_group(told: Iterable[Line]) -> tuple[tuple[str, tuple[Whole, ...], int], ...]:
    found: dict[str, list[Line]] = {}
    for line in told:
        found.setdefault(group_of(line.comparison), []).append(line)
    return tuple((group, wholes(of), len(of)) for group, of in found.items())


def _lines(page: Page, ground: Ground, wanted: Iterable[str]) -> tuple[Line, ...]:
    return lines(page, read_comparisons(ground, wanted).values())


def _whole(page: Page, ground: Ground, wanted: Iterable[str]) -> list[dict[str, object]]:
    """Return comparisons with their sides, the parts in which they differ, and who is silent."""
    order = list(wanted)
    read = read_comparisons(ground, order)
    silent = silences(ground, tuple(read.values()))
    return [
        {
            "it": read[one],
            "sides": [
                (letter(place), claim, rows(page, read[one], claim))
                for place, claim in enumerate(read[one].claims)
            ],
            "silence": silent[one],
            "most": _MOST_SOURCES,
        }
        for one in order
    ]


def _folded(ground: Ground, every: Iterable[Outline]) -> Iterator[Folded]:
    together: dict[str, list[str]] = {group: [] for group in _QUIET}
    for one in every:
        if (group := group_of(one)) in together:
            together[group].append(one.iri)
    for group, of in together.items():
        found = headlines(ground, of[:_FOLDED])
        yield Folded(group, len(of), tuple(found[one] for one in of[:_FOLDED]))


def _natures(every: Iterable[Outline]) -> list[tuple[Named, int]]:
    """Return the natures there are, with the number of comparisons of each: one has two natures at times."""
    return list(Counter(nature for one in every for nature in one.natures).items())


def _meaning(page: Page, ground: Ground, nature: Named) -> str | None:
    return meaning_of(ground.store.quads, nature.iri, page.lang)


def _local(nature: Named) -> str:
    return nature.iri.removeprefix(_NATURE)
