"""Where passages stand in a text that was extracted anew: in place, moved, changed, gone. Nothing is guessed.

Only the digests of passages are known, so the same words are found by the digest of as many characters. With
the text as it was, words that were only broken into other lines are found too, and what changed is told.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from bri_kg.plain import Plain
from bri_kg.texts.originals import find_words, sha256
from bri_kg.texts.workbook.quoting import quotation

Span = tuple[int, int]
_LEFT: Final = (
    0.4  # of its length; where less room is left between its neighbours, a passage is gone
)


class Fate(StrEnum):
    """What became of a passage."""

    IN_PLACE = "in place"
    MOVED = "moved"
    AMBIGUOUS = "in several places"
    CHANGED = "changed"
    VANISHED = "vanished"
    UNSEALED = "unsealed"


@dataclass(frozen=True)
class Drift(Plain):
    """A passage by its old span, and what became of it.

    `now` is its new span; of a changed one, where it would have to stand between its neighbours, or
    the words that are most like it. `places` are all where words stand that stand in several.
    """

    before: Span
    fate: Fate
    now: Span | None = None
    places: tuple[Span, ...] = ()

    @property
    def is_anchored(self) -> bool:
        """Whether its words stand unchanged in one place that is known."""
        return self.fate in (Fate.IN_PLACE, Fate.MOVED)


def drift(
    text: str, sealed: Mapping[Span, str | None], before: str | None = None
) -> tuple[Drift, ...]:
    """Return what became of each passage in a new text, in their order.

    `sealed` holds the digest of each span of the old text; `before` is that text, where it is at hand.
    """
    known = {span: digest for span, digest in sealed.items() if digest is not None}
    places = (
        _by_digest(text, known)
        if before is None
        else {span: _by_words(text, before[slice(*span)]) for span in known}
    )
    anchors = _anchors({span: found[0] for span, found in places.items() if len(found) == 1})
    chosen = {span: _chosen(span, found, anchors) for span, found in places.items()}
    taken = _taken_once(chosen, known)
    found = (
        _fate(span, places.get(span), taken.get(span), anchors, len(text))
        for span in sorted(sealed)
    )
    return tuple(one if before is None else _most_like(one, text, before) for one in found)


def _fate(
    span: Span,
    places: Sequence[Span] | None,
    taken: Span | None,
    anchors: Mapping[Span, Span],
    length: int,
) -> Drift:
    if places is None:
        return Drift(span, Fate.UNSEALED)
    if taken is not None:
        return Drift(span, Fate.IN_PLACE if taken == span else Fate.MOVED, taken)
    if places:
        return Drift(span, Fate.AMBIGUOUS, places=tuple(places))
    begin, end = _room(span, anchors, length)
    if end - begin < _LEFT * (span[1] - span[0]):
        return Drift(span, Fate.VANISHED)
    return Drift(span, Fate.CHANGED, (begin, end))


def _most_like(one: Drift, text: str, before: str) -> Drift:
    """Return a changed passage with the words that are most like its own; it is gone where there are none."""
    if one.fate not in (Fate.CHANGED, Fate.VANISHED):
        return one
    nearest = quotation(text, before[slice(*one.before)]).spans
    fate = Fate.CHANGED if nearest else Fate.VANISHED
    return replace(one, fate=fate, now=nearest[0] if nearest else None)


# Where the same words stand.


def _by_words(text: str, words: str) -> list[Span]:
    """Return where words stand, broken into whatever lines; marks and letters must be the same."""
    same = list(_everywhere(text, words))
    pieces = words.split()
    return same or [(b, e) for b, e in find_words(text, words) if text[b:e].split() == pieces]


def _by_digest(text: str, sealed: Mapping[Span, str]) -> dict[Span, list[Span]]:
    words: dict[str, str | None] = dict.fromkeys(sealed.values())
    shift = 0
    for (begin, end), digest in sorted(sealed.items()):
        # Most passages moved as far as the one before them.
        for at in (begin + shift, begin):
            part = text[max(at, 0) : max(at, 0) + end - begin]
            if words[digest] is None and at >= 0 and sha256(part) == digest:
                words[digest], shift = part, at - begin
    lengths: dict[int, set[str]] = defaultdict(set)
    for (begin, end), digest in sealed.items():
        if words[digest] is None:
            lengths[end - begin].add(digest)
    for length, wanted in lengths.items():
        words |= _scanned(text, length, wanted)
    return {
        span: list(_everywhere(text, found)) if (found := words[digest]) else []
        for span, digest in sealed.items()
    }


def _scanned(text: str, length: int, wanted: set[str]) -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    for begin in range(len(text) - length + 1):
        part = text[begin : begin + length]
        if (digest := sha256(part)) in wanted:
            found[digest] = part
            if len(found) == len(wanted):
                break
    return found


def _everywhere(text: str, words: str) -> Iterator[Span]:
    begin = text.find(words)
    while begin >= 0:
        yield begin, begin + len(words)
        begin = text.find(words, begin + 1)


# Which of several places is meant: by what stands around it, else by the order.


def _anchors(alone: Mapping[Span, Span]) -> dict[Span, Span]:
    """Return the spans that stand in one place, without those that changed their order."""
    spans = sorted(alone)
    kept = _in_order([alone[span][0] for span in spans])
    return {spans[n]: alone[spans[n]] for n in kept}


def _in_order(numbers: Sequence[int]) -> list[int]:
    """Return the places of a longest part of some numbers that never falls."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int | None] = []
    for place, number in enumerate(numbers):
        at = bisect_right(ends, number)
        before.append(last[at - 1] if at else None)
        ends[at : at + 1] = [number]
        last[at : at + 1] = [place]
    kept: list[int] = []
    place_or_none = last[-1] if last else None
    while place_or_none is not None:
        kept.append(place_or_none)
        place_or_none = before[place_or_none]
    return kept[::-1]


