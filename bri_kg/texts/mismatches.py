"""What claims say beyond, or against, the words of their passages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import ClassVar

from bri_kg.dataset.times import printed
from bri_kg.names import BRI, TIME
from bri_kg.plain import Plain
from bri_kg.rdf.rows import Row
from bri_kg.stores.memory import Store
from bri_kg.texts import claim_cues, copied, parties, quantity_words, word_order
from bri_kg.texts.cited_words import Cited, Quote, cited_words
from bri_kg.texts.date_words import dates_in
from bri_kg.texts.number_words import numbers_in, without_addresses
from bri_kg.texts.originals import find_words, read_source
from bri_kg.texts.source_files import source_files

_NUMBERS = """SELECT DISTINCT ?claim ?number ?comparator ?unit WHERE {
  ?claim bri:hasQuantity ?quantity .
  OPTIONAL { ?claim bri:unit ?unit }
  ?quantity bri:comparator ?comparator .
  { ?quantity bri:statedValue ?number } UNION
  { ?quantity bri:comparator bri-comparator:between ; bri:lowerBound|bri:upperBound ?number }
} ORDER BY ?claim ?number ?unit"""
_UNITS = """SELECT DISTINCT ?unit ?label WHERE {
  ?unit skos:inScheme <https://w3id.org/bri-kg/vocab/unit> ;
    skos:prefLabel|skos:altLabel|skos:hiddenLabel|skos:notation ?label } ORDER BY ?unit ?label"""
_TIMES = """SELECT DISTINCT ?claim ?time WHERE {
  ?claim bri:hasTime ?time . ?time bri:edtf ?edtf
} ORDER BY ?claim ?time"""
_SPEAKERS = """SELECT DISTINCT ?claim ?speaker ?name WHERE {
  ?claim bri:isVouchedForBy ?speaker .
  ?speaker skos:prefLabel|skos:altLabel|skos:hiddenLabel ?name }"""
_NAMES = "SELECT DISTINCT ?claim ?name WHERE { ?claim bri:name ?name } ORDER BY ?claim ?name"
# What is vouched for as it holds; a purpose, a hope and a name hold whatever tense they speak in.
_REAL = """SELECT DISTINCT ?claim ?class WHERE {
  VALUES ?class { bri:CooperationClaim bri:CreationClaim bri:EventClaim bri:LocationClaim bri:MembershipClaim
    bri:PositionClaim bri:QuantityClaim bri:StructureClaim bri:SupportClaim }
  ?claim a ?class ; bri:factuality ?factuality .
  FILTER (?factuality IN (bri-factuality:achieved, bri-factuality:ongoing))
  FILTER NOT EXISTS { ?claim bri:modality ?modality }
  FILTER NOT EXISTS { ?claim bri:role bri-role:proposer }
} ORDER BY ?claim"""
_CLASSES = """SELECT DISTINCT ?claim ?class WHERE {
  ?claim a ?class . ?class rdfs:subClassOf bri:Claim .
  FILTER NOT EXISTS { ?claim bri:modality bri-modality:inferred }
  # What belongs to a set is no member of a body.
  FILTER (?class != bri:StructureClaim || EXISTS { ?claim bri:hasObject/a/rdfs:subClassOf* bri:Organization })
} ORDER BY ?claim ?class"""
CODES = {
    "number": "number-not-in-words",
    "comparator": "comparator-against-words",
    "unit": "unit-not-in-words",
    "unit dropped": "unit-dropped",
    "year": "year-not-in-words",
    "month": "month-not-in-words",
    "day": "day-not-in-words",
    "speaker": "speaker-not-in-words",
    "name": "name-not-in-words",
    "factuality": "factuality-against-words",
    "class": "class-against-words",
    "order": "parts-against-words",
    "parties": "parties-not-in-words",
    "cut": "passage-cuts-word",
    "copied": "summary-of-the-source",
}
"""The checks of claims against their words: kind of mismatch, and name of the check (vocab/check)."""

# Letters of scripts that put no blanks between words.
_UNSPACED = re.compile(r"[぀-ヿ㐀-鿿豈-﫿가-힯฀-๿]")


@dataclass(frozen=True)
class Mismatch(Plain):
    """Something that a claim states and its passages do not bear out; `kind` names the check."""

    also_plain: ClassVar[tuple[str, ...]] = ("code", "severity")

    claim: str
    kind: str
    value: str

    @property
    def code(self) -> str:
        """The name of the check, which a claim can name as accepted."""
        return CODES[self.kind]

    @property
    def severity(self) -> str:
        """Whether it is an error, or a warning where only a reader can tell."""
        return "warning" if self.kind == "parties" else "error"


def mismatches(store: Store, folder: Path) -> Iterator[Mismatch]:
    """Yield what claims say beyond or against their words, from the texts in `folder`.

    Claims whose source is missing from `folder` are passed over: `verify` reports those.
    """
    texts = _texts(store, folder)
    cited = cited_words(store, texts)
    if not cited:
        return
    yield from _cut_words(cited)
    yield from _silent_numbers(store, cited)
    yield from _silent_times(store, cited)
    yield from _silent_speakers(store, cited)
    yield from _unprinted_names(store, cited)
    yield from _against_tense(store, cited)
    yield from _against_class(store, cited)
    for claim, value in word_order.swapped(store, cited):
        yield Mismatch(claim, "order", value)
    for claim, value in parties.unnamed(store, cited):
        yield Mismatch(claim, "parties", value)
    for claim, value in copied.repeated(store, cited, texts):
        yield Mismatch(claim, "copied", value)


def claims_at_hand(store: Store, folder: Path) -> frozenset[str]:
    """Return the claims that cite a text in `folder`."""
    return frozenset(cited_words(store, _texts(store, folder)))


def _texts(store: Store, folder: Path) -> dict[str, str | None]:
    return {slug: read_source(folder, file) for slug, file in source_files(store).items()}


def _cut_words(cited: Mapping[str, Cited]) -> Iterator[Mismatch]:
    for claim, words in cited.items():
        for quote in words.quotes:
            if _cuts(quote):
                yield Mismatch(claim, "cut", quote.passage)


def _cuts(quote: Quote) -> bool:
    edges = ((quote.before, quote.words[:1]), (quote.words[-1:], quote.after))
    return any(_is_letter(one) and _is_letter(other) for one, other in edges)


def _is_letter(char: str) -> bool:
    return char.isalnum() and not _UNSPACED.match(char)


def _silent_numbers(store: Store, cited: Mapping[str, Cited]) -> Iterator[Mismatch]:
    labels: dict[str, list[str]] = {}
    for row in store.select(_UNITS):
        labels.setdefault(str(row.value("unit")), []).append(str(row.value("label")))
    units = quantity_words.unit_patterns(labels)
    for row in store.select(_NUMBERS):
        claim, number = str(row.value("claim")), _number(str(row.value("number")))
        if number is None or claim not in cited:
            continue
        words = cited[claim].words
        if number not in set(numbers_in(words)):
            yield Mismatch(claim, "number", f"{number:f}")
            continue
        comparator = str(row.value("comparator")).rsplit("/", 1)[-1]
        said = quantity_words.comparators(number, words)
        if comparator != "between" and comparator not in said:
            yield Mismatch(claim, "comparator", f"{comparator}-{number:f}")
        yield from _wrong_unit(claim, row, number, words, units)


def _wrong_unit(
    claim: str, row: Row, number: Decimal, words: str, units: Mapping[str, re.Pattern[str]]
) -> Iterator[Mismatch]:
    beside = quantity_words.units_beside(number, words, units)
    unit = None if row["unit"] is None else str(row.value("unit"))
    if unit is None:
        # A number that stands alone somewhere may be the one that is meant.
        if beside and all(beside):
            yield Mismatch(claim, "unit dropped", " ".join(sorted(set.union(*beside))))
        return
    stands = any(unit in found for found in beside) or unit not in units
    # Where the number stands with another unit, a mention elsewhere does not help.
    if not stands and (any(beside) or not quantity_words.mentions(words, units[unit])):
        yield Mismatch(claim, "unit", unit)


def _silent_times(store: Store, cited: Mapping[str, Cited]) -> Iterator[Mismatch]:
    for row in store.select(_TIMES):
        claim = str(row.value("claim"))
        if claim not in cited:
            continue
        words = cited[claim].words
        plain, numbers = without_addresses(words), set(numbers_in(words))
        told = printed(str(row.value("time")).removeprefix(TIME))
        for year, month, day in re.findall(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?", told):
            if not re.search(rf"(?<![0-9]){year}(?![0-9])", plain) and Decimal(year) not in numbers:
                yield Mismatch(claim, "year", year)
            dates = set(dates_in(words))
            if month and int(month) not in {found for found, _ in dates}:
                yield Mismatch(claim, "month", f"{year}-{month}")
            elif day and (int(month), int(day)) not in dates:
                yield Mismatch(claim, "day", f"{year}-{month}-{day}")


def _silent_speakers(store: Store, cited: Mapping[str, Cited]) -> Iterator[Mismatch]:
    names: dict[tuple[str, str], list[str]] = {}
    for row in store.select(_SPEAKERS):
        names.setdefault((str(row.value("claim")), str(row.value("speaker"))), []).append(
            str(row.value("name"))
        )
    for (claim, speaker), known in sorted(names.items()):
        # A second mention gives the family name only, which stands first or last.
        forms = {
            form
            for name in known
            for form in (name, *name.split()[:1], *name.split()[-1:])
            if len(form) > 1
        }
        if claim in cited and not any(
            re.search(rf"(?<!\w){re.escape(form)}(?!\w)", cited[claim].words)
            or (_UNSPACED.match(form) and form in cited[claim].words)
            for form in forms
        ):
            yield Mismatch(claim, "speaker", speaker)


def _unprinted_names(store: Store, cited: Mapping[str, Cited]) -> Iterator[Mismatch]:
    for row in store.select(_NAMES):
        claim, name = str(row.value("claim")), str(row.value("name"))
        if claim in cited and not find_words(cited[claim].words, name):
            yield Mismatch(claim, "name", name)


def _against_tense(store: Store, cited: Mapping[str, Cited]) -> Iterator[Mismatch]:
    for row in store.select(_REAL):
        claim = str(row.value("claim"))
        word = claim_cues.future_word(cited[claim].said) if claim in cited else None
        if word:
            yield Mismatch(claim, "factuality", word)


def _against_class(store: Store, cited: Mapping[str, Cited]) -> Iterator[Mismatch]:
    for row in store.select(_CLASSES):
        claim, cls = str(row.value("claim")), str(row.value("class")).removeprefix(BRI)
        if claim not in cited:
            continue
        other = claim_cues.class_said(cls, cited[claim].said, cited[claim].words)
        if other:
            yield Mismatch(claim, "class", BRI + other)


def _number(text: str) -> Decimal | None:
    """Return a stated number; None for what is none, which validation reports."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
