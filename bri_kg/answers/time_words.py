"""Times as people say them: "in May 2017", "some time since 2013", "as of June 2023", with no more than is known."""

from __future__ import annotations

import re
from typing import Final

from bri_kg.answers.face_words import Both, Speaker
from bri_kg.answers.model import Claim, TimeSpan
from bri_kg.answers.phrases import span
from bri_kg.names import AT_ONE_TIME, BRI, PREFIXES

_DATE: Final = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_WITHIN: Final[Both] = ("in {date}", "{date}")
_ON: Final[Both] = ("on {date}", "{date}")
_FROM_TO: Final[Both] = ("from {first} to {last}", "{first}至 {last}")
_SINCE: Final[Both] = ("since {date}", "{date}以来")
_SOME_TIME_SINCE: Final[Both] = ("some time since {date}", "{date}以来的某个时候")
_OR_LATER: Final[Both] = ("{date} or later", "{date}或更晚")
_BY: Final[Both] = ("by {date}", "截至 {date}")
_AS_OF: Final[Both] = ("as of {date}", "截至 {date}")
_OPEN: Final = ".."
_UNKNOWN: Final = "../.."
_ONGOING: Final = PREFIXES["bri-factuality"] + "ongoing"
_CLASSED: Final = BRI + "ClassificationClaim"


def when(page: Speaker, claim: Claim, time: TimeSpan) -> str:
    """Return a time of a claim in words; nothing where neither end is known and the text has no words for it."""
    if time.label == _UNKNOWN:
        return ""
    if time.edtf is None or time.label != span(time.edtf, page.lang):
        return time.label
    first, _, last = time.edtf.partition("/")
    begin, end = (_date(page, part) for part in (first, last))
    if not last and begin:
        return page.say(_ON if _is_day(first) else _WITHIN, date=begin)
    if begin and end:
        return page.say(_FROM_TO, first=begin, last=end)
    if begin and last == _OPEN:
        return page.say(_since(claim), date=begin)
    if end and first == _OPEN:
        return page.say(_BY if is_at_one_time(claim) else _AS_OF, date=end)
    return time.label


def is_vague(claim: Claim) -> bool:
    """Return whether a time of a claim only bounds when it was."""
    return any(_OPEN in (time.edtf or _OPEN) for time in claim.times)


def is_at_one_time(claim: Claim) -> bool:
    """Return whether a claim tells of what was once, within its time, and not all through it."""
    return claim.cls.iri in AT_ONE_TIME and claim.factuality.iri != _ONGOING


def _since(claim: Claim) -> Both:
    if claim.cls.iri == _CLASSED:
        return _OR_LATER
    return _SOME_TIME_SINCE if is_at_one_time(claim) else _SINCE


def _is_day(text: str) -> bool:
    return text.count("-") == 2


def _date(page: Speaker, text: str) -> str | None:
    """Return a date in words, None for what is no plain date."""
    found = _DATE.fullmatch(text)
    if found is None or not 1 <= int(found[2] or 1) <= 12:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    if page.lang == "zh":
        parts = ((year, "年"), (month, "月"), (day, "日"))
        return " ".join(f"{number} {unit}" for number, unit in parts if number)
    month_name = _MONTHS[month - 1] if month else None
    return " ".join(str(part) for part in (day, month_name, year) if part)
