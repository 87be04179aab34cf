"""sh:pattern as SPARQL's REGEX takes it: XPath's regular expressions, in the syntax of our engines.

Standards: SHACL 4.4.3; XPath functions 5.6.1 and, below it, XML Schema 2 appendix F. Both engines
match with one library (Rust's `regex`, which is in `shacl` and in pyoxigraph); here XPath's syntax
is put into its own. Look-around and back-references it does not have: Python's `re` does.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import pyoxigraph as ox

FLAGS: Final = frozenset("imsxq")
_CATEGORIES: Final = {
    major + minor
    for major, minors in {
        "L": "ultmo", "M": "nce", "N": "dlo", "P": "cdseifo", "Z": "slp", "S": "mcko", "C": "cfon"
    }.items()
    for minor in ("", *minors)
}  # fmt: skip
# The blocks that patterns are seen to name; others are refused, with the way out.
_BLOCKS: Final = {
    "BasicLatin": (0x0000, 0x007F), "Latin-1Supplement": (0x0080, 0x00FF),
    "LatinExtended-A": (0x0100, 0x017F), "LatinExtended-B": (0x0180, 0x024F),
    "IPAExtensions": (0x0250, 0x02AF), "SpacingModifierLetters": (0x02B0, 0x02FF),
    "CombiningDiacriticalMarks": (0x0300, 0x036F), "Greek": (0x0370, 0x03FF),
    "GreekandCoptic": (0x0370, 0x03FF), "Cyrillic": (0x0400, 0x04FF),
    "Armenian": (0x0530, 0x058F), "Hebrew": (0x0590, 0x05FF), "Arabic": (0x0600, 0x06FF),
    "Devanagari": (0x0900, 0x097F), "Bengali": (0x0980, 0x09FF), "Thai": (0x0E00, 0x0E7F),
    "Tibetan": (0x0F00, 0x0FFF), "Georgian": (0x10A0, 0x10FF), "HangulJamo": (0x1100, 0x11FF),
    "Mongolian": (0x1800, 0x18AF), "LatinExtendedAdditional": (0x1E00, 0x1EFF),
    "GreekExtended": (0x1F00, 0x1FFF), "GeneralPunctuation": (0x2000, 0x206F),
    "SuperscriptsandSubscripts": (0x2070, 0x209F), "CurrencySymbols": (0x20A0, 0x20CF),
    "LetterlikeSymbols": (0x2100, 0x214F), "NumberForms": (0x2150, 0x218F),
    "Arrows": (0x2190, 0x21FF), "MathematicalOperators": (0x2200, 0x22FF),
    "BoxDrawing": (0x2500, 0x257F), "CJKSymbolsandPunctuation": (0x3000, 0x303F),
    "Hiragana": (0x3040, 0x309F), "Katakana": (0x30A0, 0x30FF), "Bopomofo": (0x3100, 0x312F),
    "CJKUnifiedIdeographsExtensionA": (0x3400, 0x4DBF), "CJKUnifiedIdeographs": (0x4E00, 0x9FFF),
    "HangulSyllables": (0xAC00, 0xD7AF), "PrivateUse": (0xE000, 0xF8FF),
    "PrivateUseArea": (0xE000, 0xF8FF), "CJKCompatibilityIdeographs": (0xF900, 0xFAFF),
    "HalfwidthandFullwidthForms": (0xFF00, 0xFFEF), "Emoticons": (0x1F600, 0x1F64F),
}  # fmt: skip
_START: Final = (
    r":_A-Za-z\x{C0}-\x{D6}\x{D8}-\x{F6}\x{F8}-\x{2FF}\x{370}-\x{37D}\x{37F}-\x{1FFF}"
    r"\x{200C}\x{200D}\x{2070}-\x{218F}\x{2C00}-\x{2FEF}\x{3001}-\x{D7FF}\x{F900}-\x{FDCF}"
    r"\x{FDF0}-\x{FFFD}\x{10000}-\x{EFFFF}"
)
_INNER: Final = _START + r"\-.0-9\x{B7}\x{300}-\x{36F}\x{203F}\x{2040}"
# The sets that XML Schema gives a letter, each with its complement.
_SETS: Final = {
    "s": r"[ \t\n\r]", "S": r"[^ \t\n\r]", "d": r"\p{Nd}", "D": r"\P{Nd}",
    "w": r"[^\p{P}\p{Z}\p{C}]", "W": r"[\p{P}\p{Z}\p{C}]",
    "i": f"[{_START}]", "I": f"[^{_START}]", "c": f"[{_INNER}]", "C": f"[^{_INNER}]",
}  # fmt: skip
_CHARACTERS: Final = {"n": r"\n", "r": r"\r", "t": r"\t"}
_ESCAPABLE: Final = frozenset(r"\|.?*+(){}-[]^$")
_SPACE: Final = " \t\n\r"
_QUANTITY = re.compile(r"\{[0-9]+(?:,[0-9]*)?\}")
_MATCHING = (
    "SELECT ?n {{ VALUES (?n ?text) {{ {rows} }} FILTER (REGEX(?text, {pattern}, {flags})) }}"
)
# Characters, classes and counts that Python's `re` and the common library read alike, and at most one
# count without end, so that Python needs no more steps than the square of a short text.
_PLAIN: Final = re.compile(
    r"\^?(?:(?:[A-Za-z0-9 _:/#=,@%-]|\[(?:[a-z]-[a-z]|[A-Z]-[A-Z]|[0-9]-[0-9]|[A-Za-z0-9_:/#=,@%])+\])"
    r"(?:[*+?]|\{[0-9]+(?:,[0-9]*)?\})?)+\$?"
)
_WITHOUT_END: Final = re.compile(r"[*+]|,[0-9]*\}")
_SHORT: Final = 1000
_IS_TAKEN = 'SELECT (REGEX("", {pattern}, {flags}) AS ?taken) {{}}'


class NotXPathError(Exception):
    """The pattern is none of XPath's; the message says where."""


