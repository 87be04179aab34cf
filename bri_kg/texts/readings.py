"""Claims beside the words of their passages, read from the reader's own copy and kept nowhere."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from bri_kg.errors import UsageError
from bri_kg.names import (
    BASE,
    BRI,
    PREFIXES,
    expand,
    is_named_here,
    nearest,
    shorten,
    source_iri,
    spaces,
    split_passage,
)
from bri_kg.plain import visible
from bri_kg.stores.memory import Store
from bri_kg.texts.evidence import state_of

_CLAIMS = "SELECT DISTINCT ?claim WHERE { ?claim bri:evidence ?passage } ORDER BY ?claim"
_OF_SOURCE = """SELECT ?claim (MIN(?begin) AS ?first) WHERE {
  ?claim bri:evidence ?passage . ?passage bri:isPassageOf ?source ; bri:begin ?begin
} GROUP BY ?claim ORDER BY ?first ?claim"""
_PARTS = """SELECT ?property ?value ?sha256 WHERE {
  ?claim ?property ?value .
  FILTER (?property NOT IN (bri:involves, bri:isStatedIn, bri:standing))
  OPTIONAL { ?value bri:sha256 ?sha256 } } ORDER BY ?property ?value"""

_TYPE = PREFIXES["rdf"] + "type"
_TIES = (BRI + "evidence", BRI + "hasContext")
# What a reader wants first; the other parts follow by name.
_FIRST = (_TYPE, BRI + "hasSubject")


@dataclass(frozen=True)
class Quotation:
    """A passage that a claim cites: its IRI, the state of its digest, and the words there."""

    tie: str
    passage: str
    state: str
    words: str


@dataclass(frozen=True)
class Reading:
    """A claim with its parts as Turtle writes them, and its passages with their words."""

    claim: str
    parts: tuple[tuple[str, tuple[str, ...]], ...]
    quotations: tuple[Quotation, ...]


def named_claim(store: Store, text: str) -> str | None:
    """Return the claim with this IRI, prefixed name or local name; None for what names no claim.

    Raises UsageError for a claim's name that no claim has.
    """
    given = text.removeprefix("<").removesuffix(">")
    claims = {str(row.value("claim")) for row in store.select(_CLAIMS)}
    for iri in (expand(given), given, *(space + given for space in spaces("claim/"))):
        if iri in claims:
            return iri
    iri = expand(given) or given
    if not is_named_here(iri, "claim/"):
        return None
    near = nearest(iri, sorted(claims))
    raise UsageError(
        code="BRI245",
        message=f"there is no claim {text!r}",
        fix=f"did you mean {shorten(near)}?"
        if near
        else "`bri-kg evidence show SOURCE` shows every claim of a source",
    )


def claims_of(store: Store, slug: str) -> list[str]:
    """Return the claims of a source in the order in which its text supports them."""
    rows = store.select(_OF_SOURCE, {"source": ox.NamedNode(source_iri(slug))})
    return [str(row.value("claim")) for row in rows]


def read_claim(store: Store, claim: str, text_of: Callable[[str], str]) -> Reading:
    """Return a claim beside the words of its passages; `text_of` gives the text of a source's slug."""
    parts: dict[str, list[str]] = {}
    quotations: list[Quotation] = []
    for row in store.select(_PARTS, {"claim": ox.NamedNode(claim)}):
        name, value, digest = str(row.value("property")), row["value"], row.value("sha256")
        if name in _TIES and isinstance(value, ox.NamedNode):
            sealed = None if digest is None else str(digest)
            quotations.append(_quotation(shorten(name), value.value, sealed, text_of))
        else:
            parts.setdefault(name, []).append(_written(value))
    ordered = sorted(parts, key=lambda name: (name not in _FIRST, name != _TYPE, name))
    return Reading(
        claim=claim,
        parts=tuple(("a" if n == _TYPE else shorten(n), tuple(parts[n])) for n in ordered),
        quotations=tuple(quotations),
    )


def show(reading: Reading, width: int) -> str:
    """Return the reading as lines for a terminal; control characters are visible."""
    return "\n".join(visible(line) for line in _lines(reading, width)) + "\n"


def _lines(reading: Reading, width: int) -> Iterator[str]:
    yield shorten(reading.claim)
    for name, values in reading.parts:
        head = f"    {name:<18} "
        yield from _wrapped(" , ".join(values), head, " " * len(head), width)
    for quotation in reading.quotations:
        state = "" if quotation.state == "verified" else f"  ({quotation.state})"
        yield f"    {quotation.tie:<18} {_relative(quotation.passage)}{state}"
        # Made visible before it is wrapped: wrapping would turn line ends into spaces.
        yield from _wrapped(visible(quotation.words), "        | ", "        | ", width)


def _wrapped(text: str, first: str, rest: str, width: int) -> list[str]:
    lines = textwrap.wrap(
        text,
        max(width, 40),
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return lines or [first.rstrip()]


def _quotation(
    tie: str, passage: str, digest: str | None, text_of: Callable[[str], str]
) -> Quotation:
    parts = split_passage(passage)
    if parts is None:
        return Quotation(tie, passage, "no passage", "")
    slug, begin, end = parts
    text = text_of(slug)
    return Quotation(tie, passage, state_of(passage, digest, text), text[begin:end])


def _written(term: object) -> str:
    return _relative(term.value) if isinstance(term, ox.NamedNode) else str(term)


def _relative(iri: str) -> str:
    short = shorten(iri)
    return short if short != iri else f"<{iri.removeprefix(BASE)}>"
