"""A new source of a collection: its text, its record in the graph, and the workbook for its claims."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from bri_kg.dataset import times
from bri_kg.errors import UsageError
from bri_kg.names import BRI, PREFIXES, source_iri
from bri_kg.rdf.graphs import write_graph
from bri_kg.rdf.text_files import write_file
from bri_kg.texts.extracting import Extracted
from bri_kg.texts.originals import SourceFile, sha256
from bri_kg.texts.sources import refuse_known
from bri_kg.texts.workbook.short_names import slug
from bri_kg.texts.workbook.source_places import Places

_HAN: Final = re.compile("[\u3400-\u9fff]")
_TAG: Final = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_ADDRESS: Final = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
_DATE: Final = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?")


@dataclass(frozen=True)
class Origin:
    """What is known of where a document comes from; what is not known is left open."""

    title: str
    title_zh: str | None = None
    publisher: str | None = None
    creator: str | None = None
    date: str | None = None
    address: str | None = None
    language: str | None = None


def proposed_name(title: str, path: Path) -> str:
    """Return what a source is called in names: made of its title, or of the name of its file."""
    words = (slug(title) or slug(path.stem) or "source").split("-")
    return "-".join(words[:5])


def refuse_malformed(origin: Origin) -> None:
    """Raise UsageError for a date, address or language that is none."""
    if not origin.title.strip():
        raise UsageError(
            "BRI928", "the title is empty", fix="give the title that the document prints"
        )
    if origin.date is not None and not (_DATE.fullmatch(origin.date) and times.edtf(origin.date)):
        raise UsageError(
            "BRI928",
            f"{origin.date!r} is no date that the graph understands",
            fix="write 2020-11-25, or 2020-11 where the day is not known",
        )
    if origin.address is not None and not _ADDRESS.fullmatch(origin.address):
        raise UsageError(
            "BRI928",
            f"{origin.address!r} is no address of a page",
            fix="write it as a browser shows it: https://example.org/page",
        )
    if origin.language is not None and not _TAG.fullmatch(origin.language):
        raise UsageError(
            "BRI928", f"{origin.language!r} is no tag of a language", fix="write en, zh, fr …"
        )


def language_of(text: str, origin: Origin) -> str:
    """Return the language that was given, else Chinese or English by the letters."""
    if origin.language:
        return origin.language
    return "zh" if len(_HAN.findall(text)) * 4 > len(text.strip()) else "en"


def write_source(
    places: Places,
    called: str,
    extracted: Extracted,
    origin: Origin,
    known: dict[str, SourceFile],
    file: Path,
) -> str:
    """Write the text and the record of a source, and return its language; `called` is its slug.

    The record comes last, since it makes a source of the text. Raise UsageError for a name that is taken,
    InputError for a text that is described already.
    """
    refuse_known(called, sha256(extracted.text), file, known)
    for path in (places.record, places.claims, places.texts / f"{places.name}.txt"):
        if path.exists():
            raise UsageError(
                "BRI929",
                f"{str(path)!r} is there already, and is not written over",
                fix="give another --name, or move the file away",
            )
    language = language_of(extracted.text, origin)
    record = write_graph(record_of(places, called, extracted, origin, language), "ttl")
    for path in (places.texts, places.record.parent):
        path.mkdir(parents=True, exist_ok=True)
    write_file(places.texts / f"{places.name}.txt", extracted.text.encode())
    write_file(places.record, record)
    return language


def record_of(
    places: Places, called: str, extracted: Extracted, origin: Origin, language: str
) -> list[ox.Quad]:
    """Return what is known of a source: its labels and origin, its file, length and digest, what is left open."""
    node = ox.NamedNode(source_iri(called))
    said: list[tuple[str, ox.NamedNode | ox.Literal]] = [
        (PREFIXES["rdf"] + "type", ox.NamedNode(BRI + "Source")),
        *((PREFIXES["skos"] + "prefLabel", label) for label in _labels(origin)),
        (PREFIXES["dcterms"] + "title", _tagged(origin.title)),
        (PREFIXES["dcterms"] + "language", ox.Literal(language)),
        (PREFIXES["dcterms"] + "source", ox.NamedNode(PREFIXES["bri-reference"] + "editors")),
        (BRI + "fileName", ox.Literal(f"{places.name}.txt")),
        (BRI + "characterCount", ox.Literal(len(extracted.text))),
        (BRI + "sha256", ox.Literal(sha256(extracted.text))),
        *_origin(origin),
    ]
    return [ox.Quad(node, ox.NamedNode(name), value) for name, value in said]


def _origin(origin: Origin) -> Iterator[tuple[str, ox.NamedNode | ox.Literal]]:
    given = {
        "author": ("creator", origin.creator),
        "publisher": ("publisher", origin.publisher),
        "date": ("issued", origin.date),
    }
    for gap, (name, text) in given.items():
        if text is None:
            yield BRI + "leavesOpen", ox.NamedNode(PREFIXES["bri-gap"] + gap)
        else:
            yield PREFIXES["dcterms"] + name, ox.Literal(text) if gap == "date" else _tagged(text)
    if None in (origin.creator, origin.publisher, origin.date):
        why = "It was not known when the document was added.", "添加文档时未知。"
        for text, language in zip(why, ("en", "zh"), strict=True):
            yield BRI + "reason", ox.Literal(text, language=language)
    if origin.address is not None:
        yield PREFIXES["schema"] + "url", ox.NamedNode(origin.address)


def _labels(origin: Origin) -> Iterator[ox.Literal]:
    """Yield what the source is called: its title, in the other language too where that has none of its own."""
    is_chinese = bool(_HAN.search(origin.title))
    yield ox.Literal(origin.title, language="en")
    yield ox.Literal(origin.title if is_chinese else origin.title_zh or origin.title, language="zh")


def _tagged(text: str) -> ox.Literal:
    return ox.Literal(text, language="zh" if _HAN.search(text) else "en")