class _PythonOnlyError(Exception):
    """The pattern is for Python's `re`; the message says why."""


@dataclass(frozen=True)
class Pattern:
    """A pattern made ready: for the common library, or for Python where `python` is given.

    `departs` says why XPath does not know a pattern that Python takes nevertheless.
    """

    text: str
    flags: str
    python: re.Pattern[str] | None = None
    departs: str | None = None

    def matching(self, texts: Iterable[str]) -> set[str]:
        """Return those of the texts in which the pattern is found."""
        texts = list(texts)
        if self.python is not None:
            return {text for text in texts if self.python.search(text)}
        plain = _plain(self.text, self.flags)
        if plain is not None and all(len(text) <= _SHORT for text in texts):
            return {text for text in texts if plain.search(text)}
        rows = " ".join(f"({n} {ox.Literal(text)})" for n, text in enumerate(texts))
        query = _MATCHING.format(
            rows=rows, pattern=ox.Literal(self.text), flags=ox.Literal(self.flags)
        )
        found = ox.Store().query(query)
        assert isinstance(found, ox.QuerySolutions)
        return {texts[int(row[0].value)] for row in found}


@lru_cache(maxsize=1000)
def _plain(text: str, flags: str) -> re.Pattern[str] | None:
    """Return a pattern for Python where it means the same there: a query for each text takes far longer."""
    if flags or not _PLAIN.fullmatch(text) or len(_WITHOUT_END.findall(text)) > 1:
        return None
    # Python's `$` is also before a last line break.
    return re.compile(text[:-1] + r"\Z" if text.endswith("$") else text)


@lru_cache(maxsize=1000)
def read_pattern(text: str, flags: str = "") -> Pattern:
    """Return a pattern made ready. Raise NotXPathError for what neither XPath nor Python takes."""
    unknown = sorted(set(flags) - FLAGS)
    if unknown:
        raise NotXPathError(f"there is no flag {unknown[0]!r}; those there are: i, m, q, s, x")
    kept = "".join(letter for letter in "ims" if letter in flags)
    if "q" in flags:
        return Pattern(re.sub(r"([\\|.?*+(){}\-\[\]^$&~#])", r"\\\1", text), kept)
    try:
        read = _Reader(text, spaced="x" in flags).read()
    except (NotXPathError, _PythonOnlyError) as error:
        return _for_python(text, flags, error)
    if not _is_taken(read, kept):
        return _for_python(text, flags, NotXPathError("it is no regular expression"))
    return Pattern(read, kept)


def _is_taken(text: str, flags: str) -> bool:
    found = ox.Store().query(_IS_TAKEN.format(pattern=ox.Literal(text), flags=ox.Literal(flags)))
    assert isinstance(found, ox.QuerySolutions)
    return next(iter(found))[0] is not None


def _for_python(text: str, flags: str, error: Exception) -> Pattern:
    numbers = {"i": re.I, "m": re.M, "s": re.S, "x": re.X}
    chosen = re.NOFLAG
    for letter in flags:
        chosen |= numbers.get(letter, re.NOFLAG)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            made = re.compile(text if "m" in flags else _ended(text), chosen)
    except (re.error, OverflowError, RecursionError):
        raise NotXPathError(str(error)) from None
    departs = None if str(error) == _BACK else str(error)
    return Pattern(text, flags, made, departs)


