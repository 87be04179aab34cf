"""The terminals of a query (SPARQL 1.1 Query Language, section 19.8).

Codepoint escapes are decoded first (section 19.2), and every token knows its place in
the text as it was given.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

# The complement of PN_CHARS beyond ASCII. It is written as a chain of single ranges
# since Python takes milliseconds to compile each class of many, and `ask` is quick.
_FOREIGN = (
    *(r"\x80-\xb6", r"\xb8-\xbf", r"\xd7", r"\xf7", r"\u037e", r"\u2000-\u200b"),
    *(r"\u200e-\u203e", r"\u2041-\u206f", r"\u2190-\u2bff", r"\u2ff0-\u3000"),
    *(r"\ud800-\uf8ff", r"\ufdd0-\ufdef", r"\ufffe-\uffff", r"\U000f0000-\U0010ffff"),
)
_PLX = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_UCHAR = r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"
_IRIREF = rf'<(?:[^<>"{{}}|^`\\\x00-\x20]|{_UCHAR})*+>'
# Escapes are taken as they come: whether \q is legal is for the engine to say,
# but where the string ends must be known.
_STRINGS = {
    "'''": re.compile(r"'''(?:'{0,2}(?:[^'\\]|\\[\s\S]))*+'''"),
    '"""': re.compile(r'"""(?:"{0,2}(?:[^"\\]|\\[\s\S]))*+"""'),
    "'": re.compile(r"'(?:[^'\\\n\r]|\\[^\n\r])*+'"),
    '"': re.compile(r'"(?:[^"\\\n\r]|\\[^\n\r])*+"'),
}
_NUMBER = (
    r"[0-9]++\.[0-9]*[eE][+-]?[0-9]+|\.[0-9]++[eE][+-]?[0-9]+|[0-9]++[eE][+-]?[0-9]+"
    r"|[0-9]*+\.[0-9]+|[0-9]++"
)
_NOT_FIRST = r"(?!\xb7)(?![\u0300-\u036f])(?![\u203f-\u2040])"


def _name_patterns(ascii_only: bool) -> tuple[str, str, str]:
    """Return patterns for one PN_CHARS_U or digit, for one PN_CHARS, and for a VARNAME."""
    if ascii_only:
        return "[A-Za-z0-9_]", r"[A-Za-z0-9_\-]", "[A-Za-z0-9_]++"
    beyond = "".join(f"(?![{span}])" for span in _FOREIGN) + r"[^\x00-\x7f]"
    first = rf"(?:[A-Za-z0-9_]|{_NOT_FIRST}{beyond})"
    variable = rf"{first}(?:[A-Za-z0-9_]|{beyond})*+"
    return first, rf"(?:[A-Za-z0-9_\-]|{beyond})", variable


@cache
def _terminals(ascii_only: bool) -> re.Pattern[str]:
    first, char, variable = _name_patterns(ascii_only)
    local = rf":(?:(?:{first}|:|{_PLX})(?:{char}|:|{_PLX}|\.+(?={char}|[:%\\]))*+)?"
    return re.compile(
        rf"""
          (?P<space>[ \t\r\n]+)
        | (?P<comment>\#[^\r\n]*)
        | (?P<iri>{_IRIREF})
        | (?P<bnode>_:{first}(?:{char}|\.+(?={char}))*+)
        | (?P<run>(?![0-9_]){first}(?:{char}|\.+(?={char}))*+)(?P<prefixed>{local})?
        | (?P<pname>{local})
        | (?P<var>[?$]{variable})
        | (?P<langtag>@[A-Za-z]+(?:-[A-Za-z0-9]+)*(?:--[A-Za-z]+)?)
        | (?P<quote>'''|"{{3}}|'|")
        | (?P<number>{_NUMBER})
        | (?P<word>[^\W\d]\w*)
        | (?P<punct>\^\^|&&|\|\||!=|<=|>=|[=<>!(){{}}\[\].,;*+\-/|^?])
        | (?P<other>[\s\S])
        """,
        re.VERBOSE,
    )


_FREE = frozenset({"space", "comment", "iri", "string"})  # kinds that may hold any character
_ESCAPE = re.compile(_UCHAR)
_WORD = re.compile(r"[^\W\d]\w*")
_LINE_END = re.compile(r"[\r\n]|\Z")
_WHOLE_IRI = re.compile(_IRIREF)


class Token(NamedTuple):  # made faster than a dataclass, and thousands are
    """One terminal of a query.

    ``kind`` is iri, pname (with or without a local part), var, bnode, langtag,
    string, number, word, punct, comment, or other (one character that starts no
    terminal). ``text`` is its text with codepoint escapes decoded; ``start`` and
    ``end`` (exclusive) count code points of the text as it was given, ``line`` and
    ``column`` count from 1.
    """

    kind: str
    text: str
    start: int
    end: int
    line: int
    column: int


