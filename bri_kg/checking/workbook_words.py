"""What a finding says in the words of a workbook: its rows, columns and concepts, and how it is mended."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import pyoxigraph as ox

from bri_kg.checking.workbook_desk import Desk
from bri_kg.findings import Finding
from bri_kg.names import BRI, PREFIXES, expand, shorten
from bri_kg.texts.workbook.fields import Sheet
from bri_kg.texts.workbook.filled_rows import Entry
from bri_kg.texts.workbook.making import Made

_PREFIXED: Final = re.compile(r"(?<![\w:/<])(?:bri|skos|dcterms)(?:-[a-z-]+)?:[A-Za-z][\w-]*")
_VALUES: Final = re.compile(r"bri-(?:quantity|time):([a-z0-9][\w-]*)")
_OF_FILES: Final = re.compile(r"ontology/|vocab/|\.ttl|\.rq|`bri-kg|#char|\bIRI\b|…")
_HAN: Final = re.compile("[\u3400-\u9fff]")
_TYPE: Final = PREFIXES["rdf"] + "type"
_BROADER: Final = PREFIXES["skos"] + "broader"
_UNCOMPARED: Final = "uncompared-"  # how checks begin that a comparison answers
_PARTS: Final = """SELECT DISTINCT ?part WHERE {
  VALUES ?property { bri:hasQuantity bri:hasTime bri:hasAgent bri:hasObject bri:name }
  ?claim ?property ?part
}"""
_SOURCES: Final = "SELECT ?passage WHERE { ?claim bri:evidence ?passage }"
_CLASSES_OF_ROLE: Final = (
    "SELECT DISTINCT ?class WHERE { ?role skos:broader*/bri:claimClass ?class }"
)
_ROLES_OF_CLASS: Final = """SELECT DISTINCT ?role ?fact WHERE {
  ?role skos:broader*/bri:claimClass ?class
  OPTIONAL { ?role bri:factProperty ?fact }
  FILTER NOT EXISTS { ?role owl:deprecated true }
}"""


def in_words(text: str, made: Made, desk: Desk, lang: str) -> str:
    """Return a text in which rows, columns and concepts are called as the workbook calls them."""
    at = int(lang == "zh")

    def named(match: re.Match[str]) -> str:
        iri = expand(match[0]) or match[0]
        if iri in made.rows:
            return _row_called(made.rows[iri], at)
        for sheet in desk.sheets.values():
            for column in sheet.fields:
                if column.property == iri:
                    return f"“{column.title[at]}”"
        label = desk.known.label(iri, lang)
        return f"“{label}”" if label != match[0] else match[0]

    for iri, entry in made.rows.items():
        short = shorten(iri)
        if short in text:
            # A name may begin as another does: those of rows without one differ by a number at the end.
            whole = rf"(?<![\w:/<-]){re.escape(short)}(?![\w-])"
            called = _row_called(entry, at)
            text = re.sub(whole, lambda _, called=called: called, text)  # type: ignore[misc]
    return _PREFIXED.sub(named, _plain_values(text))


def mend(fix: str | None, entry: Entry | None, key: str, desk: Desk, lang: str) -> str | None:
    """Return how a finding is mended in a workbook; what speaks of files is said of the column instead."""
    at = int(lang == "zh")
    if fix and bool(_HAN.search(fix)) == bool(at) and not _OF_FILES.search(fix):
        return in_words(fix, Made(), desk, lang)
    column = entry.sheet.field(key) if entry else None
    if column is None:
        return "mend the row; the sheet “guide” says what each class of claims needs"
    return f"fill in or mend the column “{column.title[at]}”; its help says how"


def rows_called(sheet: Sheet, numbers: Sequence[int], lang: str) -> str:
    """Return a sentence that points at two rows of a sheet."""
    first, second = numbers
    if lang == "zh":
        return f"见工作表“{sheet.title[1]}”第 {first} 行与第 {second} 行。"
    return f" See rows {first} and {second} of the sheet “{sheet.title[0]}”."


def said_besides(finding: Finding, made: Made, desk: Desk, lang: str) -> tuple[str, str | None]:
    """Return what is added to the message, such as the other claim, and the mend in place of that of the check."""
    if finding.code == "role-of-other-class":
        return _role_of_other_class(finding, made, desk, lang)
    if finding.code == "role-without-class":
        return _role_without_class(desk, lang)
    if finding.code == "role-without-fact":
        return "", _role_without_fact(finding, made, desk, lang)
    if _is_claim(finding.focus, made, desk) and _is_claim(finding.value, made, desk):
        return _of_two_claims(finding, made, desk, lang)
    return "", None


def _row_called(entry: Entry, at: int) -> str:
    title = entry.sheet.title[at]
    return (f"row {entry.row} of the sheet “{title}”", f"工作表“{title}”第 {entry.row} 行")[at]


def _plain_values(text: str) -> str:
    return _VALUES.sub(lambda match: match[1].replace("-", " "), text)


def _is_claim(iri: str | None, made: Made, desk: Desk) -> bool:
    if iri in made.rows:
        return made.rows[str(iri)].sheet.key == "claims"
    return iri is not None and BRI + "Claim" in desk.known.classes_of(iri)


def _of_two_claims(finding: Finding, made: Made, desk: Desk, lang: str) -> tuple[str, str | None]:
    at = int(lang == "zh")
    pair = [str(finding.focus), str(finding.value)]
    others = [iri for iri in pair if iri not in made.rows]
    more = "".join(_other_claim(iri, desk, lang) for iri in others) if len(others) == 1 else ""
    if not finding.code.startswith(_UNCOMPARED):
        return more, None
    sheet = desk.sheets["comparisons"]
    column = sheet.field("compares")
    title, names = column.title[at] if column else "", "; ".join(map(shorten, pair))
    return more, (
        f"enter both in a row of the sheet “{sheet.title[0]}”, with {names} in the column "
        f"“{title}”, or mend the row that is wrong",
        f"在工作表“{sheet.title[1]}”中填一行，于“{title}”一栏填 {names}，或改正有误的行",
    )[at]


def _other_claim(iri: str, desk: Desk, lang: str) -> str:
    """Return a sentence with the name of a claim of another source, as a cell takes it, its source and its values."""
    node = {"claim": ox.NamedNode(iri)}
    values = [
        _plain_values(desk.known.label(str(row.value("part")), lang))
        for row in desk.store.select(_PARTS, node)
    ]
    sources = {
        str(row.value("passage")).partition("#")[0] for row in desk.store.select(_SOURCES, node)
    }
    called = [f"“{desk.known.label(source, lang)}”" for source in sorted(sources)]
    if lang == "zh":
        return f"另一主张为 {shorten(iri)}（{'，'.join([*called, *values])}）。"
    return f" The other claim is {shorten(iri)} ({', '.join([*called, *values])})."


def _role_of_other_class(
    finding: Finding, made: Made, desk: Desk, lang: str
) -> tuple[str, str | None]:
    role, kinds = str(finding.value), desk.sheets["claims"].kinds
    at = int(lang == "zh")
    labels = {kind.iri: f"“{kind.label[at]}”" for kind in kinds}
    own = next(_classes_of_row(finding, made), "")
    found = _classes_of_role(role, made, desk)
    wanted = _listed((labels[cls] for cls in found if cls in labels), lang)
    roles = _roles(own, desk, lang)
    called = desk.known.label(role, lang)
    if at:
        choose = f"，或改用{labels.get(own, '')}的角色：{roles}" if roles else ""
        return f"“{called}”属于{wanted}。", f"将该行改写为{wanted}{choose}"
    choose = f", or take one of the roles of {labels.get(own, '')}: {roles}" if roles else ""
    return f" “{called}” belongs to {wanted}.", f"write the row in the class {wanted}{choose}"


def _role_without_class(desk: Desk, lang: str) -> tuple[str, str]:
    at = int(lang == "zh")
    column = desk.sheets["concepts"].field("broader")
    title = column.title[at] if column else ""
    if at:
        return (
            "新角色须有上位角色。",
            f"在“{title}”一栏填写此角色所属的已有角色，其所用之主张类随之而定",
        )
    return (
        " A new role needs a wider one.",
        f"name a known role, of which this one is a kind, in the column “{title}”: it says in which claims it is used",
    )


def _role_without_fact(finding: Finding, made: Made, desk: Desk, lang: str) -> str:
    roles = _roles(next(_classes_of_row(finding, made), ""), desk, lang, with_fact=True)
    if lang == "zh":
        return f"改用以下角色之一：{roles}；新概念中添加的角色不能陈述事实，无栏可填"
    return (
        f"use one of these roles: {roles}; a role added as a new concept can state no fact, "
        "and no column makes it do so"
    )


def _roles(cls: str, desk: Desk, lang: str, *, with_fact: bool = False) -> str:
    rows = desk.store.select(_ROLES_OF_CLASS, {"class": ox.NamedNode(cls)}) if cls else ()
    roles = {str(row.value("role")) for row in rows if row["fact"] is not None or not with_fact}
    return _listed((f"“{label}”" for label in desk.known.labels_of(roles, lang)), lang)


def _classes_of_role(role: str, made: Made, desk: Desk) -> list[str]:
    """Return the classes that a role belongs to, of a new one those of what it is narrower than."""
    seen: set[str] = set()
    while role in made.rows and role not in seen:
        seen.add(role)
        role = next(_objects(made, role, _BROADER), role)
    rows = desk.store.select(_CLASSES_OF_ROLE, {"role": ox.NamedNode(role)})
    return [str(row.value("class")) for row in rows]


def _classes_of_row(finding: Finding, made: Made) -> Iterator[str]:
    return _objects(made, str(finding.focus), _TYPE)


def _objects(made: Made, subject: str, predicate: str) -> Iterator[str]:
    for quad in made.triples.get(subject, ()):
        if quad.predicate.value == predicate and isinstance(quad.object, ox.NamedNode):
            yield quad.object.value


def _listed(texts: Iterable[str], lang: str) -> str:
    return ("、" if lang == "zh" else ", ").join(dict.fromkeys(texts))
