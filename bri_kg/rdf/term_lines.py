"""Which terms stand at which line of an RDF file: one pass over Turtle, TriG, N-Triples or N-Quads, RDF/XML or JSON-LD.

A line is kept for each term within what is said of a subject. Nothing is checked here: what a
parser would refuse is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import urljoin
from xml.parsers import expat

from bri_kg.names import PREFIXES

_RDF: Final = PREFIXES["rdf"]
_XML_BASE: Final = "http://www.w3.org/XML/1998/namespacebase"
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_CHARACTER = r"[^\s<>\"'()\[\]{};,#.\\]"
_TURTLE = re.compile(
    r"(?P<comment>\#[^\n]*)"
    r'|(?:"""(?P<long>(?:[^"\\]|\\.|"(?!""))*+)""")'
    r"|(?:'''(?P<other_long>(?:[^'\\]|\\.|'(?!''))*+)''')"
    r'|(?:"(?P<text>(?:[^"\\\n]|\\.)*+)")'
    r"|(?:'(?P<other_text>(?:[^'\\\n]|\\.)*+)')"
    r"|<(?P<iri>[^<>\"{}|^`\s]*)>"
    r"|@(?P<at>[A-Za-z][A-Za-z0-9-]*)"
    rf"|(?P<name>(?:{_CHARACTER}|\\.|\.(?={_CHARACTER}|[.\\]))+)"
    r"|(?P<mark>[.\[\](){}])",
    re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_CONTROL: Final = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}
_JSON = re.compile(r'"(?P<text>(?:[^"\\]|\\.)*+)"(?P<key>\s*:)?|(?P<mark>[{}])', re.DOTALL)


@dataclass
class TermLines:
    """A file: where each subject begins, where each term stands in what is said of it, and first of all.

    A pair of subject and term is kept as one number, its hash, so that large files fit.
    """

    file: str
    starts: dict[str, int] = field(default_factory=dict)
    mentions: dict[str, int] = field(default_factory=dict)
    _within: dict[int, int] = field(default_factory=dict)

    def line_within(self, subject: str, term: str) -> int | None:
        """Return the line at which a term first stands in what is said of a subject."""
        return self._within.get(hash((subject, term)))

    def begin(self, subject: str, line: int) -> None:
        """Note that something is said of a subject from this line on."""
        self.starts.setdefault(subject, line)
        self.note(subject, subject, line)

    def note(self, subject: str | None, term: str, line: int) -> None:
        """Note a term, and what it is said of."""
        self.mentions.setdefault(term, line)
        if subject is not None:
            self._within.setdefault(hash((subject, term)), line)


def read_lines(path: Path) -> TermLines:
    """Return what stands where in a file, whatever is wrong with it."""
    found = TermLines(str(path))
    raw = path.read_bytes()
    base = path.absolute().as_uri()
    if re.match(rb"(?:\xef\xbb\xbf)?\s*<(?:\?xml|!DOCTYPE|!--|[\w-]+:RDF\b)", raw):
        _RdfXml(found, base).read(raw)
        return found
    text = raw.decode("utf-8-sig", errors="replace")
    if path.suffix.lower() in (".jsonld", ".json"):
        _read_json(text, base, found)
    else:
        _read_turtle(text, base, found)
    return found


def _resolved(iri: str, base: str) -> str:
    if _ABSOLUTE.match(iri):
        return iri
    if not iri or iri.startswith("#"):
        return base.partition("#")[0] + iri
    try:
        return urljoin(base, iri)
    except ValueError:  # no IRI
        return iri


def _unescaped(text: str) -> str:
    def character(match: re.Match[str]) -> str:
        code, letter = match[1] or match[2], match[3]
        if not code:
            return _CONTROL.get(letter, letter)
        return chr(int(code, 16)) if int(code, 16) < 0x110000 else match[0]

    return _ESCAPE.sub(character, text) if "\\" in text else text


def _with_lines(pattern: re.Pattern[str], text: str) -> Iterator[tuple[re.Match[str], int]]:
    line, seen = 1, 0
    for match in pattern.finditer(text):
        line += text.count("\n", seen, match.start())
        seen = match.start()
        yield match, line


def _read_turtle(text: str, base: str, found: TermLines) -> None:
    prefixes: dict[str, str] = {}
    subject: str | None = None
    is_open = False  # a statement has begun, with a subject that has a name or with another
    depth = 0
    directive, declared = "", ""
    for match, line in _with_lines(_TURTLE, text):
        kind, token = match.lastgroup, match[match.lastgroup or 0]
        if kind == "comment":
            continue
        if kind == "mark":
            if token in "[(":
                depth, is_open = depth + 1, True
            elif token in "])":
                depth = max(0, depth - 1)
            elif token in "{}" or depth == 0:
                subject, is_open, depth, directive = None, False, 0, ""
            continue
        word = token.lower()
        if kind == "at" or (kind == "name" and not is_open and word in ("prefix", "base")):
            if word in ("prefix", "base"):
                directive, is_open = word, True
            continue
        if directive:
            if kind == "name":
                declared = token.partition(":")[0]
            elif kind == "iri":
                iri = _resolved(_unescaped(token), base)
                if directive == "base":
                    base = iri
                else:
                    prefixes[declared] = iri
                directive, is_open = "", False
            continue
        term = _unescaped(token)
        if kind == "iri":
            term = _resolved(term, base)
        elif kind == "name":
            term = _expanded(token.lstrip("^"), prefixes)
        if is_open:
            found.note(subject, term, line)
        else:
            subject, is_open = term, True
            found.begin(term, line)


def _expanded(name: str, prefixes: dict[str, str]) -> str:
    if name == "a":
        return _RDF + "type"
    prefix, colon, local = name.partition(":")
    if not colon or prefix not in prefixes:
        return name
    return prefixes[prefix] + _unescaped(local)


class _RdfXml:
    """RDF/XML, in which elements for things and for properties take turns."""

    def __init__(self, found: TermLines, base: str) -> None:
        self._found = found
        self._parser = expat.ParserCreate(namespace_separator="")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        self._parser.buffer_text = True
        # Of each open element: whether its children are properties, the subject, the base.
        self._open: list[tuple[bool | None, str | None, str]] = []
        self._start_of_file = base
        self._texts: list[str] = []
        self._line = 0

    def read(self, raw: bytes) -> None:
        try:
            self._parser.Parse(raw, True)
        except (expat.ExpatError, LookupError, ValueError):
            return

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        of_properties, subject, base = (
            self._open[-1] if self._open else (False, None, self._start_of_file)
        )
        line = self._parser.CurrentLineNumber
        self._texts, self._line = [], line
        base = _resolved(attributes.get(_XML_BASE, ""), base) if _XML_BASE in attributes else base
        if of_properties is None or (not self._open and name == _RDF + "RDF"):
            self._open.append((of_properties, subject, base))
            return
        if of_properties:
            self._found.note(subject, name, line)
            self._note_attributes(attributes, subject, base, line)
            within = {"Literal": None, "Resource": True}.get(
                attributes.get(_RDF + "parseType", ""), False
            )
            self._open.append((within, subject, base))
            return
        named = attributes.get(_RDF + "about")
        if named is None and _RDF + "ID" in attributes:
            named = "#" + attributes[_RDF + "ID"]
        if named is not None:
            iri = _resolved(named, base)
            self._found.note(subject, iri, line)
            self._found.begin(iri, line)
            subject = iri
        if name != _RDF + "Description":
            self._found.note(subject, name, line)
        self._note_attributes(attributes, subject, base, line)
        self._open.append((True, subject, base))

    def _note_attributes(
        self, attributes: dict[str, str], subject: str | None, base: str, line: int
    ) -> None:
        for name, value in attributes.items():
            if name == _RDF + "resource":
                self._found.note(subject, _resolved(value, base), line)
            elif not name.startswith((_RDF, "http://www.w3.org/XML/")):
                self._found.note(subject, name, line)
                self._found.note(subject, value, line)

    def _text(self, text: str) -> None:
        self._texts.append(text)

    def _end(self, name: str) -> None:
        of_properties, subject, _ = self._open.pop()
        text = "".join(self._texts)
        if of_properties is False and text:
            self._found.note(subject, text, self._line)
        self._texts = []


def _read_json(text: str, base: str, found: TermLines) -> None:
    """Note the strings of JSON-LD: names by the contexts in the file, the rest as texts."""
    prefixes: dict[str, str] = dict(re.findall(r'"([\w-]+)"\s*:\s*"([A-Za-z][^"\s]*[#/:_])"', text))
    stated = re.search(r'"@vocab"\s*:\s*"([^"]*)"', text)
    vocabulary = str(stated[1]) if stated else ""

    def expanded(name: str, *, is_key: bool) -> str:
        prefix, colon, local = name.partition(":")
        if colon and prefix in prefixes and not local.startswith("//"):
            return prefixes[prefix] + local
        if name == "@type":
            return _RDF + "type"
        return vocabulary + name if is_key and not colon else name

    # Of each open object: its name, and the terms in it with their lines.
    open_: list[tuple[list[tuple[str, int]], list[tuple[str, int]]]] = [([], [])]
    key = ""
    for match, line in _with_lines(_JSON, text):
        if match["mark"] == "{":
            open_.append(([], []))
        elif match["mark"] == "}" and len(open_) > 1:
            names, terms = open_.pop()
            if names and terms:
                name, begins = names[0]
                found.begin(name, begins)
                for term, at in terms:
                    found.note(name, term, at)
            else:
                open_[-1][1].extend(terms)
        elif match["text"] is not None:
            value = _unescaped(match["text"])
            if match["key"]:
                key = value
                if key not in ("@id", "@value", "@context"):
                    open_[-1][1].append((expanded(value, is_key=True), line))
            elif key == "@id":
                iri = _resolved(expanded(value, is_key=False), base)
                open_[-1][0].append((iri, line))
                found.mentions.setdefault(iri, line)
                if len(open_) > 2:
                    open_[-2][1].append((iri, line))
            else:
                open_[-1][1].append((expanded(value, is_key=key == "@type"), line))
    for term, line in open_[0][1]:
        found.note(None, term, line)
