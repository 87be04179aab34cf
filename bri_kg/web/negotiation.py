"""What a client can read, chosen by its headers (RFC 9110, sections 12.4.2, 12.5.1 and 12.5.4).

A part of a header that does not follow the grammar is left out: a client that errs in one part still gets
what the rest asks for. Where nothing is left, nothing was asked for, and the first that is offered is given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_TOKEN = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_RANGE = re.compile(rf"({_TOKEN})/({_TOKEN})")
_LANGUAGE = re.compile(r"\*|[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")
_QUALITY = re.compile(r"0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?")
# A comma or a semicolon inside quotes divides nothing.
_PARTS = {
    mark: re.compile(rf'(?:[^"{mark}]|"(?:[^"\\]|\\.)*(?:"|\\?$))+', re.DOTALL) for mark in ",;"
}


@dataclass(frozen=True)
class Wanted:
    """A media range or a language range, in small letters, and how much it is liked: from 0 (not at all) to 1."""

    name: str
    quality: float


def media_ranges(accept: str | None) -> tuple[Wanted, ...]:
    """Return the media ranges of an Accept header; parameters other than `q` do not count."""
    return tuple(part for part in _wanted(accept) if _is_media_range(part.name))


def language_ranges(accept: str | None) -> tuple[Wanted, ...]:
    """Return the language ranges of an Accept-Language header (RFC 4647, 2.1)."""
    return tuple(part for part in _wanted(accept) if _LANGUAGE.fullmatch(part.name))


def media_quality(media_type: str, ranges: Sequence[Wanted]) -> float:
    """Return how much a media type is liked, by the most specific range that holds it; 0 where none does."""
    main = media_type.partition("/")[0]
    for name in (media_type, f"{main}/*", "*/*"):
        found = [wanted.quality for wanted in ranges if wanted.name == name]
        if found:
            return max(found)
    return 0.0


def language_quality(language: str, ranges: Sequence[Wanted]) -> float:
    """Return how much a language (`en`, `zh`) is liked: `zh-CN` asks for `zh`, and `*` for any other."""
    own = [wanted.quality for wanted in ranges if wanted.name.partition("-")[0] == language]
    rest = [wanted.quality for wanted in ranges if wanted.name == "*"]
    return max(own or rest, default=0.0)


def best_media_type(accept: str | None, offered: Sequence[str]) -> str | None:
    """Return the media type that is liked best, the first of those liked alike; None where none is acceptable.

    Without a header, or with none that can be read, it is the first that is offered.
    """
    ranges = media_ranges(accept)
    if not ranges:
        return offered[0] if offered else None
    return _best([(media_quality(one, ranges), one) for one in offered])


def best_language(accept: str | None, offered: Sequence[str]) -> str:
    """Return the language that is liked best, the first that is offered where none is: a page is always in one."""
    ranges = language_ranges(accept)
    return _best([(language_quality(one, ranges), one) for one in offered]) or offered[0]


def _best(rated: Sequence[tuple[float, str]]) -> str | None:
    quality = max((quality for quality, _ in rated), default=0.0)
    return next((one for liked, one in rated if liked == quality > 0), None)


def _wanted(header: str | None) -> Iterator[Wanted]:
    for part in _PARTS[","].findall(header or ""):
        name, _, rest = part.partition(";")  # no name has a quote before its parameters
        quality = _quality(_PARTS[";"].findall(rest))
        if quality is not None:
            yield Wanted(name.strip().lower(), quality)


def _quality(parameters: Sequence[str]) -> float | None:
    """Return the quality among parameters, 1 where there is none, None where it is no quality."""
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "q":
            return float(value) if _QUALITY.fullmatch(value := value.strip()) else None
    return 1.0


def _is_media_range(name: str) -> bool:
    found = _RANGE.fullmatch(name)
    # `*/html` is no range.
    return bool(found) and (found[1] != "*" or found[2] == "*")