def _chosen(span: Span, places: Sequence[Span], anchors: Mapping[Span, Span]) -> Span | None:
    """Return the one place that is meant; None where that is not sure."""
    if len(places) < 2:
        return places[0] if places else None
    within = {
        now[0] + span[0] - old[0]
        for old, now in anchors.items()
        if old[0] <= span[0] and span[1] <= old[1] and now[1] - now[0] == old[1] - old[0]
    }
    if len(within) == 1:
        [begin] = within
        return next((place for place in places if place[0] == begin), None)
    above, below = _neighbours(span, anchors)
    if above is None or below is None:
        return None
    least, most = anchors[above][0], anchors[below][1]
    between = [place for place in places if least <= place[0] and place[1] <= most]
    if len(between) == 1:
        return between[0]
    shifts = {anchors[one][0] - one[0] for one in (above, below)}
    if len(shifts) == 1:
        [shift] = shifts
        return next((place for place in between if place[0] == span[0] + shift), None)
    return None


def _neighbours(span: Span, anchors: Mapping[Span, Span]) -> tuple[Span | None, Span | None]:
    above = max((old for old in anchors if old < span), default=None)
    below = min((old for old in anchors if old > span), default=None)
    return above, below


def _taken_once(chosen: Mapping[Span, Span | None], sealed: Mapping[Span, str]) -> dict[Span, Span]:
    """Return the chosen places, without those that two passages of the old text would share."""
    sharing: dict[Span, set[Span]] = defaultdict(set)
    for span, place in chosen.items():
        if place is not None:
            sharing[place].add(span)
    return {
        span: place
        for span, place in chosen.items()
        if place is not None and len(sharing[place]) == 1
    }


def _room(span: Span, anchors: Mapping[Span, Span], length: int) -> Span:
    """Return what stands between the neighbours of a passage, as far as they stood from it."""
    above = max((old for old in anchors if old[1] <= span[0]), default=None, key=lambda old: old[1])
    below = min((old for old in anchors if old[0] >= span[1]), default=None)
    begin = anchors[above][1] + span[0] - above[1] if above else span[0]
    end = anchors[below][0] - (below[0] - span[1]) if below else span[1] + (begin - span[0])
    if not above and below:
        begin = max(0, span[0] + anchors[below][0] - below[0])
    return max(0, min(begin, length)), max(0, min(end, length))


def placed(found: Iterable[Drift]) -> dict[Span, Span]:
    """Return the new span of each passage that can be anchored anew, without clashes with those that stay.

    A passage whose words changed keeps its old span until somebody looks; nothing else may take it.
    """
    found = tuple(found)
    staying = {one.before for one in found if not one.is_anchored}
    moving = {one.before: one.now for one in found if one.is_anchored and one.now}
    while blocked := {old for old, now in moving.items() if now in staying}:
        staying |= blocked
        for old in blocked:
            del moving[old]
    return moving
