"""What the text of a cell means: amounts and times by the names that the graph gives them."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import Final

import pyoxigraph as ox

from bri_kg.dataset import times
from bri_kg.dataset.values import value_triples
from bri_kg.names import PREFIXES, QUANTITY, TIME
from bri_kg.texts.number_words import stated_numbers

_SEVERAL: Final = re.compile(r"\s*[;；\n]\s*")
_PASSAGES: Final = re.compile(r"\s*(?:\|\||‖)\s*")
_COMPARATORS: Final = (
    ("at-least", r"at (?:the )?least|no(?:t)? (?:fewer|less) than|min\.?|>=|≥|至少|不少于|不低于"),
    ("at-most", r"at (?:the )?most|no(?:t)? more than|up to|max\.?|<=|≤|最多|至多|不超过|不多于"),
    ("more-than", r"more than|over|above|>|超过|超|逾|多于|高于|突破"),
    (
        "fewer-than",
        r"fewer than|less than|under|below|nearly|almost|<|不到|不足|少于|低于|近|将近|接近",
    ),
    ("about", r"about|around|some|approximately|roughly|circa|ca\.?|~|≈|大约|大概|约"),
    ("exactly", r"exactly|=|恰好|正好|共"),
)
_BEFORE: Final = tuple(
    (name, re.compile(rf"(?:{cue})\s*(?P<rest>.+)", re.IGNORECASE)) for name, cue in _COMPARATORS
)
_BEHIND: Final = re.compile(r"(?P<rest>.+?)\s*(?:\+|or more|多|余|以上)", re.IGNORECASE)
_BETWEEN: Final = re.compile(
    r"(?:between\s+)?(?P<low>.+?)\s*(?:and|to|至|到|[-–—~])\s*(?P<high>.+?)", re.IGNORECASE
)
_DATE: Final = r"[0-9]{4}(?:-[0-9]{1,2}){0,2}"
_INTERVAL: Final = re.compile(
    rf"(?:from\s+)?({_DATE}|\.\.)\s*(?:/|--|–|—|to|至|到)\s*({_DATE}|\.\.)", re.I
)
_YEARS: Final = re.compile(r"([0-9]{4})\s*-\s*([0-9]{4})")
_SINCE: Final = re.compile(rf"(?:since|from)\s+({_DATE})|自\s*({_DATE})\s*年?(?:以来|起)", re.I)
_UNTIL: Final = re.compile(
    rf"(?:until|till|by|up to|by the end of)\s+({_DATE})|(?:截至|至)\s*({_DATE})", re.I
)
_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
)  # fmt: skip
_NAMED: Final = re.compile(
    r"(?:(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?\s+)?(?P<month>[a-z]{3,9})\.?\s+"
    r"(?:(?P<day2>[0-9]{1,2})(?:st|nd|rd|th)?,?\s+)?(?P<year>[0-9]{4})",
    re.IGNORECASE,
)
_CHINESE: Final = re.compile(r"([0-9]{4})\s*年(?:\s*([0-9]{1,2})\s*月(?:\s*([0-9]{1,2})\s*日)?)?")
_NAMED_SO: Final = re.compile(r"[A-Za-z0-9:/.#-]+")
_ITEM: Final = re.compile(r"Q[1-9][0-9]*")
_ADDRESS: Final = re.compile(r"https?://[^\s<>\"{}|\\^`]+\.[^\s<>\"{}|\\^`]+")
_YES: Final = {"yes", "true", "y", "1", "是"}
_NO: Final = {"no", "false", "n", "0", "否"}


def several(text: str) -> list[str]:
    """Return the names in a cell, which stand between semicolons or on lines of their own."""
    return [part for part in _SEVERAL.split(text.strip()) if part]


def passages(text: str) -> list[str]:
    """Return the runs of words in a cell, between which two strokes stand."""
    return [part.strip() for part in _PASSAGES.split(text) if part.strip()]


def yes_or_no(text: str) -> bool | None:
    """Return what is answered, None for any other text."""
    word = text.strip().casefold()
    return True if word in _YES else False if word in _NO else None


def link(text: str) -> str | None:
    """Return the address that a text gives, an item of Wikidata by its number; None where it gives none."""
    plain = text.strip().removeprefix("wd:")
    if _ITEM.fullmatch(plain):
        return PREFIXES["wd"] + plain
    return plain if _ADDRESS.fullmatch(plain) else None


def amount(text: str) -> str | None:
    """Return the IRI of the quantity that a text states; None where it states none that we can name."""
    plain = unicodedata.normalize("NFKC", text).strip()
    given = plain.removeprefix("bri-quantity:").removeprefix(QUANTITY)
    if _exists(QUANTITY + given):
        return QUANTITY + given
    name = _compared(plain) or _between(plain)
    return QUANTITY + name if name and _exists(QUANTITY + name) else None


def _compared(text: str) -> str | None:
    for comparator, cue in _BEFORE:
        if match := cue.fullmatch(text):
            number = _number(match["rest"])
            return f"{comparator}-{number}" if number else None
    if match := _BEHIND.fullmatch(text):
        number = _number(match["rest"])
        return f"at-least-{number}" if number else None
    number = _number(text)
    return f"exactly-{number}" if number else None


def _between(text: str) -> str | None:
    match = _BETWEEN.fullmatch(text)
    low, high = (_number(match["low"]), _number(match["high"])) if match else (None, None)
    if not low or not high or Decimal(low) > Decimal(high):
        return None
    return f"between-{low}-and-{high}"


def _number(text: str) -> str | None:
    """Return a number as names of quantities have it; None where a text is not that number alone."""
    found = stated_numbers(text.strip())
    if len(found) != 1 or text.strip() != text.strip()[found[0].begin : found[0].end]:
        return None
    value = found[0].value
    plain = f"{value:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def time(text: str) -> str | None:
    """Return the IRI of the time span that a text states; None where it is none that we can name."""
    plain = unicodedata.normalize("NFKC", text).strip()
    given = plain.removeprefix("bri-time:").removeprefix(TIME)
    name = given if times.edtf(given) else _interval(plain)
    return TIME + name if name and times.edtf(name) else None


def _interval(text: str) -> str | None:
    if match := _SINCE.fullmatch(text):
        return f"since-{_date(match[1] or match[2])}"
    if match := _UNTIL.fullmatch(text):
        return f"until-{_date(match[1] or match[2])}"
    if match := _INTERVAL.fullmatch(text) or _YEARS.fullmatch(text):
        first, last = match[1], match[2]
        if first == "..":
            return f"until-{_date(last)}"
        return f"since-{_date(first)}" if last == ".." else f"{_date(first)}--{_date(last)}"
    return _date(text)


def _date(text: str) -> str:
    parts = text.split("-")
    return "-".join([parts[0], *(part.zfill(2) for part in parts[1:])])


def time_meant(text: str) -> str | None:
    """Return a date that is written in words as it is to be written; None where it is not understood."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if match := _CHINESE.fullmatch(plain):
        return _date("-".join(part for part in match.groups() if part))
    match = _NAMED.fullmatch(plain)
    month = match["month"].lower() if match else ""
    number = next(
        (n for n, name in enumerate(_MONTHS, 1) if month and name.startswith(month)), None
    )
    if match is None or number is None:
        return None
    day = match["day"] or match["day2"]
    return _date(f"{match['year']}-{number}" + (f"-{day}" if day else ""))


def _exists(iri: str) -> bool:
    return bool(_NAMED_SO.fullmatch(iri)) and any(value_triples([ox.NamedNode(iri)]))
