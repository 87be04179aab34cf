"""Real organizations at scale: records of the Research Organization Registry (CC0) in our ontology.

    python benchmarks/ror.py RECORDS -o ror.nt [--countries countries.tsv]

RECORDS is a folder of records, a .zip, or a data dump (.json), schema 2 (2.0 and 2.1). What identifies an
organization becomes an entity: names, identifiers, home page, the city where it is based. What a record
says of it becomes a claim with the record as its source and the very characters as evidence: the year it
was established, of what it is a part, that it is a non-profit. Lay the file over the graph:
`bri-kg validate ror.nt`. Memory: the identifiers of the records, and one record.

Not taken over, and counted: records that are inactive, withdrawn or of schema 1; relations to records that
are not here, and those other than parent and child; locations after the first (an organization is based in
one place); identifiers other than ROR's and Wikidata's. ROR's types are no classes of ours: academies of
sciences are `government` there, so the type does not make a bri:GovernmentBody.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from bri_kg.dataset import resources
from bri_kg.dataset.times import edtf
from bri_kg.errors import BriKgError, InputError
from bri_kg.names import BRI, PREFIXES, passage_iri, source_iri
from bri_kg.rdf.parsing import read_rdf
from ror_records import Record, read_records

_TYPE = PREFIXES["rdf"] + "type"
_ROR = "https://ror.org/"
_GEONAMES = "https://sws.geonames.org/"
_DECIMAL = ox.NamedNode(PREFIXES["xsd"] + "decimal")
# Some records are written without blanks.
_YEAR = re.compile(r'"established"\s*:\s*([0-9]+)')
_OBJECT = re.compile(r"\{[^{}]*\}")


@dataclass(frozen=True)
class Country:
    """A row of the table of countries."""

    alpha3: str
    english: str
    chinese: str


class Importer:
    """Turns records into quads; remembers which places it has described."""

    def __init__(self, present: set[str], countries: dict[str, Country]) -> None:
        self.counts: Counter[str] = Counter()
        self._present = present
        self._countries = countries
        self._described: set[str] = set()
        self._ours = dict(_known_nodes())

    def quads(self, record: Record, text: str) -> Iterator[ox.Quad]:
        """Yield what one record makes: places, the organization, its source and its claims."""
        slug = record["id"].removeprefix(_ROR)
        node = self._organization(record["id"])
        self.counts["organizations"] += 1
        if record["id"] in self._ours:
            self.counts["organizations that the graph has already"] += 1
        else:
            yield from self._identity(node, record)
        claims = [q for claim in self._claims(node, record, text, slug) for q in claim]
        if claims:
            yield from _source(slug, text, record)
            yield from claims

    def _identity(self, node: str, record: Record) -> Iterator[ox.Quad]:
        english, chinese, others = _names(record["names"])
        if chinese is None:
            self.counts["names that stand in for a Chinese one"] += 1
        yield _quad(node, _TYPE, BRI + "Organization")
        yield from _labels(node, english, chinese or f"机构：{english}")
        for name, language in others:
            yield _quad(node, PREFIXES["skos"] + "altLabel", _literal(name, language))
        yield _quad(node, PREFIXES["skos"] + "exactMatch", record["id"])
        yield _quad(node, PREFIXES["dcterms"] + "source", PREFIXES["bri-reference"] + "ror")
        for identifiers in record["external_ids"]:
            if identifiers["type"] != "wikidata":
                self.counts["identifiers of other registries left out"] += 1
            elif best := identifiers["preferred"] or (
                identifiers["all"][0] if len(identifiers["all"]) == 1 else None
            ):
                yield _quad(node, PREFIXES["skos"] + "exactMatch", PREFIXES["wd"] + best)
        for link in record["links"]:
            if link["type"] == "website":
                with suppress(ValueError):  # some are no IRIs
                    yield _quad(node, PREFIXES["foaf"] + "homepage", link["value"])
        for location in record["locations"][:1]:
            place, described = self._place(location)
            yield from described
            yield _quad(node, BRI + "isBasedIn", place)
        self.counts["further locations left out"] += len(record["locations"]) - 1

    def _place(self, location: Record) -> tuple[str, list[ox.Quad]]:
        details, number = location["geonames_details"], location["geonames_id"]
        node = (
            self._ours.get(f"{_GEONAMES}{number}/") or f"{PREFIXES['bri-place']}geonames-{number}"
        )
        if node in self._described or f"{_GEONAMES}{number}/" in self._ours:
            return node, []
        self._described.add(node)
        country, quads = self._country(details["country_code"], details["country_name"])
        quads += [
            _quad(node, _TYPE, BRI + "Place"),
            *_labels(node, details["name"], f"地点：{details['name']}"),
            _quad(node, PREFIXES["skos"] + "exactMatch", f"{_GEONAMES}{number}/"),
            _quad(node, BRI + "isWithin", country),
            _quad(node, PREFIXES["dcterms"] + "source", PREFIXES["bri-reference"] + "ror"),
        ]
        for name, value in (("latitude", details["lat"]), ("longitude", details["lng"])):
            if value is not None:
                quads.append(_quad(node, BRI + name, ox.Literal(f"{value:.5f}", datatype=_DECIMAL)))
        self.counts["places"] += 1
        return node, quads

    def _country(self, code: str, name: str) -> tuple[str, list[ox.Quad]]:
        if ours := self._ours.get(code):
            return ours, []
        node = f"{PREFIXES['bri-place']}country-{code.lower()}"
        if node in self._described:
            return node, []
        self._described.add(node)
        self.counts["countries"] += 1
        source = _quad(node, PREFIXES["dcterms"] + "source", PREFIXES["bri-reference"] + "ror")
        if row := self._countries.get(code):
            return node, [
                _quad(node, _TYPE, BRI + "Country"),
                *_labels(node, row.english, row.chinese or f"国家：{row.english}"),
                _quad(node, BRI + "isoAlpha2", ox.Literal(code)),
                _quad(node, BRI + "isoAlpha3", ox.Literal(row.alpha3)),
                source,
                _quad(
                    node,
                    PREFIXES["dcterms"] + "source",
                    PREFIXES["bri-reference"] + "country-codes",
                ),
            ]
        # Without its three-letter code it cannot be a bri:Country.
        return node, [
            _quad(node, _TYPE, BRI + "Place"),
            *_labels(node, name, f"地点：{name}"),
            source,
        ]

    def _claims(self, node: str, record: Record, text: str, slug: str) -> Iterator[list[ox.Quad]]:
        year = record["established"]
        if year and edtf(f"{year:04}"):
            yield self._claim(
                f"ror-{slug}-established",
                text,
                slug,
                next(m[0] for m in _YEAR.finditer(text) if m[1] == str(year)),
                "CreationClaim",
                [
                    ("hasSubject", node),
                    ("role", PREFIXES["bri-role"] + "founder"),
                    ("hasTime", f"{PREFIXES['bri-time']}{year:04}"),
                    ("leavesOpen", PREFIXES["bri-gap"] + "agent"),
                ],
            )
        if "nonprofit" in record["types"]:
            yield self._claim(
                f"ror-{slug}-non-profit",
                text,
                slug,
                '"nonprofit"',
                "ClassificationClaim",
                [
                    ("hasSubject", node),
                    ("kind", PREFIXES["bri-kind"] + "non-profit-organization"),
                ],
            )
        told = set()
        for relation in record["relationships"]:
            other = relation["id"]
            if relation["type"] not in ("parent", "child") or other not in self._present:
                self.counts["relations left out"] += 1
                continue
            part, whole = (node, self._organization(other))
            if relation["type"] == "child":
                part, whole = whole, part
            name = f"ror-{slug}-{relation['type']}-{other.removeprefix(_ROR)}"
            if name in told or part == whole:
                continue
            told.add(name)
            span = next(
                m[0] for m in _OBJECT.finditer(text) if other in m[0] and relation["type"] in m[0]
            )
            yield self._claim(
                name,
                text,
                slug,
                span,
                "StructureClaim",
                [
                    ("hasSubject", part),
                    ("hasObject", whole),
                    ("role", PREFIXES["bri-role"] + "subordinate"),
                ],
            )

    def _claim(
        self, name: str, text: str, slug: str, span: str, cls: str, parts: list[tuple[str, str]]
    ) -> list[ox.Quad]:
        self.counts["claims"] += 1
        claim = PREFIXES["bri-claim"] + name
        begin = text.index(span)
        passage = passage_iri(f"ror-{slug}", begin, begin + len(span))
        return [
            _quad(claim, _TYPE, BRI + cls),
            *(_quad(claim, BRI + part, value) for part, value in parts),
            _quad(claim, BRI + "factuality", PREFIXES["bri-factuality"] + "achieved"),
            _quad(claim, BRI + "rank", PREFIXES["bri-rank"] + "normal"),
            _quad(claim, BRI + "evidence", passage),
            _quad(passage, BRI + "sha256", ox.Literal(hashlib.sha256(span.encode()).hexdigest())),
        ]

    def _organization(self, ror: str) -> str:
        return self._ours.get(ror) or f"{PREFIXES['bri-org']}ror-{ror.removeprefix(_ROR)}"


def read_countries(path: Path) -> dict[str, Country]:
    """Read a table with the columns alpha2, alpha3, name_en and name_zh, separated by tabs."""
    with path.open(encoding="utf-8", newline="") as file:
        return {
            row["alpha2"]: Country(row["alpha3"], row["name_en"], row["name_zh"])
            for row in csv.DictReader(file, delimiter="\t")
        }


def _known_nodes() -> Iterator[tuple[str, str]]:
    """Our nodes by the identifiers that ROR gives too: ROR, GeoNames, ISO 3166-1 codes."""
    for path in resources.find().data_files():
        for quad in read_rdf(path):
            assert isinstance(quad.subject, ox.NamedNode)
            if quad.predicate.value == PREFIXES["skos"] + "exactMatch":
                if isinstance(quad.object, ox.NamedNode) and quad.object.value.startswith(
                    (_ROR, _GEONAMES)
                ):
                    yield quad.object.value, quad.subject.value
            elif quad.predicate.value == BRI + "isoAlpha2" and isinstance(quad.object, ox.Literal):
                yield quad.object.value, quad.subject.value


def _names(names: Iterable[Record]) -> tuple[str, str | None, list[tuple[str, str | None]]]:
    """The English name (else the displayed one), the Chinese one if there is one, and all others."""
    names = list(names)
    displayed = next(n["value"] for n in names if "ror_display" in n["types"])
    labels = [n for n in names if "label" in n["types"]]
    english = next((n["value"] for n in labels if n["lang"] == "en"), displayed)
    chinese = next((n["value"] for n in labels if n["lang"] == "zh"), None)
    taken = {english, chinese}
    others = sorted({(n["value"], n["lang"]) for n in names if n["value"] not in taken}, key=str)
    return english, chinese, others


def _source(slug: str, text: str, record: Record) -> list[ox.Quad]:
    source = source_iri(f"ror-{slug}")
    english, chinese, _ = _names(record["names"])
    return [
        _quad(source, _TYPE, BRI + "Source"),
        *_labels(source, f"ROR record of {english}", f"ROR 记录：{chinese or english}"),
        _quad(source, BRI + "fileName", ox.Literal(f"{slug}.json")),
        _quad(source, BRI + "characterCount", ox.Literal(len(text))),
        _quad(source, BRI + "sha256", ox.Literal(hashlib.sha256(text.encode()).hexdigest())),
    ]


def _labels(node: str, english: str, chinese: str) -> list[ox.Quad]:
    label = PREFIXES["skos"] + "prefLabel"
    return [
        _quad(node, label, _literal(english, "en")),
        _quad(node, label, _literal(chinese, "zh")),
    ]


def _literal(text: str, language: str | None) -> ox.Literal:
    return ox.Literal(text, language=language) if language else ox.Literal(text)


def _quad(subject: str, predicate: str, value: str | ox.Literal) -> ox.Quad:
    term = ox.NamedNode(value) if isinstance(value, str) else value
    return ox.Quad(ox.NamedNode(subject), ox.NamedNode(predicate), term)


def _import(records: Path, output: Path, table: Path | None) -> tuple[int, Counter[str]]:
    present = {record["id"] for record, _ in read_records(records)}
    if not present:
        raise InputError(
            code="BRI214",
            message=f"{str(records)!r} holds no active record of schema 2",
            fix="give records of schema 2, as the registry publishes them",
        )
    importer = Importer(present, read_countries(table) if table else {})
    written = 0
    with output.open("w", encoding="utf-8", newline="\n") as out:
        for record, text in read_records(records):
            for quad in importer.quads(record, text):
                out.write(f"{quad} .\n")
                written += 1
    return written, importer.counts


def main(arguments: list[str] | None = None) -> int:
    """Import the records; see the top of this file."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("records", type=Path, help="a folder of records, a .zip, or a .json dump")
    parser.add_argument("-o", "--output", type=Path, required=True, help="an .nt file")
    parser.add_argument(
        "--countries", type=Path, help="codes and names: alpha2, alpha3, name_en, name_zh, by tabs"
    )
    args = parser.parse_args(arguments)
    try:
        written, counts = _import(args.records, args.output, args.countries)
    except BriKgError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    for what, count in counts.items():
        print(f"{count:>9,} {what}", file=sys.stderr)
    print(f"{written:>9,} triples", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
