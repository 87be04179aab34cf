"""A thing and its neighbours: what they are to each other, how many sources say so, and what is only ahead.

Arrows run from subject to object: those to the thing on the left, those from it on the right.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from bri_kg.answers.captions import marks, what, written
from bri_kg.answers.description_model import Description
from bri_kg.answers.face_words import BASES, SOURCES, Both, counted, say
from bri_kg.answers.folding import folded
from bri_kg.answers.neighbours import (
    KEY_INFERRED,
    KEY_REFERENCE,
    KEY_SAID,
    KEY_UNNAMED,
    OPEN_AGENT,
    THINGS_ONLY,
    UNNAMED,
    Tie,
    ties,
)
from bri_kg.answers.standing import DASHED, sources_of
from bri_kg.notebook.blocks import Block, Look, Run, line, run
from bri_kg.notebook.language import language_of
from bri_kg.notebook.pictures import (
    ACHIEVED,
    AHEAD,
    INK,
    SOFT,
    Pen,
    Picture,
    figure,
    matplotlib,
    pen,
)
from bri_kg.notebook.told_answers import stated_fact
from bri_kg.notebook.told_claims import claim as told_claim
from bri_kg.notebook.told_passages import label

_TITLE: Both = ("{name} and its neighbours", "{name}及其相邻事物")
_KEY: dict[str, Both] = {
    "-": KEY_SAID,
    "-.": KEY_REFERENCE,
    ":": KEY_INFERRED,
    "--": DASHED,
    "?": KEY_UNNAMED,
}
_MORE: Both = ("{n} more neighbours are not drawn.", "另有 {n} 个相邻事物未画出。")
_STYLES = {"reference": "-.", "inferred": ":", "ahead": "--"}
_MOST = 24  # neighbours on a side
_BOX_COLUMNS, _LINK_COLUMNS = 31, 32
_LINE = 0.165  # inches
_WIDTH = 12.0


@dataclass(frozen=True)
class _Link:
    """One relation of the thing with a neighbour, and what it rests on."""

    text: str
    style: str
    sources: int


@dataclass(frozen=True)
class _Neighbour:
    key: str
    name: str
    outgoing: bool
    links: tuple[_Link, ...]

    @property
    def is_firm(self) -> bool:
        return any(link.style != "--" for link in self.links)


def network(about: Description, *, lang: str | None = None, title: str | None = None) -> Picture:
    """Return a thing and its neighbours, as `kg.describe` gives them, as a picture.

    Raises UsageError where matplotlib is not installed.
    """
    spoken = lang or language_of(about)
    pencil = pen(spoken)
    name = about.thing.label or about.thing.iri
    heading = title or say(spoken, _TITLE, name=name)
    found = _gathered(_links(about, pencil))
    drawn = _draw(
        found, about, pencil, pencil.name(heading, _TITLE[0].format(name=about.thing.iri))
    )
    notes = pencil.notes(name, *(tie.neighbour.label for tie in ties(about) if tie.neighbour))
    return Picture(drawn, heading, spoken, (*notes, *_told(about, spoken)))


def _links(about: Description, pencil: Pen) -> Iterator[tuple[str, str, bool, _Link]]:
    """Yield key and name of a neighbour, whether the arrow leads to it, and the link."""
    for tie in ties(about):
        name = f"? {pencil.say(UNNAMED)}"
        if tie.neighbour is not None:
            name = written(tie.neighbour, pencil)
        yield tie.key, name, tie.outgoing, _link(tie, pencil)


def _link(tie: Tie, pencil: Pen) -> _Link:
    told = what(tie.claims[0], pencil) if tie.relation is None else written(tie.relation, pencil)
    style = _STYLES.get(tie.basis, "-")
    if tie.basis in BASES:
        return _Link(f"{told}\u00a0· {pencil.say(BASES[tie.basis])}", style, 0)
    sources = sources_of(tie.claims)
    found = sorted({mark for claim in tie.claims for mark in marks(claim, pencil)})
    return _Link(" ".join([*found, f"{told}\u00a0· {_count(sources, pencil)}"]), style, sources)


def _count(sources: int, pencil: Pen) -> str:
    return counted(pencil.lang, SOURCES, sources).replace(" ", "\u00a0")


def _gathered(links: Iterable[tuple[str, str, bool, _Link]]) -> list[_Neighbour]:
    """Return neighbours, each once on a side, with their links; what is only ahead last."""
    found: dict[tuple[str, bool], tuple[str, list[_Link]]] = {}
    for key, name, outgoing, link in links:
        of = found.setdefault((key, outgoing), (name, []))[1]
        if link not in of:
            of.append(link)
    neighbours = [
        _Neighbour(key, name, outgoing, tuple(of)) for (key, outgoing), (name, of) in found.items()
    ]
    return sorted(neighbours, key=lambda n: (not n.is_firm, n.key.startswith("?")))


def _told(about: Description, lang: str) -> Iterator[Block]:
    for group in about.facts:
        for one in group.facts:
            yield stated_fact(one, lang)
    for claim in about.ahead:
        yield told_claim(claim, lang)
    for gap in about.left_open:
        if gap.gap.iri == OPEN_AGENT and gap.claim:
            yield Block(
                line(
                    run(say(lang, UNNAMED), Look.QUIET),
                    label(gap.gap),
                    Run(gap.claim, look=Look.CODE),
                )
            )


def _draw(found: list[_Neighbour], about: Description, pencil: Pen, title: str) -> Any:
    sides = [[n for n in found if n.outgoing is outgoing] for outgoing in (False, True)]
    left = sum(max(0, len(side) - _MOST) for side in sides)
    sides = [side[:_MOST] for side in sides]
    heights = [[_height(n) for n in side] for side in sides]
    tall = max(*(sum(of) for of in heights), 2.4)
    total = tall + 1.6
    fig = figure(_WIDTH, total)
    axes = fig.add_axes((0, 0.9 / total, 1, tall / total))
    axes.set_xlim(0, _WIDTH)
    axes.set_ylim(tall, 0)
    axes.set_axis_off()
    centre = pencil.text(
        axes, _WIDTH / 2, tall / 2, folded(written(about.thing, pencil), 22), ha="center", va="center",
        fontsize=10.5, fontweight="bold", color="white", zorder=5,
        bbox={"boxstyle": "round,pad=0.7", "facecolor": INK, "edgecolor": INK},
    )  # fmt: skip
    half = centre.get_window_extent(fig.canvas.get_renderer()).width / fig.dpi / 2 + 0.13
    for side, of in zip(sides, heights, strict=True):
        y = (tall - sum(of)) / 2
        for neighbour, height in zip(side, of, strict=True):
            _neighbour(axes, neighbour, y + height / 2, (half, tall / 2), pencil)
            y += height
    pencil.title(fig, 1 - 0.3 / total, title)
    styles = {link.style for side in sides for n in side for link in n.links}
    styles |= {"?" for side in sides for n in side if n.key.startswith("?")}
    words = [pencil.say(wording) for style, wording in _KEY.items() if style in styles]
    words += [pencil.say(_MORE, n=left)] if left else []
    words.append(pencil.say(THINGS_ONLY))
    pencil.key(fig, 0.42 / total, folded("   ·   ".join(words), 170))
    return fig


def _height(neighbour: _Neighbour) -> float:
    box = folded(neighbour.name, _BOX_COLUMNS).count("\n") + 1
    return max(box, _link_text(neighbour).count("\n") + 1) * _LINE + 0.26


def _link_text(neighbour: _Neighbour) -> str:
    return "\n".join(folded(link.text, _LINK_COLUMNS) for link in neighbour.links)


def _neighbour(
    axes: Any, neighbour: _Neighbour, y: float, edge: tuple[float, float], pencil: Pen
) -> None:
    half, middle = edge
    way = 1 if neighbour.outgoing else -1
    centre = _WIDTH / 2
    box_x, text_x = centre + way * 3.75, centre + way * 2.72
    styles = [link.style for link in neighbour.links]
    style = next((s for s in ("-", "-.", ":") if s in styles), "--")
    ink = ACHIEVED if style == "-" else AHEAD if style == "--" else SOFT
    sources = max(link.sources for link in neighbour.links)
    path = matplotlib("path").Path
    begin, turn, end = centre + way * half, centre + way * 1.55, centre + way * 3.66
    points = [
        (begin, middle),
        (turn, middle),
        (turn - way * 0.2, y),
        (turn + way * 0.15, y),
        (end, y),
    ]
    bends = [path.CURVE4] * 3
    curve = (
        path(points, [path.MOVETO, *bends, path.LINETO])
        if neighbour.outgoing
        else path(points[::-1], [path.MOVETO, path.LINETO, *bends])
    )
    axes.add_patch(
        matplotlib("patches").FancyArrowPatch(
            path=curve, arrowstyle="-" if style == "--" else "-|>", mutation_scale=9, linestyle=style,
            color=ink, fill=False, zorder=1, label=neighbour.key,
            linewidth=0.9 + 0.5 * min(sources, 5),
        )
    )  # fmt: skip
    pencil.text(
        axes, text_x, y, _link_text(neighbour), ha="center", va="center", fontsize=7.5, color=ink,
        linespacing=1.2, zorder=3,
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.5, "alpha": 0.92},
    )  # fmt: skip
    unnamed = neighbour.key.startswith("?")
    pencil.text(
        axes, box_x, y, folded(neighbour.name, _BOX_COLUMNS), ha="left" if way > 0 else "right",
        va="center", fontsize=8.5, color=INK if neighbour.is_firm else AHEAD, linespacing=1.2, zorder=4,
        bbox={
            "boxstyle": "round,pad=0.35", "facecolor": "white", "edgecolor": ink, "linewidth": 1.1,
            "linestyle": ":" if unnamed else "-" if neighbour.is_firm else "--",
        },
    )  # fmt: skip
