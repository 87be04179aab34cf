"""A timeline of claims: what is open, vague or not come about looks it, and says it in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from bri_kg.answers.captions import caption, cited
from bri_kg.answers.face_words import Both, say
from bri_kg.answers.folding import folded
from bri_kg.answers.moments import KEY, Extent, Timed, limits, timed
from bri_kg.answers.standing import DASHED, claims_of, is_firm
from bri_kg.notebook.blocks import Block, Look, run
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
from bri_kg.notebook.told_claims import claim as told_claim
from bri_kg.notebook.told_passages import time as told_time

_TITLE: Both = ("When, as the texts say it", "时间（按文本所述）")
_NONE: Both = ("no claim has a time", "没有带时间的说法")
_MORE: Both = (
    "{n} more times are not drawn: pass fewer claims.",
    "另有 {n} 个时间未画出：请减少说法。",
)
_UNTIMED: Both = (
    "{n} more claims give no time and are not drawn.",
    "另有 {n} 条说法没有时间，未画出。",
)
_KEY: dict[str, Both] = {**KEY, "ahead": DASHED}
_MOST = 60  # rows in one picture
_LABEL_COLUMNS = 58
_LINE = 0.155  # inches
_HEIGHT, _LEAST = 0.36, 0.012  # of a bar, and its least share of the width
_FADING = 6


def timeline(about: object, *, lang: str | None = None, title: str | None = None) -> Picture:
    """Return the times of claims, or of the claims in an answer, as a picture.

    `about` is what `kg.claims`, `kg.describe`, `kg.explain` or `kg.conflicts` gives. Raises UsageError
    where matplotlib is not installed.
    """
    spoken = lang or language_of(about)
    claims = claims_of(about)
    rows = timed(claims)
    untimed = [claim for claim in claims if not claim.times]
    pencil = pen(spoken)
    left = ((_MORE, len(rows) - _MOST), (_UNTIMED, len(untimed)))
    notes = [(wording, n) for wording, n in left if n > 0]
    heading = title or say(spoken, _TITLE)
    words = [pencil.say(wording, n=n) for wording, n in notes]
    drawn = _draw(rows[:_MOST], pencil, pencil.name(heading, _TITLE[0]), words)
    told = (
        *pencil.notes(*(row.time.label for row in rows), *(c.cls.label for c in claims)),
        *_told(rows, spoken),
        *(Block((run(say(spoken, wording, n=n), Look.QUIET),)) for wording, n in notes),
    )
    return Picture(drawn, heading, spoken, told)


def _told(rows: Iterable[Timed], lang: str) -> Iterable[Block]:
    for row in rows:
        yield Block(told_time(row.time, lang), (told_claim(row.claim, lang),))


def _draw(rows: Sequence[Timed], pencil: Pen, title: str, notes: list[str]) -> Any:
    labels = [folded(caption(row.claim, pencil), _LABEL_COLUMNS) for row in rows]
    deep = [_LINE * (label.count("\n") + 1) for label in labels]
    heights = [max(depth + 0.36, 0.56) for depth in deep]
    total = (sum(heights) or 1) + 2.05
    fig = figure(11, total)
    bottom, top = 1.15 / total, 1 - 0.9 / total
    axes = fig.add_axes((0.42, bottom, 0.55, top - bottom))
    first, last = limits(row.lying for row in rows)
    axes.set_xlim(first, last)
    axes.set_ylim(sum(heights) or 1, 0)
    _frame(axes, pencil)
    pencil.title(fig, 1 - 0.3 / total, title)
    y = 0.0
    for row, label, height, depth in zip(rows, labels, heights, deep, strict=True):
        _row_drawn(axes, row, y + height / 2, pencil, (first, last))
        how = {"transform": axes.get_yaxis_transform(), "ha": "right", "va": "top"}
        ink = AHEAD if not is_firm(row.claim) else INK
        pencil.text(axes, -0.02, y + 0.09, label, fontsize=8.5, color=ink, linespacing=1.15, **how)
        where = cited([row.claim])
        pencil.text(axes, -0.02, y + 0.12 + depth, where, fontsize=7, color=SOFT, **how)
        axes.axhline(y + height, color="#e3e6e8", linewidth=0.6)
        y += height
    if not rows:
        pencil.text(axes, (first + last) / 2, 0.5, pencil.say(_NONE), ha="center", color=INK)
    _key(fig, rows, pencil, notes, total)
    return fig


def _frame(axes: Any, pencil: Pen) -> None:
    for side in ("left", "right", "bottom"):
        axes.spines[side].set_visible(False)
    axes.spines["top"].set_color(SOFT)
    axes.xaxis.tick_top()
    axes.xaxis.set_major_locator(matplotlib("ticker").MaxNLocator(integer=True, nbins=9))
    axes.xaxis.set_major_formatter(matplotlib("ticker").FuncFormatter(lambda x, _: f"{x:.0f}"))
    axes.tick_params(axis="x", labelsize=8.5, colors=INK, length=3)
    axes.set_yticks([])
    axes.grid(axis="x", color="#e3e6e8", linewidth=0.8)
    axes.set_axisbelow(True)


def _row_drawn(axes: Any, row: Timed, y: float, pencil: Pen, limits: tuple[float, float]) -> None:
    first, last = limits
    width = last - first
    begin = first + 0.02 * width if row.lying.begin is None else row.lying.begin
    end = last - 0.02 * width if row.lying.end is None else row.lying.end
    least = _LEAST * width
    if end - begin < least:
        begin, end = (begin + end - least) / 2, (begin + end + least) / 2
    _bar(axes, row, y, begin, end)
    words = pencil.name(row.time.label, row.time.edtf or row.time.iri)
    inside = row.lying.extent in (Extent.VAGUE, Extent.OPEN) and end - begin > 0.3 * width
    x, side = ((begin + end) / 2, "center") if inside else (end + 0.008 * width, "left")
    if not inside and end > first + 0.82 * width:
        x, side = begin - 0.008 * width, "right"
    pencil.text(
        axes, x, y, words, ha=side, va="center", fontsize=8, color=INK,
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.2, "alpha": 0.9},
    )  # fmt: skip


def _bar(axes: Any, row: Timed, y: float, begin: float, end: float) -> None:
    loose, extent = not is_firm(row.claim), row.lying.extent
    ink = AHEAD if loose else ACHIEVED
    line = "--" if loose else ":" if extent is Extent.VAGUE else "-"
    hatched = row.lying.is_within and extent is not Extent.VAGUE
    solid = not loose and not hatched and extent is not Extent.VAGUE
    fade = (end - begin) * 0.3 if extent is Extent.OPEN else 0.0
    left = begin + (fade if row.lying.begin is None else 0)
    right = end - (fade if row.lying.end is None else 0)
    axes.add_patch(
        matplotlib("patches").Rectangle(
            (left, y - _HEIGHT / 2), right - left, _HEIGHT, linestyle=line, linewidth=1.3,
            edgecolor="none" if fade and solid else ink, facecolor=ink if solid else "none",
            alpha=0.75 if solid else 1, hatch="////" if hatched else None,
            label=f"{extent.value}{' ahead' if loose else ''}",
        )
    )  # fmt: skip
    if fade:
        _fading(axes, row, y, (begin, end), fade, ink, solid)


def _fading(
    axes: Any, row: Timed, y: float, span: tuple[float, float], fade: float, ink: str, solid: bool
) -> None:
    """Draw the open end in steps that fade, and an arrow beyond it."""
    begin, end = span
    rectangle = matplotlib("patches").Rectangle
    tip, inner, way = (begin, begin + fade, -1) if row.lying.begin is None else (end, end - fade, 1)
    for step in range(_FADING if solid else 0):
        x = inner + way * fade * step / _FADING
        axes.add_patch(
            rectangle(
                (min(x, x + way * fade / _FADING), y - _HEIGHT / 2), fade / _FADING, _HEIGHT,
                facecolor=ink, edgecolor="none", alpha=0.75 * (1 - (step + 1) / (_FADING + 1)),
            )
        )  # fmt: skip
    axes.annotate(
        "", xy=(tip, y), xytext=(inner, y),
        arrowprops={"arrowstyle": "->", "color": ink, "linewidth": 1.4, "linestyle": "-" if solid else "--"},
    )  # fmt: skip


def _key(fig: Any, rows: Sequence[Timed], pencil: Pen, notes: list[str], total: float) -> None:
    there = {row.lying.extent.value for row in rows} | {
        "ahead" for row in rows if not is_firm(row.claim)
    }
    there |= {"within" for row in rows if row.lying.is_within and row.lying.extent is Extent.OPEN}
    words = [pencil.say(wording) for name, wording in _KEY.items() if name in there]
    lines = ["   ·   ".join(words[:3]), "   ·   ".join(words[3:])]
    text = "\n".join(line for line in (*lines, *notes) if line)
    pencil.key(fig, 0.5 / total, text)
