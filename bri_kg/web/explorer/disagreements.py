"""Where sources contradict each other, differ or agree: contradictions whole and first, the rest by nature."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from string import ascii_uppercase
from typing import Final

from bri_kg.answers.comparison_outlines import Headline, Outline, headlines, outlines, silences
from bri_kg.answers.comparisons import read_comparisons
from bri_kg.answers.model import Named
from bri_kg.answers.scope import Ground, names_of
from bri_kg.names import PREFIXES
from bri_kg.web.explorer.overview_page import ground_of, overview
from bri_kg.web.explorer.page import Page
from bri_kg.web.explorer.paging import PART_KEY, paged, pages
from bri_kg.web.explorer.sides import rows
from bri_kg.web.site import Site

KEY: Final = "disagreements"
_NATURE: Final = PREFIXES["bri-nature"]
_CONFUSABLE: Final = _NATURE + "confusable"
"""The nature that stands last: what is merely confusable is no disagreement at all."""
_AT_ONCE: Final = 6  # comparisons whole
_FOLDED: Final = 40  # headlines of one nature
_MOST_SOURCES: Final = 12
_STANCES: Final = ("contradicts", "differs", "agrees", "related")


@dataclass(frozen=True)
class Folded:
    """The comparisons of one leading nature: how many, and the first of them in a line each."""

    nature: Named
    count: int
    headlines: tuple[Headline, ...]


def disagreements_page(site: Site, page: Page, asked: Mapping[str, str]) -> str:
    """Return all comparisons by nature, or those of a nature or about a thing side by side."""
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
        natures=_natures(every),
        whole=_whole(page, ground, against[:_AT_ONCE]),
        contradictions=len(against),
        groups=[(stance, tuple(_folded(ground, every, stance))) for stance in _STANCES[1:]],
        side_by_side=lambda nature: _address(page, nature, "", 1),
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
    found = [
        one.iri for one in concerned if chosen is None or chosen in [n.iri for n in one.natures]
    ]
    shown = paged(found, asked, _AT_ONCE)
    called = next((n for n, _ in _natures(every) if n.iri == chosen), None)
    return overview(
        page,
        "compared.html",
        natures=_natures(every),
        nature=called,
        chosen=nature,
        about=about,
        thing=names_of(ground, [thing]).named(thing.value) if thing else None,
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


def _whole(page: Page, ground: Ground, wanted: Iterable[str]) -> list[dict[str, object]]:
    """Return comparisons with their sides, the parts in which they differ, and who is silent."""
    order = list(wanted)
    read = read_comparisons(ground, order)
    silent = silences(ground, tuple(read.values()))
    return [
        {
            "it": read[one],
            "sides": [
                (_letter(place), claim, rows(page, read[one], claim))
                for place, claim in enumerate(read[one].claims)
            ],
            "silence": silent[one],
            "most": _MOST_SOURCES,
        }
        for one in order
    ]


def _folded(ground: Ground, every: Iterable[Outline], stance: str) -> Iterator[Folded]:
    together: dict[Named, list[str]] = {}
    for one in every:
        if one.stance == stance:
            together.setdefault(one.leading, []).append(one.iri)
    for nature in sorted(together, key=lambda nature: nature.iri == _CONFUSABLE):
        of = together[nature]
        found = headlines(ground, of[:_FOLDED])
        yield Folded(nature, len(of), tuple(found[one] for one in of[:_FOLDED]))


def _natures(every: Iterable[Outline]) -> list[tuple[Named, int]]:
    """Return the natures there are, with the number of comparisons of each."""
    count: dict[Named, int] = {}
    for one in every:
        for nature in one.natures:
            count[nature] = count.get(nature, 0) + 1
    return list(count.items())


def _local(nature: Named) -> str:
    return nature.iri.removeprefix(_NATURE)


def _letter(place: int) -> str:
    return ascii_uppercase[place] if place < len(ascii_uppercase) else str(place + 1)
