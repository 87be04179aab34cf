"""How much of a text lies in passages, what does not, and why.

White space, punctuation and control characters state nothing and need no reason; any other
character that no passage holds does. Reasons are in the graph (`bri:omissionReason`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from bri_kg.errors import BriKgError, InputError
from bri_kg.names import PREFIXES, passage_iri, source_iri, split_passage
from bri_kg.rdf.rows import Rows
from bri_kg.stores.memory import Store
from bri_kg.texts.originals import LONGEST_PASSAGE, SourceFile
from bri_kg.texts.source_files import source_files
from bri_kg.texts.sources import named_source, text_of

Span = tuple[int, int]

_CITED = """SELECT DISTINCT ?passage WHERE {
  ?passage bri:isPassageOf ?source . ?claim bri:evidence|bri:hasContext ?passage }"""
_LEFT_OUT = """SELECT DISTINCT ?passage ?reason WHERE {
  ?passage bri:isPassageOf ?source ; bri:omissionReason ?reason
  FILTER (isIRI(?reason)) } ORDER BY ?passage"""

_DECIMAL = ox.NamedNode(PREFIXES["xsd"] + "decimal")
_CITED_MARK, _LEFT_OUT_MARK = 1, 2
# A sentence ends with its line, or after its full stop and the quotation marks that close with it.
_SENTENCE_END = re.compile(
    r"""[\r\n\v\f\x85\u2028\u2029]+|(?<=[.!?])["'”’)\]]*\s+|(?<=[。！？])["”’）」』]*"""
)
_LAST_WORD = re.compile(r"(?<![A-Za-z.])((?:[A-Za-z]+\.)*[A-Za-z]+)\.$")
_BEFORE_NAMES = re.compile(
    r"Mr|Mrs|Ms|Messrs|Dr|Drs|Prof|Profs|Assoc|Asst|Acad|Hon|Rev|St|Gen|Col|Capt|Lt|Sgt|Sen|Rep|Gov|Pres|Amb|Mme|Mlle|"
    r"[A-Z]|(?:[A-Z]\.)+[A-Z](?<!U\.S)|No|Nos|Art|Arts|Sec|Fig|Figs|Vol|Vols|Ch|pp|p|vs|cf|ca|e\.g|i\.e|viz|al|approx|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec"
)
_WITHIN = re.compile(
    r"etc|Jr|Sr|Co|Corp|Inc|Ltd|Bros|Dept|Univ|Inst|U\.S|a\.m|p\.m|est|ed|eds|min|max|incl|excl"
)


@dataclass(frozen=True)
class Passages:
    """The spans of one source that claims cite, and those left out with the reason (an IRI)."""

    cited: frozenset[Span]
    left_out: Mapping[Span, str]


@dataclass(frozen=True)
class Stretch:
    """A run of characters that no claim cites; one without a reason is still to be read."""

    begin: int
    end: int
    reason: str | None

    @property
    def characters(self) -> int:
        """How many characters it has."""
        return self.end - self.begin


@dataclass(frozen=True)
class Coverage:
    """The characters of a text by where they lie; the four numbers after the first add up to it."""

    characters: int
    in_passages: int
    left_out: int
    unexplained: int
    blank: int
    stretches: tuple[Stretch, ...]
    too_long: tuple[Span, ...]

    @property
    def share(self) -> float:
        """The part of the characters that lies in passages, between 0 and 1."""
        return self.in_passages / self.characters if self.characters else 1.0


@dataclass(frozen=True)
class Measured:
    """The coverage of one source, None where its text is not at hand, and what stands in the way."""

    slug: str
    coverage: Coverage | None
    problems: tuple[BriKgError, ...]


def measure_sources(store: Store, folder: Path, named: str | None) -> tuple[Measured, ...]:
    """Return the coverage of the named source, or of all of them.

    Raises UsageError for an unknown source, InputError where the text of the named one is missing
    or another; among all, that is a problem of the source.
    """
    files = source_files(store)
    chosen = [named_source(files, named)] if named else list(files.values())
    return tuple(_measured(store, folder, source, is_wanted=bool(named)) for source in chosen)


def _measured(store: Store, folder: Path, source: SourceFile, *, is_wanted: bool) -> Measured:
    try:
        text = text_of(source, folder)
    except InputError as error:
        if is_wanted:
            raise
        return Measured(source.slug, None, (error,))
    found = measure(text, passages_of(store, source.slug))
    return Measured(
        source.slug, found, tuple(problems(found, source.slug, text, folder / source.file_name))
    )


def passages_of(store: Store, slug: str) -> Passages:
    """Return the spans of a source that the graph cites and leaves out."""
    source = {"source": ox.NamedNode(source_iri(slug))}
    return Passages(
        cited=frozenset(_span(row.value("passage")) for row in store.select(_CITED, source)),
        left_out={
            _span(row.value("passage")): str(row.value("reason"))
            for row in store.select(_LEFT_OUT, source)
        },
    )


def measure(text: str, passages: Passages) -> Coverage:
    """Return where the characters of `text` lie; what a claim cites is not counted as left out."""
    marks = _marks(len(text), passages)
    unexplained = [
        Stretch(*trimmed, None)
        for match in re.finditer(rb"\0+", marks)
        if (trimmed := _trimmed(text, *match.span()))
    ]
    explained = [Stretch(*span, reason) for span, reason in passages.left_out.items()]
    without_reason = sum(stretch.characters for stretch in unexplained)
    return Coverage(
        characters=len(text),
        in_passages=marks.count(_CITED_MARK),
        left_out=marks.count(_LEFT_OUT_MARK),
        unexplained=without_reason,
        blank=marks.count(0) - without_reason,
        stretches=tuple(sorted([*explained, *unexplained], key=lambda s: (s.begin, s.end))),
        too_long=tuple(sorted((b, e) for b, e in passages.cited if e - b > LONGEST_PASSAGE)),
    )


def problems(found: Coverage, slug: str, text: str, path: Path) -> Iterator[BriKgError]:
    """Yield what stands in the way of a complete coverage, each at its line of the reader's copy."""
    for stretch in found.stretches:
        if stretch.reason is None:
            yield InputError(
                code="BRI246",
                file=str(path),
                line=_line(text, stretch.begin),
                message=f"no passage holds <{passage_iri(slug, stretch.begin, stretch.end)}>",
                why=f"it says: {text[stretch.begin : stretch.end]}",
                fix="cite it in a claim, or give it a bri:omissionReason in graph/omissions.ttl",
            )
    for begin, end in found.too_long:
        yield InputError(
            code="BRI244",
            file=str(path),
            line=_line(text, begin),
            message=f"<{passage_iri(slug, begin, end)}> has {end - begin} characters, "
            f"and at most {LONGEST_PASSAGE} are allowed",
            fix="cite the clause that says it, or several passages",
        )


