"""Evidence: sealing passages with digests, verifying them, and checking claims against their words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pyoxigraph as ox

from bri_kg.errors import InputError
from bri_kg.names import source_iri, split_passage
from bri_kg.plain import Plain
from bri_kg.rdf.text_files import write_file
from bri_kg.stores.memory import Store
from bri_kg.texts.originals import SourceFile, described_text, read_source, sha256

_SOURCES = """SELECT ?source ?file ?length ?sha256 WHERE {
  ?source a bri:Source ; bri:fileName ?file ; bri:characterCount ?length ; bri:sha256 ?sha256 }
ORDER BY ?source"""
_PASSAGES = """SELECT DISTINCT ?passage ?sha256 WHERE {
  { ?claim bri:evidence ?passage } UNION { ?claim bri:hasContext ?passage }
  UNION { ?passage bri:omissionReason ?reason }
  FILTER (isIRI(?passage))
  OPTIONAL { ?passage bri:sha256 ?sha256 } } ORDER BY ?passage"""
_CLAIM_PASSAGES = """SELECT DISTINCT ?claim ?passage WHERE {
  { ?claim bri:evidence ?passage } UNION { ?claim bri:hasContext ?passage }
  FILTER (isIRI(?passage)) } ORDER BY ?claim ?passage"""
_NUMBERS = """SELECT DISTINCT ?claim ?number WHERE {
  ?claim bri:hasQuantity ?quantity .
  { ?quantity bri:statedValue ?number } UNION
  { ?quantity bri:comparator bri-comparator:between ; bri:lowerBound|bri:upperBound ?number } }"""
_TIMES = """SELECT DISTINCT ?claim ?edtf WHERE {
  ?claim bri:hasTime ?time . ?time bri:edtf ?edtf }"""
_SPEAKERS = """SELECT DISTINCT ?claim ?speaker ?name WHERE {
  ?claim bri:isVouchedForBy ?speaker .
  ?speaker skos:prefLabel|skos:altLabel|skos:hiddenLabel ?name }"""

_WORDS_TO_TWENTY = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    "twenty",
)  # fmt: skip
_WORDS = {word: number for number, word in enumerate(_WORDS_TO_TWENTY, 1)}
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_NUMBER = re.compile(
    r"(?<![\w.,])([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(\.[0-9]+)?|\b(" + "|".join(_WORDS) + r")\b",
    re.IGNORECASE,
)
_LENGTH = re.compile(r"[0-9]{1,18}")
_SCALE = re.compile(r"[\s-]*(hundred|thousand|million|billion)s?\b", re.IGNORECASE)


@dataclass(frozen=True)
class PassageState(Plain):
    """The state of a passage or whole source: `verified`, `changed`, `source-missing`, `unsealed`."""

    passage: str
    source: str
    state: str


@dataclass(frozen=True)
class Mismatch(Plain):
    """Something that a claim states and none of its passages says."""

    claim: str
    kind: str
    value: str


def source_files(store: Store) -> dict[str, SourceFile]:
    """Return the described sources by slug. Raise InputError for a length that is no whole number."""
    rows = store.select(_SOURCES)
    files = (
        SourceFile(
            str(r.value("source")).rsplit("/", 1)[-1],
            str(r.value("file")),
            _length(str(r.value("source")), str(r.value("length"))),
            str(r.value("sha256")),
        )
        for r in rows
    )
    return {file.slug: file for file in files}


def _length(source: str, text: str) -> int:
    if _LENGTH.fullmatch(text):
        return int(text)
    raise InputError(
        code="BRI239",
        message=f"the source <{source}> has the bri:characterCount {text!r}, which is no whole number",
        fix="`bri-kg source add FILE` prints what describes a text",
    )


def seal(store: Store, folder: Path) -> dict[str, str]:
    """Return the digest of every passage, cited or left out, whose source is in `folder`.

    Passages of a missing source keep the digest that the graph holds; passages that are
    beyond their text are left out. Raises InputError for a text that is not the described one:
    sealing it would make an altered source pass.
    """
    files = source_files(store)
    texts = {slug: described_text(folder, file) for slug, file in files.items()}
    sealed: dict[str, str] = {}
    for passage, known in _passages(store):
        parts = split_passage(passage)
        text = texts.get(parts[0]) if parts else None
        if parts and text is not None and parts[1] < parts[2] <= len(text):
            sealed[passage] = sha256(text[parts[1] : parts[2]])
        elif known and text is None:
            sealed[passage] = known
    return sealed


def unsealed(store: Store, folder: Path, sealed: Mapping[str, str]) -> tuple[str, ...]:
    """Return the passages that sealing left out: their text is missing, or they end beyond it."""
    passages = (state.passage for state in verify(store, folder) if "#" in state.passage)
    return tuple(passage for passage in passages if passage not in sealed)


def write_passages(path: Path, sealed: dict[str, str]) -> None:
    """Write graph/passages.ttl: one digest a passage, by source and place; replaced as a whole."""
    lines = [
        "@base <https://w3id.org/bri-kg/> .",
        "@prefix bri: <https://w3id.org/bri-kg/ontology#> .",
        "",
        "# Written by `bri-kg evidence seal`. Offsets and source follow from each IRI.",
    ]
    last = None
    for iri in sorted(sealed, key=lambda i: split_passage(i) or ("", 0, 0)):
        slug, begin, end = split_passage(iri) or ("", 0, 0)
        if slug != last:
            lines += ["", f"# {slug}"]
            last = slug
        # The blank lines are those of turtlefmt, so that sealing leaves the canonical format.
        lines += ["", f"<source/{slug}#char={begin},{end}> bri:sha256 {ox.Literal(sealed[iri])} ."]
    write_file(path, ("\n".join(lines) + "\n").encode())


def verify(store: Store, folder: Path) -> Iterator[PassageState]:
    """Yield the state of each source as a whole, then of each passage, from the texts in `folder`."""
    files = source_files(store)
    texts = {slug: read_source(folder, file) for slug, file in files.items()}
    for slug, file in files.items():
        yield PassageState(source_iri(slug), file.file_name, _state_of_text(file, texts[slug]))
    for passage, digest in _passages(store):
        parts = split_passage(passage)
        slug = parts[0] if parts else ""
        yield PassageState(
            passage,
            files[slug].file_name if slug in files else slug,
            _state(parts, texts.get(slug), digest),
        )


def state_of(passage: str, digest: str | None, text: str | None) -> str:
    """Return the state of one passage with this digest in this text."""
    return _state(split_passage(passage), text, digest)


def mismatches(store: Store, folder: Path) -> Iterator[Mismatch]:
    """Yield the numbers, years and named speakers of claims that none of their passages says.

    Claims whose source is missing from `folder` are passed over: `verify` reports those.
    """
    texts = {slug: read_source(folder, file) for slug, file in source_files(store).items()}
    words: dict[str, str] = {}
    for row in store.select(_CLAIM_PASSAGES):
        claim, parts = str(row.value("claim")), split_passage(str(row.value("passage")))
        text = texts.get(parts[0]) if parts else None
        if parts and text is not None:
            words[claim] = words.get(claim, "") + "\n" + text[parts[1] : parts[2]]
    for row in store.select(_NUMBERS):
        claim, number = str(row.value("claim")), _number(str(row.value("number")))
        if number is not None and claim in words and number not in set(numbers_in(words[claim])):
            yield Mismatch(claim, "number", f"{number:f}")
    for row in store.select(_TIMES):
        claim = str(row.value("claim"))
        for year in re.findall(r"[0-9]{4}", str(row.value("edtf"))):
            if claim in words and not re.search(rf"(?<![0-9]){year}(?![0-9])", words[claim]):
                yield Mismatch(claim, "year", year)
    yield from _silent_speakers(store, words)


def _number(text: str) -> Decimal | None:
    """Return a stated number; None for what is none, which validation reports."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def numbers_in(text: str) -> Iterator[Decimal]:
    """Yield the numbers that stand in `text`, in digits or in English words, scales applied."""
    for match in _NUMBER.finditer(text):
        if match[3]:
            number = Decimal(_WORDS[match[3].lower()])
        else:
            number = Decimal(match[1].replace(",", "") + (match[2] or ""))
        yield number
        if scale := _SCALE.match(text, match.end()):
            yield number * _SCALES[scale[1].lower()]