def _ended(text: str) -> str:
    """Return the pattern with Python's sign for the very end, where it has the one for the last line."""
    parts = re.findall(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|.", text, re.S)
    return "".join(r"\Z" if part == "$" else part for part in parts)


_BACK: Final = "it has a back-reference"


class _Reader:
    """Reads a pattern of XPath from left to right, writing one for Rust's `regex`."""

    def __init__(self, text: str, *, spaced: bool) -> None:
        self._text = text
        self._at = 0
        self._spaced = spaced

    def read(self) -> str:
        made: list[str] = []
        while self._at < len(self._text):
            made.append(self._next())
        return "".join(made)

    def _next(self) -> str:
        here = self._text[self._at]
        if here == "\\":
            return self._escape(inside=False)
        if here == "[":
            return self._class()
        if here == "{":
            return self._quantity()
        self._at += 1
        if self._spaced and here in _SPACE:
            return ""
        if here == "(" and self._text[self._at : self._at + 1] == "?":
            if self._text[self._at : self._at + 2] != "?:":
                raise _PythonOnlyError("XPath has no look-around, and no other (?…) than (?:…)")
            self._at += 2
            return "(?:"
        if here in "]}":
            raise NotXPathError(f"{here} stands alone; write \\{here}")
        return "\\" + here if here in "#&~" else here

    def _quantity(self) -> str:
        found = _QUANTITY.match(self._text, self._at)
        if found is None:
            raise NotXPathError(
                "{ begins no quantity such as {2} or {0,3}; for the character write \\{"
            )
        self._at = found.end()
        return found[0]

    def _escape(self, *, inside: bool) -> str:
        letter = self._text[self._at + 1 : self._at + 2]
        self._at += 2
        if letter in ("p", "P"):
            return self._property(letter)
        if letter in _SETS and letter:
            return _SETS[letter]
        if letter in _CHARACTERS:
            return _CHARACTERS[letter]
        if letter in _ESCAPABLE and letter:
            return "\\" + letter
        if letter.isdigit() and letter != "0" and not inside:
            raise _PythonOnlyError(_BACK)
        raise NotXPathError(f"there is no \\{letter} in XPath")

    def _property(self, letter: str) -> str:
        end = self._text.find("}", self._at)
        if self._text[self._at : self._at + 1] != "{" or end < 0:
            raise NotXPathError(f"\\{letter} is followed by no {{name}}")
        name = self._text[self._at + 1 : end]
        self._at = end + 1
        if name in _CATEGORIES:
            return f"\\{letter}{{{name}}}"
        block = _BLOCKS.get(name.removeprefix("Is")) if name.startswith("Is") else None
        if block is None:
            raise NotXPathError(
                f"\\{letter}{{{name}}} is no category of characters, and no block that is known here;"
                " a block can be written as a range of characters"
            )
        return f"[{'^' if letter == 'P' else ''}\\x{{{block[0]:X}}}-\\x{{{block[1]:X}}}]"

    def _class(self) -> str:
        self._at += 1
        negated = self._text[self._at : self._at + 1] == "^"
        self._at += negated
        parts: list[str] = []
        without = ""
        while True:
            here = self._text[self._at : self._at + 1]
            if not here:
                raise NotXPathError("[ is not closed")
            if here == "]" and parts:
                self._at += 1
                break
            if here == "-" and self._text[self._at + 1 : self._at + 2] == "[" and parts:
                self._at += 1
                without = "--" + self._class()
                if self._text[self._at : self._at + 1] != "]":
                    raise NotXPathError("nothing may follow what is taken from a set")
                self._at += 1
                break
            parts.append(self._range())
        made = f"[{'^' if negated else ''}{''.join(parts)}]"
        return f"[{made}{without}]" if without else made

    def _range(self) -> str:
        first, is_set = self._member()
        following = self._text[self._at : self._at + 2]
        if is_set or not following.startswith("-") or following[1:] in ("]", "[", ""):
            return first
        self._at += 1
        last, is_set = self._member()
        if is_set:
            raise NotXPathError("a range ends in a set")
        return f"{first}-{last}"

    def _member(self) -> tuple[str, bool]:
        here = self._text[self._at]
        if here == "\\":
            made = self._escape(inside=True)
            return made, made not in _CHARACTERS.values() and made[1:] not in _ESCAPABLE
        if here in "[]":
            raise NotXPathError(f"{here} stands in a set; write \\{here}")
        self._at += 1
        return ("\\" + here if here in "&~-^#" else here), False
