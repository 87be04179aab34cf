"""How much of what somebody found in a text is suggested, and how much of what is suggested somebody found."""

from __future__ import annotations

import tomllib
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from bri_kg.errors import InputError
from bri_kg.names import QUANTITY, TIME, expand, source_iri, split_passage
from bri_kg.rdf.text_files import open_bytes
from bri_kg.stores.memory import Store
from bri_kg.texts.originals import find_span
from bri_kg.texts.sources import text_at
from bri_kg.texts.suggestions.found_words import Kind, Suggestion

Span = tuple[int, int]
_CITED: Final = """SELECT DISTINCT ?claim ?passage WHERE {
  ?claim bri:isStatedIn ?source ; bri:evidence|bri:hasContext ?passage . ?passage bri:isPassageOf ?source }"""
_VALUES: Final = """SELECT DISTINCT ?claim ?kind ?value WHERE {
  ?claim bri:isStatedIn ?source .
  { ?claim bri:involves ?value BIND ("entity" AS ?kind) }
  UNION { ?claim bri:hasTime ?value BIND ("date" AS ?kind) }
  UNION { ?claim bri:hasQuantity ?value BIND ("amount" AS ?kind) }
  UNION { ?claim bri:isVouchedForBy ?value BIND ("speaker" AS ?kind) }
} ORDER BY ?claim ?kind ?value"""
_LARGEST: Final = 5_000_000  # bytes of a list


@dataclass(frozen=True)
class Wanted:
    """What somebody found: what it means (an IRI, or the name of a new thing), and where it may stand."""

    kind: Kind
    value: str
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class Score:
    """Of one kind: how many were suggested and how many of these are right; how many were listed and found."""

    kind: Kind
    suggested: int
    right: int
    listed: int
    found: int

    @property
    def precision(self) -> float | None:
        """The part of the suggestions that is right; None where there is none."""
        return self.right / self.suggested if self.suggested else None

    @property
    def recall(self) -> float | None:
        """The part of what was listed that is suggested; None where nothing was."""
        return self.found / self.listed if self.listed else None

    def __add__(self, other: Score) -> Score:
        """Return both as one."""
        return Score(
            self.kind, self.suggested + other.suggested, self.right + other.right,
            self.listed + other.listed, self.found + other.found,
        )  # fmt: skip


@dataclass(frozen=True)
class Listed:
    """A document with what somebody found in it: its text, when it was written, and the list."""

    listed_as: str
    text: str
    written: str | None
    wanted: tuple[Wanted, ...]


def cited_in(store: Store, slug: str, things: Iterable[str]) -> list[Wanted]:
    """Return what the claims of a source say of these things, of times, amounts and speakers, with their passages."""
    source, known = {"source": ox.NamedNode(source_iri(slug))}, frozenset(things)
    spans: dict[str, list[Span]] = defaultdict(list)
    for row in store.select(_CITED, source):
        if parts := split_passage(str(row.value("passage"))):
            spans[str(row.value("claim"))].append(parts[1:])
    return [
        Wanted(Kind(str(row.value("kind"))), str(row.value("value")), tuple(spans[str(row.value("claim"))]))
        for row in store.select(_VALUES, source)
        if str(row.value("kind")) != "entity" or str(row.value("value")) in known
    ]  # fmt: skip


def listed_by_hand(path: Path) -> list[Listed]:
    """Return the documents of a list (TOML). Raise InputError for what is no such list."""
    with open_bytes(path, "a list of what stands in documents") as file:
        data = file.read(_LARGEST)
    try:
        told = tomllib.loads(data.decode("utf-8"))
        return [_listed_in(path, entry) for entry in told["document"]]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(
            "BRI959",
            "this is no list of what stands in documents",
            why=str(error),
            fix='write [[document]] with text = "FILE", and a line such as '
            'entity = [["words of the text", "bri-org:cas"]] for each kind',
            file=str(path),
        ) from None


def _listed_in(path: Path, entry: dict[str, object]) -> Listed:
    text = text_at(path.parent / str(entry["text"]))
    wanted = []
    for kind in Kind:
        pairs = entry.get(kind.value, [])
        if not isinstance(pairs, list):
            raise TypeError(f"{kind.value} is no list")
        for words, value in pairs:
            spans = tuple(find_span(text, words))
            if not spans:
                raise ValueError(f"{words!r} is not in {entry['text']}")
            wanted.append(Wanted(kind, _value(kind, value), spans))
    written = entry.get("written")
    return Listed(str(entry["text"]), text, str(written) if written else None, tuple(wanted))


def _value(kind: Kind, value: str) -> str:
    space = {Kind.DATE: TIME, Kind.AMOUNT: QUANTITY}.get(kind)
    return space + value if space else expand(value) or value


def scores(found: Iterable[Suggestion], wanted: Sequence[Wanted]) -> list[Score]:
    """Return how suggestions stand to what was listed, by kind; a kind of which nothing is listed is left out."""
    by_kind: dict[Kind, list[Suggestion]] = defaultdict(list)
    for one in found:
        by_kind[one.kind].append(one)
    listed = {kind: [one for one in wanted if one.kind is kind] for kind in Kind}
    return [_score(kind, by_kind[kind], listed[kind]) for kind in Kind if listed[kind]]


def _score(kind: Kind, found: list[Suggestion], wanted: list[Wanted]) -> Score:
    found = sorted(found, key=lambda one: one.span)
    begins = [one.begin for one in found]
    right: set[Span] = set()
    got = 0
    for item in wanted:
        met = [one.span for one in _meeting(item, found, begins) if _means(one, item.value)]
        right.update(met)
        got += bool(met)
    return Score(kind, len(found), len(right), len(wanted), got)


def _meeting(item: Wanted, found: list[Suggestion], begins: list[int]) -> Iterator[Suggestion]:
    for begin, end in item.spans:
        place = bisect_left(begins, end) - 1
        while place >= 0 and found[place].end > begin:
            yield found[place]
            place -= 1


def _means(one: Suggestion, value: str) -> bool:
    return value in one.nodes or one.name == value