def _silent_speakers(store: Store, words: dict[str, str]) -> Iterator[Mismatch]:
    names: dict[tuple[str, str], list[str]] = {}
    for row in store.select(_SPEAKERS):
        names.setdefault((str(row.value("claim")), str(row.value("speaker"))), []).append(
            str(row.value("name"))
        )
    for (claim, speaker), known in sorted(names.items()):
        said = words.get(claim)
        # A second mention gives the family name only, which stands first or last.
        forms = {
            form
            for name in known
            for form in (name, *name.split()[:1], *name.split()[-1:])
            if len(form) > 1
        }
        if said is not None and not any(
            re.search(rf"(?<!\w){re.escape(form)}(?!\w)", said) for form in forms
        ):
            yield Mismatch(claim, "speaker", speaker)


def _passages(store: Store) -> Iterable[tuple[str, str | None]]:
    for row in store.select(_PASSAGES):
        digest = row.value("sha256")
        yield str(row.value("passage")), None if digest is None else str(digest)


def _state_of_text(file: SourceFile, text: str | None) -> str:
    if text is None:
        return "source-missing"
    return "verified" if sha256(text) == file.sha256 else "changed"


def _state(parts: tuple[str, int, int] | None, text: str | None, digest: str | None) -> str:
    if text is None:
        return "source-missing"
    if digest is None:
        return "unsealed"
    if parts is None or parts[2] > len(text) or sha256(text[parts[1] : parts[2]]) != digest:
        return "changed"
    return "verified"
