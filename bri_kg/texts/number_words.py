"""Numbers as texts write them: digits, English and Chinese number words of any size, scales applied.

Not read: ordinals, numbers within names and addresses (COVID-19, 5G, web addresses), and what
only looks like a number in Chinese (the first character of "Belt and Road").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

_UNITS = {
    word: number
    for number, word in enumerate(
        (
            "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
            "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen",
            "eighteen", "nineteen",
        )
    )
}  # fmt: skip
_TENS = {
    word: 10 * number
    for number, word in enumerate(
        ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"), 2
    )
}
_SMALL = {**_UNITS, **_TENS, "dozen": 12}
_SCALES = {
    "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12,
    "mn": 10**6, "bn": 10**9, "tn": 10**12, "m": 10**6, "k": 10**3,
}  # fmt: skip
_PARTS = {
    "half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4,
    "fourth": 4, "fourths": 4, "fifth": 5, "fifths": 5, "tenth": 10, "tenths": 10,
}  # fmt: skip

_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|(?<![\w.+-])[\w.+-]{1,64}@[\w.-]{1,99}|\b(?:[a-z0-9-]{1,63}\.){1,6}(?:com|org|net|cn|edu|gov|int|eu|html?)\b(?:/\S*)?",
    re.IGNORECASE,
)
_DIGITS = r"[0-9]{1,3}(?:[,  ][0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?"
# A number within a name (COVID-19, PM2.5) follows a letter; "No.52" and "RMB3" do not make names.
_NUMBER = re.compile(
    rf"(?:(?<![A-Za-z0-9.,-])|(?<=No\.)|(?<=[A-Z]{{3}})(?<![A-Z]{{4}})|(?<=US)|(?<=[^A-Za-z]-))({_DIGITS})"
)
_WORD = re.compile(r"[A-Za-z]+")
_ENGLISH = "|".join(
    sorted(
        (*_SMALL, "hundred", "thousand", "million", "billion", "trillion"), key=len, reverse=True
    )
)
_RUN = re.compile(
    rf"(?<![A-Za-z-])(?:(?:half )?an? (?=(?:hundred|thousand|million|billion|trillion|dozen)\b))?"
    rf"(?:{_ENGLISH})(?:(?:,? and |[\s-]+)(?:a )?(?:{_ENGLISH}))*(?![A-Za-z])",
    re.IGNORECASE,
)  # fmt: skip
_ORDINAL_ENDING = re.compile(
    # The tenth anniversary is one of ten years.
    r"(?:st|nd|rd|th)\b(?! anniversary)|-(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)\b",
    re.IGNORECASE,
)
_PART = re.compile(r"[\s-]+(" + "|".join(_PARTS) + r")\b", re.IGNORECASE)
_SCALE = re.compile(
    r"[\s-]*(thousand|million|billion|trillion)s?\b|\s?(bn|mn|tn)\b|(?<=[0-9])([mk])\b(?!\s*[²³2-3/])",
    re.IGNORECASE,
)
_ZH_SCALE = re.compile(r"[多余]?\s*(百|千)?(万亿|亿|万|千|百)(?![a-z])")
_ZH_REST = re.compile(r"([0-9]{1,4})([万千百])")
# A letter behind digits makes a name (5G, 10th); units of measure do not.
_NAME_BEHIND = re.compile(
    r"(?!(?:st|nd|rd|th|km|kg|cm|mm|m|t|g|ha|MW|GW|kW|kWh|bn|mn|tn|k|x)\b)[A-Za-z]"
)
_LINK = re.compile(r"\s*(?:to|or|and|-|–|—|~|至|到|或)\s*(?:RMB|US\$|[$€£¥])?\s*$", re.IGNORECASE)

_ZH_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "壹": 1}
_ZH_UNITS = {"十": 10, "百": 100, "千": 1000}
_ZH_RUN = re.compile(
    r"(?<![第数几一二三四五六七八九十百千万亿])[〇零一二两三四五六七八九十百千万亿]+"
)
# One character alone is a number only before a measure word.
_MEASURE = re.compile(
    r"[多余]?\s?[个名位家项所座国次份年月日天种条批倍届期间人岁架艘台套件篇本场支组块元度成亩吨米]"
)
_NOT_NUMBERS = re.compile(
    r"一带一路|一路|千万不|千方百计|万一|[统惟唯]一|进一步|一些|一起|一直|一定|一致|一体|一般|一流"
)


@dataclass(frozen=True)
class Stated:
    """A number that a text states, and where it begins and ends in it, scale included."""

    value: Decimal
    begin: int
    end: int


def numbers_in(text: str) -> Iterator[Decimal]:
    """Yield the numbers that stand in `text`, in digits or in words."""
    for stated in stated_numbers(text):
        yield stated.value


def stated_numbers(text: str) -> list[Stated]:
    """Return the numbers that stand in `text`, by their place.

    In a range ("three to five million") the first number has the scale of the second as well.
    """
    text = without_addresses(text)
    found = [*_in_digits(text), *_in_english(text), *_in_chinese(text)]
    found.sort(key=lambda stated: (stated.begin, stated.end))
    return [*found, *_sharing_scales(text, found)]


def without_addresses(text: str) -> str:
    """Return `text` with blanks where web and mail addresses stand: their digits count nothing."""
    return _ADDRESS.sub(lambda match: " " * len(match[0]), text)


def _in_digits(text: str) -> Iterator[Stated]:
    read = 0
    for match in _NUMBER.finditer(text):
        end = match.end()
        if (
            match.start() < read
            or _ORDINAL_ENDING.match(text, end)
            or _NAME_BEHIND.match(text, end)
        ):
            continue
        number = Decimal(re.sub(r"[,  ]", "", match[1]))
        stated = _scaled(text, number, match.start(1), match.end())
        read = stated.end
        yield stated


def _in_english(text: str) -> Iterator[Stated]:
    for match in _RUN.finditer(text):
        end = match.end()
        words = [word.lower() for word in _WORD.findall(match[0])]
        if _ORDINAL_ENDING.match(text, end):
            continue
        if part := _PART.match(text, end):
            share = Decimal(_english(words) or 0) / _PARTS[part[1].lower()]
            if share == round(share, 4):
                yield Stated(share, match.start(), part.end())
            continue
        if words[0] == "half":
            words, factor = words[1:], Decimal("0.5")
        else:
            factor = Decimal(1)
        # "3.5 million" is read where its digits stand.
        if words[0] in _SCALES and re.search(
            r"[0-9][\s-]*$", text[max(0, match.start() - 8) : match.start()]
        ):
            continue
        number = _english(words)
        if number is not None:
            yield Stated(number * factor, match.start(), match.end())


def _english(words: list[str]) -> int | None:
    """Return the number that number words make; None for what is no one number (two three)."""
    total = group = 0
    last = 10**15
    for word in words:
        if word in {"and", "a", "an"}:
            continue
        if word == "hundred":
            group = (group or 1) * 100
            last = 100
        elif word == "dozen":
            group = (group or 1) * 12
        elif word in _SCALES:
            total += (group or 1) * _SCALES[word]
            group, last = 0, 10**15
        else:
            number = _SMALL[word]
            if group and (last <= number or (last < 100 and number >= 10)):
                return None
            group, last = group + number, number
    return total + group


def _in_chinese(text: str) -> Iterator[Stated]:
    blanked = _NOT_NUMBERS.sub(lambda match: " " * len(match[0]), text)
    for match in _ZH_RUN.finditer(blanked):
        run, before = match[0], text[max(0, match.start() - 8) : match.start()]
        if re.search(r"[0-9]\s*$", before):
            continue
        counted = _MEASURE.match(text, match.end()) or before.endswith("百分之")
        if len(run) == 1 and (run in "百千万亿" or not counted):
            continue
        number = _chinese(run)
        if number is not None:
            yield Stated(Decimal(number), match.start(), match.end())


def _chinese(run: str) -> int | None:
    """Return the number of a run of Chinese numerals; None for what is no number (三四, 十二五)."""
    if all(char in _ZH_DIGITS for char in run):
        year = len(run) == 4
        return int("".join(str(_ZH_DIGITS[c]) for c in run)) if year or len(run) == 1 else None
    for scale, size in (("亿", 10**8), ("万", 10**4)):
        head, mark, tail = run.rpartition(scale)
        if mark:
            high = _chinese(head) if head else None
            low = _chinese(tail) if tail else 0
            if high is None or low is None or low >= size:
                return None
            return high * size + low
    return _chinese_below_ten_thousand(run)


def _chinese_below_ten_thousand(run: str) -> int | None:
    total, digit, last = 0, None, 10**4
    for char in run:
        if char in _ZH_UNITS:
            unit = _ZH_UNITS[char]
            if unit >= last or (digit is None and (total or unit > 10)):
                return None
            total, digit, last = total + (1 if digit is None else digit) * unit, None, unit
        elif digit:
            return None
        else:
            digit = _ZH_DIGITS[char]
            zero = digit == 0
            digit = None if zero else digit
    if digit is not None and last == 10**4:
        return digit
    # Without a zero the last digit would stand for the next unit: 一百二 is 120.
    if digit is not None and last > 10 and "零" not in run and "〇" not in run:
        return total + digit * last // 10
    return total + (digit or 0)


def _scaled(text: str, number: Decimal, begin: int, end: int) -> Stated:
    if match := _SCALE.match(text, end):
        word = next(group for group in match.groups() if group).lower()
        return Stated(number * _SCALES[word], begin, match.end())
    if match := _ZH_SCALE.match(text, end):
        size = {"百": 100, "千": 1000, "万": 10**4, "亿": 10**8, "万亿": 10**12}
        factor = size.get(match[1] or "", 1) * size[match[2]]
        if rest := _ZH_REST.match(text, match.end()):
            low = int(rest[1]) * size[rest[2]]
            if low < factor:
                return Stated(number * factor + low, begin, rest.end())
        return Stated(number * factor, begin, match.end())
    return Stated(number, begin, end)


def _sharing_scales(text: str, found: list[Stated]) -> Iterator[Stated]:
    for one, other in pairwise(found):
        written = text[other.begin : other.end]
        if _LINK.fullmatch(text[one.end : other.begin]):
            scale = _SCALE.search(written) or re.search(r"(万亿|亿|万)", written)
            if scale and one.value < 1000:
                word = next(group for group in scale.groups() if group).lower()
                size = _SCALES.get(word) or {"万": 10**4, "亿": 10**8, "万亿": 10**12}[word]
                yield Stated(one.value * size, one.begin, one.end)
