"""From the triples of a file of claims back to the rows that give them: the way back from `making`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from bri_kg.names import PREFIXES, shorten, split_passage
from bri_kg.texts.workbook.cell_texts import amount_text, passage_text, time_text
from bri_kg.texts.workbook.cell_values import several
from bri_kg.texts.workbook.fields import Field, Form, Sheet
from bri_kg.texts.workbook.filled_rows import Entry, Workbook
from bri_kg.texts.workbook.known import Known
from bri_kg.texts.workbook.making import named_in, words_of_claim
from bri_kg.texts.workbook.quoting import Text
from bri_kg.texts.workbook.sheet_layout import KIND, NAME, first_row
from bri_kg.texts.workbook.short_names import ShortNames

_TYPE: Final = PREFIXES["rdf"] + "type"
_SKOS: Final = PREFIXES["skos"]
_NORMAL: Final = ox.NamedNode(PREFIXES["bri-rank"] + "normal")
Value = ox.NamedNode | ox.Literal
Said = Mapping[str, list[Value]]
Rows = dict[str, list[dict[str, str]]]


def remake(
    quads: Iterable[ox.Quad], sheets: Mapping[str, Sheet], known: Known, text: Text, lang: str
) -> Rows:
    """Return the rows of each sheet that say what the triples say, claims in the order of the text.

    `known` gains what the triples describe.
    """
    return _Remaking(quads, sheets, known, text, lang).rows()


def as_workbook(rows: Rows, sheets: Mapping[str, Sheet], path: Path) -> Workbook:
    """Return rows as they would be read from a file."""
    entries = {
        key: tuple(
            Entry(sheet, number, row, {name: place for place, name in enumerate(row, 1)})
            for number, row in enumerate(rows.get(key, []), first_row(sheet))
        )
        for key, sheet in sheets.items()
    }
    return Workbook(path, entries, ())


class _Remaking:
    def __init__(
        self,
        quads: Iterable[ox.Quad],
        sheets: Mapping[str, Sheet],
        known: Known,
        text: Text,
        lang: str,
    ) -> None:
        self.sheets, self.known, self.text, self.lang = sheets, known, text, lang
        self.said: dict[str, dict[str, list[Value]]] = defaultdict(lambda: defaultdict(list))
        for quad in quads:
            if isinstance(quad.subject, ox.NamedNode) and not isinstance(
                quad.object, ox.BlankNode | ox.Triple
            ):
                self.said[quad.subject.value][quad.predicate.value].append(quad.object)
        self.of_sheet = self._placed()
        self.short = {
            iri: self._short_name(key, iri)
            for key, subjects in self.of_sheet.items()
            for iri in subjects
        }
        self._by_short = {self.short[iri]: iri for iri in self.of_sheet["claims"]}

    def rows(self) -> Rows:
        for iri in (*self.of_sheet["concepts"], *self.of_sheet["things"]):
            self._know(iri)
        return {key: list(self._rows(key)) for key in self.sheets}

    def _placed(self) -> dict[str, list[str]]:
        """Return the subjects of each sheet, by the class that they are of."""
        classes = {kind.iri: key for key, sheet in self.sheets.items() for kind in sheet.kinds}
        found: dict[str, list[str]] = {key: [] for key in self.sheets}
        for iri in sorted(self.said):
            keys = {classes[cls] for cls in self._nodes(iri, _TYPE) if cls in classes}
            if len(keys) == 1:
                found[keys.pop()].append(iri)
        found["claims"].sort(key=self._place)
        return found

    def _place(self, iri: str) -> tuple[int, int, str]:
        spans = [split_passage(node) for node in self._evidence(iri)]
        starts = [span[1:] for span in spans if span]
        return (*min(starts, default=(len(self.text.words or ""), 0)), iri)

    def _evidence(self, iri: str) -> list[str]:
        columns = (f for f in self.sheets["claims"].fields if f.key == "evidence")
        return [node for column in columns for node in self._nodes(iri, column.property)]

    def _short_name(self, key: str, iri: str) -> str:
        local = iri.rpartition("/")[2]
        named_for_source = key in ("claims", "comparisons")
        name = self.text.slug.rpartition(":")[2]
        return local.removeprefix(f"{name}-") if named_for_source else local

    def _know(self, iri: str) -> None:
        labels = {
            str(value.language): value.value
            for value in self.said[iri][_SKOS + "prefLabel"]
            if isinstance(value, ox.Literal)
        }
        others = [value.value for value in self.said[iri][_SKOS + "altLabel"]]
        schemes = self._nodes(iri, _SKOS + "inScheme")
        cls = self._class(iri)
        names = [*labels.values(), *others]
        self.known.add(iri, cls, names, schemes[0] if schemes else None, labels)

    def _class(self, iri: str) -> str:
        kinds = {kind.iri for sheet in self.sheets.values() for kind in sheet.kinds}
        return next(cls for cls in self._nodes(iri, _TYPE) if cls in kinds)

    def _rows(self, key: str) -> Iterator[dict[str, str]]:
        names, sheet = ShortNames(key), self.sheets[key]
        for number, iri in enumerate(self.of_sheet[key], first_row(sheet)):
            cls = self._class(iri)
            row = {field.key: self._cell(field, iri, cls) for field in sheet.fields}
            words = row.get("prefLabel@en") or row.get("prefLabel@zh") or ""
            if key == "claims":
                words = words_of_claim(cls, row.get("hasSubject", ""), self.known)
            made, short = names.made_of(words, number), self.short[iri]
            names.take(short)
            row[NAME] = "" if made == short else short
            if len(sheet.kinds) > 1:
                at = int(self.lang == "zh")
                row[KIND] = next(kind.label[at] for kind in sheet.kinds if kind.iri == cls)
            yield {name: text for name, text in row.items() if text}

    def _cell(self, field: Field, iri: str, cls: str) -> str:
        values = [value for value in self.said[iri][field.property] if _fits(value, field)]
        if field.key == "rank" and values == [_NORMAL]:
            return ""
        between = " || " if field.form is Form.WORDS else "; "
        return between.join(sorted(self._text(field, value, cls) for value in values))

    def _text(self, field: Field, value: Value, cls: str) -> str:
        if isinstance(value, ox.Literal):
            return self._answer(value.value) if field.form is Form.YES else value.value
        match field.form:
            case Form.WORDS:
                return self._passage(value.value)
            case Form.LINK:
                return value.value.removeprefix(PREFIXES["wd"])
            case Form.TIME:
                return time_text(value.value, self.known, self.lang)
            case Form.AMOUNT:
                return amount_text(value.value, self.known, self.lang)
        return self._name(field, value.value, cls)

    def _answer(self, value: str) -> str:
        return {"en": ("no", "yes"), "zh": ("否", "是")}[self.lang][value in ("true", "1")]

    def _passage(self, iri: str) -> str:
        span = split_passage(iri)
        if span is None or span[0] != self.text.slug or self.text.words is None:
            return iri
        return passage_text(self.text.words, *span[1:])

    def _name(self, field: Field, iri: str, cls: str) -> str:
        """Return by what name a column means a node: its label, where that means nothing else."""
        if field.form is Form.CLAIM and self._by_short.get(self.short.get(iri, "")) == iri:
            return self.short[iri]
        among = named_in(field, cls, self.known)
        for name in (self.known.label(iri, self.lang), shorten(iri)):
            found = self.known.find(name, among)
            if field.form is not Form.THING:
                found &= among
            if found == {iri} and several(name) == [name]:
                return name
        return iri

    def _nodes(self, iri: str, name: str) -> list[str]:
        values = self.said[iri][name] if iri in self.said else []
        return [value.value for value in values if isinstance(value, ox.NamedNode)]


def _fits(value: Value, field: Field) -> bool:
    """Return whether a value belongs into a column: of a text, that of its language."""
    if field.lang is None:
        return True
    return isinstance(value, ox.Literal) and value.language == field.lang
