"""Numbers and times in words, made from their parts in the language asked for."""

from __future__ import annotations

from decimal import Decimal

_AND = {"en": "and", "zh": "与"}
_ONCE = {"en": "some time {0}", "zh": "{0}的某个时候"}
_TIMES = {
    "en": ("since {0}", "until {0}", "{0} to {1}"),
    "zh": ("自 {0} 起", "截至 {0}", "{0} 至 {1}"),
}


def number(value: int | Decimal) -> str:
    """Return a number in digits, without exponent."""
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def amount(
    name: str,
    comparator: str | None,
    stated: int | Decimal | None,
    bounds: tuple[int | Decimal | None, int | Decimal | None],
    lang: str,
) -> str:
    """Return a quantity in words: "more than 80", "between 3 and 5"; a vague one as its name says it.

    In: the local name of its node, the label of its comparator, the stated value, its bounds.
    """
    if stated is not None:
        return " ".join(part for part in (comparator, number(stated)) if part)
    lower, upper = bounds
    if lower is not None and upper is not None:
        between = f"{number(lower)} {_AND[lang]} {number(upper)}"
        return " ".join(part for part in (comparator, between) if part)
    return name.removeprefix("vague-").replace("-", " ")


def span(edtf: str, lang: str) -> str:
    """Return an EDTF date or interval in words: "since 2013"; a date as it is."""
    since, until, both = _TIMES[lang]
    first, _, last = edtf.partition("/")
    if not (first and last) or "/" in last or first == last == "..":
        return edtf
    if last == "..":
        return since.format(first)
    return until.format(last) if first == ".." else both.format(first, last)


def once(told: str, lang: str) -> str:
    """Return the words for a span without end as those for when something was once: "some time since 2013"."""
    before, _, after = _TIMES[lang][0].partition("{0}")
    is_open = told.startswith(before) and told.endswith(after)
    return _ONCE[lang].format(told) if is_open else told