class Reading(NamedTuple):
    """A query text as one kind of engine reads it, and the way back to the original.

    From each of ``breaks`` (places in ``text``) on, the original is ahead by the number in
    ``shifts`` beside it.
    """

    text: str
    original: str
    breaks: tuple[int, ...] = ()
    shifts: tuple[int, ...] = ()

    def origin(self, position: int) -> int:
        """Return where a position of the text is in the original."""
        found = bisect_right(self.breaks, position)
        return position + (self.shifts[found - 1] if found else 0)


def decoded(text: str) -> Reading:
    """Return the reading of section 19.2: codepoint escapes are decoded first, once."""
    parts: list[str] = []
    breaks: list[int] = []
    shifts: list[int] = []
    done = shift = 0
    for match in _ESCAPE.finditer(text):
        code = int(match[0][2:], 16)
        if code > 0x10FFFF:
            continue
        parts += [text[done : match.start()], chr(code)]
        done = match.end()
        breaks.append(match.start() - shift + 1)
        shift += len(match[0]) - 1
        shifts.append(shift)
    return Reading("".join([*parts, text[done:]]), text, tuple(breaks), tuple(shifts))


def readings(text: str) -> list[Reading]:
    """Return every reading of a text: escapes decoded, and, where it has any, left as they are."""
    first = decoded(text)
    return [first, Reading(text, text)] if first.breaks else [first]


def line_starts(text: str) -> list[int]:
    """Return where the lines of a text start; only a line feed ends one."""
    return [0, *(match.end() for match in re.finditer("\n", text))]


def lex(reading: Reading) -> Iterator[Token]:
    """Yield the tokens of a reading, comments included, at their places in the original."""
    starts = line_starts(reading.original)
    begin = 0
    for kind, end in _cut(reading.text):
        if kind != "space":
            start = reading.origin(begin)
            line = bisect_right(starts, start)
            column = start - starts[line - 1] + 1
            text = reading.text[begin:end]
            yield Token(kind, text, start, reading.origin(end), line, column)
        begin = end


def _cut(text: str) -> Iterable[tuple[str, int]]:
    """Return the kind and the end of each token, in a time that grows as the text does."""
    found = list(_cut_by(_terminals(ascii_only=True), text))
    if text.isascii() or _is_free_elsewhere(text, found):
        return found
    return _cut_by(_terminals(ascii_only=False), text)


def _is_free_elsewhere(text: str, found: Iterable[tuple[str, int]]) -> bool:
    """Return whether other characters than ASCII stand only where any may: no name could hold them.

    So it is in most texts, and patterns of names that may hold them take long to compile.
    """
    begin = 0
    for kind, end in found:
        if kind not in _FREE and not text[begin:end].isascii():
            return False
        begin = end
    return True


def _cut_by(terminals: re.Pattern[str], text: str) -> Iterator[tuple[str, int]]:
    """Yield the kind and the end of each token.

    What was looked for once and not found before a certain place is not looked for again
    before it: the colon behind a name, and the end of each kind of string.
    """
    unclosed: dict[str, int] = {}
    at = no_prefix = 0
    while at < len(text):
        kind = "run"
        if at >= no_prefix or text[at] in "0123456789.-":
            match = terminals.match(text, at)
            assert match is not None  # the last alternative takes any character
            kind, end = str(match.lastgroup), match.end()
        if kind == "prefixed":
            kind = "pname"
        elif kind == "run":
            no_prefix = max(no_prefix, end)
            word = _WORD.match(text, at)
            kind, end = ("word", word.end()) if word else ("other", at + 1)
        elif kind == "quote":
            kind, end = _string(text, at, text[at:end], unclosed)
        yield kind, end
        at = end


def _string(text: str, at: int, quotes: str, unclosed: dict[str, int]) -> tuple[str, int]:
    """Return a string that begins at a place, or its first quote where it is never closed.

    A string of one kind that is open here and at no place closed is so for every later start
    before the end of the text, or of the line where it may hold one line only: an opening
    quote never stands behind the backslash of a pair that the first try has not met too.
    """
    for kind in dict.fromkeys((quotes, quotes[0])):
        if at < unclosed.get(kind, 0):
            continue
        match = _STRINGS[kind].match(text, at)
        if match:
            return "string", match.end()
        unclosed[kind] = _end_of_line(text, at) if len(kind) == 1 else len(text)
    return "other", at + 1


def _end_of_line(text: str, at: int) -> int:
    found = _LINE_END.search(text, at)
    return found.start() if found else len(text)


def tokens(text: str) -> Iterator[Token]:
    """Return the terminals of a query, comments included, white space left out.

    In: any text. Out: its tokens in order, after decoding codepoint escapes (SPARQL
    1.1, sections 19.2 and 19.8). What is not SPARQL comes out as tokens of kind
    ``other``; there are no errors.
    """
    return lex(decoded(text))


def is_iri(text: str) -> bool:
    """Return whether a text is an IRI in ``<`` and ``>``, and nothing more."""
    return _WHOLE_IRI.fullmatch(text) is not None


def is_variable_name(text: str) -> bool:
    """Return whether a text can be the name of a variable, without ``?``."""
    _, _, variable = _name_patterns(text.isascii())
    return re.fullmatch(variable, text) is not None