def shares(measured: Mapping[str, Coverage]) -> Rows:
    """Return a row a source: its characters, and where they lie."""
    rows = (
        (
            ox.NamedNode(source_iri(slug)),
            ox.Literal(found.characters),
            ox.Literal(found.in_passages),
            ox.Literal(f"{found.share:.4f}", datatype=_DECIMAL),
            ox.Literal(found.left_out),
            ox.Literal(found.unexplained),
            ox.Literal(found.blank),
        )
        for slug, found in measured.items()
    )
    columns = ("source", "characters", "inPassages", "share", "leftOut", "unexplained", "blank")
    return Rows(columns, tuple(rows))


def left_out(measured: Mapping[str, Coverage]) -> Rows:
    """Return a row for each stretch that no claim cites: its passage, length and reason."""
    rows = (
        (
            ox.NamedNode(passage_iri(slug, stretch.begin, stretch.end)),
            ox.Literal(stretch.characters),
            ox.NamedNode(stretch.reason) if stretch.reason else None,
        )
        for slug, found in measured.items()
        for stretch in found.stretches
    )
    return Rows(("passage", "characters", "reason"), tuple(rows))


def untouched(text: str, passages: Passages) -> Iterator[Span]:
    """Yield the sentences (or lines without a full stop) of which no character lies in a passage."""
    marks = _marks(len(text), passages)
    for begin, end in sentences(text):
        if not any(marks[begin:end]):
            yield begin, end


def sentences(text: str) -> Iterator[Span]:
    """Yield begin and end of each sentence that holds a word or number, blank edges left out.

    The full stop of a title, an initial or a common abbreviation ends none within a line.
    """
    ends = [
        *(m.end() for m in _SENTENCE_END.finditer(text) if not _is_abbreviation(text, m)),
        len(text),
    ]
    for begin, end in zip([0, *ends], ends, strict=False):
        piece = text[begin:end]
        if any(map(says_something, piece)):
            start = begin + len(piece) - len(piece.lstrip())
            yield start, start + len(piece.strip())


def _is_abbreviation(text: str, end: re.Match[str]) -> bool:
    """Return whether what looks like the end of a sentence is the full stop of an abbreviation."""
    behind = text[end.end() : end.end() + 1]
    if not end[0].isspace() or "\n" in end[0] or not behind:
        return False
    word = _LAST_WORD.search(text, max(0, end.start() - 24), end.start())
    if word is None:
        return False
    # After "etc." and its like a capital letter begins a new sentence.
    return bool(_BEFORE_NAMES.fullmatch(word[1])) or (
        bool(_WITHIN.fullmatch(word[1])) and not behind.isupper()
    )


def says_something(char: str) -> bool:
    """Return whether a character is more than white space, punctuation or a control character."""
    category = unicodedata.category(char)
    return category[0] not in "ZP" and category not in {"Cc", "Cf"}


def _marks(length: int, passages: Passages) -> bytearray:
    """Return a byte a character: 0 in no passage, else one of the two marks."""
    marks = bytearray(length)
    for spans, mark in ((passages.left_out, _LEFT_OUT_MARK), (passages.cited, _CITED_MARK)):
        _mark(marks, spans, mark)
    return marks


def _mark(marks: bytearray, spans: Collection[Span], mark: int) -> None:
    for begin, end in spans:
        end = min(end, len(marks))
        marks[begin:end] = bytes([mark]) * max(0, end - begin)


def _trimmed(text: str, begin: int, end: int) -> Span | None:
    """Return the span without the blank characters at its edges, or None when all are blank."""
    said = [place for place in range(begin, end) if says_something(text[place])]
    return (said[0], said[-1] + 1) if said else None


def _line(text: str, place: int) -> int:
    return text.count("\n", 0, place) + 1


def _span(passage: object) -> Span:
    # Whatever has bri:isPassageOf was made from a passage's IRI, so the parts are there.
    _, begin, end = split_passage(str(passage)) or ("", 0, 0)
    return begin, end
