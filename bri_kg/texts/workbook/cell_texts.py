"""What stands in a cell for an amount, a time or a passage: the way back from `cell_values` and `quoting`.

Each text is read again before it is given; where it would mean something else, a name stands in its place.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from bri_kg.names import QUANTITY, TIME, shorten
from bri_kg.texts.workbook import cell_values as cells
from bri_kg.texts.workbook.known import Known
from bri_kg.texts.workbook.quoting import Verdict, quotation

_AMOUNTS: Final = {
    "at-least": ("at least {0}", "至少 {0}"),
    "at-most": ("at most {0}", "至多 {0}"),
    "more-than": ("more than {0}", "超过 {0}"),
    "fewer-than": ("fewer than {0}", "不到 {0}"),
    "about": ("about {0}", "约 {0}"),
    "exactly": ("{0}", "{0}"),
}
_AMOUNT: Final = re.compile(rf"({'|'.join(_AMOUNTS)})-([0-9.]+)")
_BETWEEN: Final = re.compile(r"between-([0-9.]+)-and-([0-9.]+)")
_TIMES: Final = (
    (re.compile(r"since-(.+)"), ("since {0}", "自 {0} 起")),
    (re.compile(r"until-(.+)"), ("until {0}", "截至 {0}")),
    (re.compile(r"(.+)--(.+)"), ("{0}/{1}", "{0}/{1}")),
)


def amount_text(iri: str, known: Known, lang: str) -> str:
    """Return a quantity as a cell states it: more than 80."""
    at, name = int(lang == "zh"), iri.removeprefix(QUANTITY)
    text = name
    if match := _AMOUNT.fullmatch(name):
        text = _AMOUNTS[match[1]][at].format(match[2])
    elif match := _BETWEEN.fullmatch(name):
        text = ("between {0} and {1}", "{0} 至 {1}")[at].format(*match.groups())
    return _read_again(text, iri, cells.amount, known, lang)


def time_text(iri: str, known: Known, lang: str) -> str:
    """Return a time as a cell states it: since 2013."""
    text = iri.removeprefix(TIME)
    for form, both in _TIMES:
        if match := form.fullmatch(text):
            text = both[int(lang == "zh")].format(*match.groups())
            break
    return _read_again(text, iri, cells.time, known, lang)


def _read_again(
    text: str, iri: str, read: Callable[[str], str | None], known: Known, lang: str
) -> str:
    if read(text) == iri:
        return text
    # One that has a name of its own: many, every year.
    label = known.label(iri, lang)
    return label if read(label) is None and known.find(label) == {iri} else shorten(iri)


def passage_text(text: str, begin: int, end: int) -> str:
    """Return the words of a passage, or its place in the text where these stand elsewhere too."""
    words = " ".join(text[begin:end].split())
    is_one = cells.passages(words) == [words]
    found = quotation(text, words) if is_one else None
    if found and found.verdict is Verdict.EXACT and found.spans == ((begin, end),):
        return words
    return f"#char={begin},{end}"
