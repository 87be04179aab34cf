"""For every constraint of the shapes a row that breaks it, and the sentence that is seen, in both languages.

The constraints are read from the shapes: a new one needs a line in `workbook_rows/constraints.txt`, or is among
those that no row can break, each for a reason. The sentences stand in `workbook_rows/sentences.csv`; to store
them anew: `python tests/test_workbook_constraints.py`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from conftest import ROOT
from workbook_bench import (
    COST,
    COUNTS,
    FOUNDED,
    FUNDED,
    RIGHT,
    Bench,
    Row,
    Rows,
    bench,
    claim,
    thing,
)

from bri_kg.checking.workbook_checks import Checked
from bri_kg.checking.workbook_desk import desk_of
from bri_kg.cli.messages.speaking import in_language
from bri_kg.dataset.resources import find
from bri_kg.names import PREFIXES, shorten
from bri_kg.rdf.parsing import read_rdf
from bri_kg.stores.memory import Store
from bri_kg.texts.workbook.fields import Field, Form

FOLDER = ROOT / "tests" / "workbook_rows"
SENTENCES = FOLDER / "sentences.csv"
HAN = re.compile(r"[\u4e00-\u9fff]")
CONSTRAINTS = """SELECT DISTINCT ?top ?shape ?component ?path ?value WHERE {
  ?top sh:targetClass|sh:targetSubjectsOf ?target .
  ?top sh:property? ?shape .
  ?shape ?component ?value .
  FILTER (?component IN (sh:minCount, sh:maxCount, sh:class, sh:nodeKind, sh:datatype, sh:pattern, sh:languageIn,
    sh:uniqueLang, sh:hasValue, sh:or, sh:and, sh:not, sh:xone, sh:in, sh:node, sh:minInclusive, sh:maxInclusive,
    sh:minExclusive, sh:maxExclusive, sh:minLength, sh:maxLength, sh:lessThan, sh:lessThanOrEquals, sh:equals,
    sh:disjoint, sh:closed, sh:sparql, sh:qualifiedValueShape, sh:qualifiedMinCount, sh:qualifiedMaxCount))
  OPTIONAL { ?shape sh:path ?path . FILTER (isIRI(?path)) }
} ORDER BY ?shape ?component"""
TARGETS = "SELECT ?top ?target WHERE { ?top sh:targetClass|sh:targetSubjectsOf ?target }"
# What no row can break, since it does not come from a cell.
GIVEN = {
    "bris:Actor-source minCount": "the import says of which source a new thing is",
    "bris:Actor-source nodeKind": "the same",
    "bris:Place-source minCount": "the same",
    "bris:Place-source nodeKind": "the same",
    "bris:Undertaking-source minCount": "the same",
    "bris:Undertaking-source nodeKind": "the same",
    "bris:Claim-rank minCount": "a claim without a rank is given the normal one",
    "bris:Claim-period class": "the property is retired, and has no column",
    "bris:Claim-period maxCount": "the same",
}
BASES: dict[str, Row] = {
    **{row["class"].removesuffix(" claim"): row for row in RIGHT["claims"]},
    "creation": RIGHT["claims"][0],
    "quantity": claim(
        "quantity", COST, hasSubject="Marsh Survey", countedKind="money", unit="renminbi",
        hasQuantity="70000000", leavesOpen="time",
    ),
    "theme": claim("theme", COUNTS, hasSubject="Marsh Survey", theme="biodiversity"),
    "classification": claim("classification", FUNDED, hasSubject="Marsh Survey", kind="project"),
    "cooperation": claim("cooperation", FOUNDED, hasParty="Heron Academy; Plover Institute", kind="joint action"),
    "document": claim("document", FUNDED, hasSubject="Marsh Survey", hasAgent="Heron Academy", role="author"),
    "identity": claim(
        "identity", FUNDED, hasSubject="Marsh Survey", hasObject="Heron Academy", kind="same thing",
        reason_en="So it seems.", reason_zh="似乎如此。",
    ),
    "location": claim("location", FUNDED, hasSubject="Wader Laboratory", hasPlace="bri-place:china", role="location"),
    "organization": thing("organization", "Stilt Trust", "长脚鹬信托"),
    "project": thing("project", "Count of Stilts", "长脚鹬统计"),
    "city": thing("city", "Port Curlew", "杓鹬港"),
    "country": thing("country", "Waderland", "涉禽国", isoAlpha2="WL", isoAlpha3="WLD"),
}  # fmt: skip
OTHERS: dict[str, Row] = {
    "comparisons": RIGHT["comparisons"][0],
    "concepts": RIGHT["concepts"][0],
}


@dataclass(frozen=True)
class Broken:
    """A row that breaks a constraint, and the code of what is found."""

    constraint: str
    sheet: str
    row: Row
    change: str
    code: str


@cache
def broken() -> tuple[Broken, ...]:
    lines = (FOLDER / "constraints.txt").read_text(encoding="utf-8").splitlines()
    return tuple(_broken(line) for line in lines if line and not line.startswith("#"))


def _broken(line: str) -> Broken:
    constraint, sheet, base, change, code = (part.strip() for part in line.split("|"))
    key, _, text = change.partition("=")
    row = dict(OTHERS[sheet] if sheet in OTHERS else BASES[base])
    row.pop("id", None)
    return Broken(constraint, sheet, {**row, key: text}, change, code or constraint.split()[0])


def rows() -> tuple[Rows, dict[tuple[str, int], Broken]]:
    """Return a workbook in which every row below the right ones breaks a constraint, by sheet and row."""
    sheets = {key: list(own) for key, own in RIGHT.items()}
    placed = {}
    for number, one in enumerate(broken(), 1):
        row = dict(one.row)
        # No two things or concepts have one name.
        for key, mark in (("prefLabel@en", f" {number}"), ("prefLabel@zh", f"之{number}")):
            if row.get(key) and one.sheet != "claims":
                row[key] += mark
        row["id"] = f"broken-{number}"
        sheets[one.sheet].append(row)
        placed[one.sheet, len(sheets[one.sheet]) + 1] = one
    return sheets, placed


@cache
def constraints() -> dict[str, tuple[str, str, str]]:
    """Return each constraint with what it is about: the shape with the target, the path and the value."""
    store = Store([quad for path in find().shape_files() for quad in read_rdf(path)])
    prologue = f"PREFIX sh: <{PREFIXES['sh']}> "
    return {
        f"{shorten(str(row.value('shape')))} {str(row.value('component')).rpartition('#')[2]}": (
            str(row.value("top")),
            str(row.value("path") or ""),
            str(row.value("value")),
        )
        for row in store.select(prologue + CONSTRAINTS)
    }


@cache
def columns() -> tuple[dict[str, list[Field]], frozenset[str]]:
    """Return the columns of every sheet by property, and the shapes that hold of what a row describes."""
    desk = desk_of(find())
    fields: dict[str, list[Field]] = {}
    classes: set[str] = set()
    for sheet in desk.sheets.values():
        for field in sheet.fields:
            fields.setdefault(field.property, []).append(field)
        for kind in sheet.kinds:
            classes |= {kind.iri, *desk.known.ancestors(kind.iri)}
    store = Store([quad for path in find().shape_files() for quad in read_rdf(path)])
    held = {
        str(row.value("top"))
        for row in store.select(f"PREFIX sh: <{PREFIXES['sh']}> {TARGETS}")
        if str(row.value("target")) in classes or str(row.value("target")) in fields
    }
    return fields, frozenset(held)


def why_not(constraint: str) -> str | None:
    """Return why no row of a workbook can break a constraint; None where one can."""
    top, path, value = constraints()[constraint]
    fields, held = columns()
    if constraint in GIVEN:
        return GIVEN[constraint]
    if top not in held:
        return "no row describes what it is about"
    component = constraint.split()[1]
    own = fields.get(path, [])
    is_text = all(field.form is Form.TEXT for field in own)
    if component in ("uniqueLang", "languageIn") and own:
        return "each language has one column, and no other has any"
    if component == "nodeKind" and own and is_text == value.endswith("Literal"):
        return "its column gives nothing else"
    if (
        component == "maxCount"
        and own
        and all(field.form in (Form.TIME, Form.AMOUNT, Form.YES, Form.TEXT) for field in own)
    ):
        return "its column holds one"
    if component == "datatype" and is_text and value.endswith("#string"):
        return "any text of a cell is one"
    return None


def test_every_constraint_has_a_row_that_breaks_it_or_a_reason() -> None:
    lines = [one.constraint for one in broken()]
    assert len(set(lines)) == len(lines) and set(lines) <= set(constraints())
    wanted = {constraint for constraint in constraints() if why_not(constraint) is None}
    assert wanted - set(lines) == set(), "these need a line in constraints.txt"
    assert set(lines) - wanted == set(), "no row can break these"
    assert set(GIVEN) <= set(constraints())


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return bench(tmp_path_factory.mktemp("constraints"))


def found(made: Bench, lang: str) -> Iterator[tuple[Broken, str, str]]:
    """Yield what is said of each broken row under the code that is expected, and how to mend it."""
    sheets, placed = rows()
    checked = made.check(sheets, lang)
    at = _by_row(checked, made, lang)
    for place, one in placed.items():
        told = [(message, fix) for code, message, fix in at.get(place, []) if code == one.code]
        assert told, (one.constraint, one.row, at.get(place))
        yield one, *told[0]


def _by_row(
    checked: Checked, made: Bench, lang: str
) -> Mapping[tuple[str, int], list[tuple[str, str, str]]]:
    titles = {s.title[lang == "zh"]: key for key, s in made.sheets.items()}
    by_row: dict[tuple[str, int], list[tuple[str, str, str]]] = {}
    for told in checked.problems:
        for cell in told.cells:
            row = int(re.sub(r"\D", "", cell))
            finding = told.finding
            said = (in_language(text or "", lang) for text in (finding.message, finding.fix))
            by_row.setdefault((titles[told.sheet], row), []).append((finding.code, *said))
    return by_row


def stored() -> dict[str, list[str]]:
    with SENTENCES.open(encoding="utf-8", newline="") as file:
        return {row[0]: row[1:] for row in list(csv.reader(file))[1:]}


@pytest.mark.parametrize("lang", ["en", pytest.param("zh", marks=pytest.mark.slow)])
def test_a_row_that_breaks_it_is_refused_in_these_words(made: Bench, lang: str) -> None:
    kept = stored()
    for one, message, fix in found(made, lang):
        at = 2 + 2 * (lang == "zh")
        assert [message, fix] == kept[one.constraint][at : at + 2], one.constraint
        assert bool(HAN.search(message)) == bool(HAN.search(fix)) == (lang == "zh"), one.constraint
        # What the names in brackets are for: to write one of them into the cell.
        is_choice = one.code == "BRI931"
        assert is_choice or not re.search(r"\bbris?(-[a-z]+)?:", message + fix), message


def main() -> None:
    """Store the sentences."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        made = bench(Path(folder))
        english, chinese = (list(found(made, lang)) for lang in ("en", "zh"))
    with SENTENCES.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(("constraint", "sheet", "cell", "English", "fix", "Chinese", "fix"))
        for (one, *en), (_, *zh) in zip(english, chinese, strict=True):
            out.writerow((one.constraint, one.sheet, one.change, *en, *zh))


if __name__ == "__main__":
    main()
