"""Pairs of claims that wait for a comparison, for people: the likeliest with both sides' words, the rest counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial
from typing import Final

from bri_kg.answers.claim_words import BULLET
from bri_kg.answers.face_words import Both, Number, counted
from bri_kg.answers.model import Candidate
from bri_kg.cli.show.cited import Cited
from bri_kg.cli.show.commands_shown import command_line
from bri_kg.cli.show.layout import Page
from bri_kg.cli.show.side_by_side import beside, indented, packed
from bri_kg.names import shorten

FIRST: Final = 10
_LEAST: Final = 20  # a pair of less weight is shown where there is none better
_NONE: Both = ("0 candidates: none was found", "0 项候选：未找到")
_CANDIDATES: Number = (
    ("1 candidate", "1 项候选"),
    ("{count} candidates, the likeliest first", "{count} 项候选，最可能者在前"),
)
_WHY: Both = ("{place}. {why}", "{place}. {why}")
_ALSO: Both = ("also: {why}", "另有：{why}")
_NAMES: Both = ("claims compared", "所比较的说法")
_MORE: Both = ("{count} more: {command}", "另有 {count} 项：{command}")
_REASON: Both = ("{count} × {why}", "{count} × {why}")


def candidate_lines(
    page: Page,
    given: Sequence[Candidate],
    *,
    everything: bool = False,
    limit: int | None = None,
    asked: Sequence[str] = (),
) -> list[str]:
    """Return the likeliest pairs, ten or as many as asked for, each with why it is one; the rest by their reasons.

    The names of the two claims stand as a workbook takes them. `asked` is the thing as it was given, for
    the command that shows all.
    """
    if not given:
        return page.lines(page.say(_NONE))
    few = _likely(given) if limit is None else given[:limit]
    shown = given if everything else few
    cited = Cited()
    lines = page.lines(counted(page.lang, _CANDIDATES, len(given)))
    for place, one in enumerate(shown, 1):
        lines += ["", *_pair(page, place, one, cited)]
    there = set(map(id, shown))
    if rest := [one for one in given if id(one) not in there]:
        command = command_line(page.lang, "conflicts", *asked, "--candidates", "--all")
        lines += ["", *page.lines(page.say(_MORE, count=len(rest), command=command))]
        for why, number in Counter(one.summary for one in rest).most_common():
            lines += page.lines(page.say(_REASON, count=number, why=why), indent=2)
    return lines + cited.source_lines(page)


def _likely(given: Sequence[Candidate]) -> Sequence[Candidate]:
    first = given[:FIRST]
    return [one for one in first if one.weight >= _LEAST] or first


def _pair(page: Page, place: int, one: Candidate, cited: Cited) -> list[str]:
    first = page.say(_WHY, place=place, why="")
    lines = page.lines(one.summary, first=first)
    for why in one.also:
        lines += page.lines(page.say(_ALSO, why=why), indent=len(first))
    for claim in one.claims:
        lines += indented(page, 2, partial(cited.claim, claim=claim, first=BULLET))
    names = partial(packed, parts=[shorten(claim.iri) for claim in one.claims], between="; ")
    return [*lines, *beside(page, [(page.say(_NAMES), names)])]
