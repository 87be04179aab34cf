"""What people get wrong in the cells of a workbook: each has its sentence, in both languages."""

from __future__ import annotations

from collections import defaultdict
from copy import copy
from functools import lru_cache
from pathlib import Path

import pytest
from running import Cli
from workbooks import MEMORANDUM, TEXT, collection

from bri_kg.checking.workbook_desk import Desk, desk_of
from bri_kg.cli.messages.speaking import in_language
from bri_kg.dataset.resources import Resources, find
from bri_kg.texts.workbook.filled_rows import CellFinding, Entry, Workbook, read_workbook
from bri_kg.texts.workbook.known import Known
from bri_kg.texts.workbook.making import Made, make
from bri_kg.texts.workbook.quoting import Text

WORDS = "The program belongs to the ANSO Scholarship for Young Talents"
FUNDS = "Each year it will fund"
HELPS = "Each year it will help 40 PhD students"
NOT_FUNDS = "Each year it will not fund 40 PhD students"
LONG = "A memorandum ... both universities are affiliated to CAS"
CLAIM = {
    "class": "structure claim",
    "evidence": WORDS,
    "factuality": "achieved",
    "hasSubject": "ANSO",
    "role": "part",
    "hasObject": "UNESCO",
}
THING = {"class": "organization", "prefLabel@en": "Lake Body", "prefLabel@zh": "湖泊机构"}
CONCEPT = {
    "inScheme": "Themes",
    "prefLabel@en": "lakes",
    "prefLabel@zh": "湖泊",
    "definition@en": "Lakes.",
    "definition@zh": "湖泊。",
}
Row = dict[str, str]

# sheet, cells that differ from a row that is right, code, English, Chinese
CELLS: list[tuple[str, Row, str, str, str]] = [
    ("claims", {"class": ""}, "BRI930", "does not say of what class", "未说明所属类别"),
    ("claims", {"class": "structur"}, "BRI930", "“structur” is no class", "不是可用的类别"),
    ("claims", {"hasSubject": "ANSOO Alliance"}, "BRI931", "nothing that is known is called", "没有名为"),
    ("claims", {"role": "partt"}, "BRI931", "is no concept of the list", "不是该列词表中的概念"),
    ("claims", {"factuality": "sure"}, "BRI931", "is no concept of the list", "不是该列词表中的概念"),
    ("claims", {"theme": "founder"}, "BRI931", "is no concept of the list", "不是该列词表中的概念"),
    ("claims", {"class": "cooperation claim", "kind": "title"}, "BRI931", "but in: name claim", "它用于：名称主张"),
    ("claims", {"outranks": "first"}, "BRI931", "no claim is called “first”", "没有名为“first”的主张"),
    ("claims", {"hasTime": "25 April 2019"}, "BRI934", "is no time", "不是图谱能理解的时间"),
    ("claims", {"hasTime": "2019-02-30"}, "BRI934", "is no time", "不是图谱能理解的时间"),
    ("claims", {"hasTime": "2019/2018"}, "BRI934", "is no time", "不是图谱能理解的时间"),
    ("claims", {"hasTime": "spring"}, "BRI934", "is no time", "不是图谱能理解的时间"),
    ("claims", {"hasQuantity": "80 members"}, "BRI933", "is no amount", "不是图谱能理解的数量"),
    ("claims", {"hasQuantity": "between 9 and 5"}, "BRI933", "is no amount", "不是图谱能理解的数量"),
    ("claims", {"hasQuantity": "-3"}, "BRI933", "is no amount", "不是图谱能理解的数量"),
    ("claims", {"openList": "perhaps"}, "BRI935", "neither yes nor no", "既不是“是”也不是“否”"),
    ("claims", {"evidence": f"{FUNDS} 44 PhD students"}, "BRI936", "a number differs: you wrote “44”", "数字不同"),
    ("claims", {"evidence": NOT_FUNDS}, "BRI936", "a negation differs", "否定词不同"),
    ("claims", {"evidence": WORDS.replace("Young", "Old")}, "BRI936", "a name differs: you wrote “Old”", "名称不同"),
    ("claims", {"evidence": HELPS}, "BRI936", "words differ: you wrote “help”", "文字不同"),
    ("claims", {"evidence": "Nothing of the kind was ever printed here"}, "BRI937", "NOT FOUND", "未找到"),
    ("claims", {"evidence": "students"}, "BRI938", "places of the text", "次"),
    ("claims", {"evidence": LONG}, "BRI940", "characters, and at most", "个字符"),
    ("claims", {"hasContext": "Nothing of the kind was ever printed here"}, "BRI937", "NOT FOUND", "未找到"),
    ("claims", {"id": "First Board"}, "BRI941", "“First Board” is no short name", "不能作短名"),
    ("claims", {"hasParty": "UNESCO"}, "BRI944", "seldom fill in “party”", "通常不填"),
    ("claims", {"hasTime": "#REF!"}, "BRI945", "a formula failed here", "此处公式出错"),
    ("claims", {"evidence": "#char=5,999999"}, "BRI937", "NOT FOUND", "未找到"),
    ("claims", {"evidence": "#char=9,9"}, "BRI937", "NOT FOUND", "未找到"),
    ("claims", {"hasContext": "students"}, "BRI938", "places of the text", "次"),
    ("claims", {"isSaidAt": "no such event"}, "BRI931", "nothing that is known is called", "没有名为"),
    ("claims", {"hasQuantity": "80 or 90"}, "BRI933", "is no amount", "不是图谱能理解的数量"),
    ("claims", {"hasQuantity": "some"}, "BRI933", "is no amount", "不是图谱能理解的数量"),
    ("claims", {"hasTime": "2018/05/25"}, "BRI934", "is no time", "不是图谱能理解的时间"),
    ("claims", {"hasSubject": "#NAME?"}, "BRI945", "a formula failed here", "此处公式出错"),
    ("claims", {"restates": "bri-claim:no-such-claim"}, "BRI931", "no claim is called", "没有名为"),
    ("things", {"class": ""}, "BRI930", "does not say of what class", "未说明所属类别"),
    ("things", {"class": "ministry of magic"}, "BRI930", "is no class", "不是可用的类别"),
    ("things", {"id": "Lake_Body"}, "BRI941", "is no short name", "不能作短名"),
    ("things", {"prefLabel@en": "Chinese Academy of Sciences"}, "BRI943", "is known already", "已为图谱所知"),
    ("things", {"altLabel": "LB; UNESCO"}, "BRI943", "“UNESCO” is known already", "“UNESCO”已为图谱所知"),
    ("things", {"prefLabel@en": "Chinese Academy of Science"}, "BRI942", "spelt nearly as", "写法与已知者相近"),
    ("things", {"exactMatch": "Wikidata"}, "BRI967", "“Wikidata” is no address", "“Wikidata”不是网址"),
    ("concepts", {"inScheme": ""}, "BRI930", "to which list the concept belongs", "属于哪个词表"),
    ("concepts", {"inScheme": "Colours"}, "BRI930", "“Colours” is no list of concepts", "不是词表"),
    ("concepts", {"broader": "no such concept"}, "BRI931", "is no concept of the list", "不是该列词表中的概念"),
]  # fmt: skip


@pytest.fixture(scope="module")
def mine(tmp_path_factory: pytest.TempPathFactory, cli: Cli) -> Path:
    folder = collection(tmp_path_factory.mktemp("faults"))
    given = ("--title", "Tri-party MoU", "--name", "scholarship", "--quiet")
    assert cli("source", "new", "../scholarship.txt", *given, cwd=folder).returncode == 0
    return folder


@pytest.fixture(scope="module")
def resources(mine: Path) -> Resources:
    return find(mine)


@pytest.fixture(scope="module")
def desk(resources: Resources) -> Desk:
    return desk_once(resources)


def entry(desk: Desk, sheet: str, cells: Row, row: int = 4) -> Entry:
    columns = {key: place for place, key in enumerate(cells, 1)}
    return Entry(desk.sheets[sheet], row, cells, columns)


def book(desk: Desk, sheet: str, *rows: Row, problems: tuple[CellFinding, ...] = ()) -> Workbook:
    entries = dict.fromkeys(desk.sheets, ())
    filled = tuple(entry(desk, sheet, row, number) for number, row in enumerate(rows, 4))
    return Workbook(Path("scholarship.xlsx"), {**entries, sheet: filled}, problems)


def made(resources: Resources, workbook: Workbook, lang: str, words: str | None = None) -> Made:
    text = TEXT.read_bytes().decode() if words is None else words or None
    return make(
        workbook, fresh(desk_once(resources).known), Text("ours:scholarship", "en", text), lang
    )


@lru_cache(maxsize=1)
def desk_once(resources: Resources) -> Desk:
    return desk_of(resources)


def fresh(known: Known) -> Known:
    """Return the same names, to which a workbook may add its own."""
    copied = copy(known)
    for name, own in vars(known).items():
        if isinstance(own, dict):
            kept = {key: copy(value) for key, value in own.items()}
            setattr(
                copied,
                name,
                defaultdict(own.default_factory, kept) if isinstance(own, defaultdict) else kept,
            )
    return copied


def read_from_tables(tmp_path: Path, desk: Desk, sheet: str, row: Row, lang: str) -> Workbook:
    """Write a row into tables of text and read it, so that faults of cells as such are seen."""
    from bri_kg.texts.workbook.tables_of_text import write_tables

    path = tmp_path / "scholarship.claims.csv"
    tables = {"claims": [list(CLAIM)], sheet: [list(row), list(row.values())]}
    write_tables(path, tables)
    return read_workbook(path, desk.sheets, lang)


@pytest.mark.parametrize(
    "case", CELLS, ids=lambda case: f"{case[0]}-{case[2]}-{next(iter(case[1].values()))}"
)
def test_what_is_wrong_in_a_cell_is_said(
    resources: Resources, desk: Desk, tmp_path: Path, case: tuple[str, Row, str, str, str]
) -> None:
    sheet, wrong, code, english, chinese = case
    row = {**{"claims": CLAIM, "things": THING, "concepts": CONCEPT}[sheet], **wrong}
    for lang, words in (("en", english), ("zh", chinese)):
        workbook = read_from_tables(tmp_path, desk, sheet, row, lang)
        found = [
            one for one in made(resources, workbook, lang).problems if one.finding.code == code
        ]
        assert len(found) == 1, found
        finding = found[0].finding
        assert found[0].cell[-1] == "2" and finding.fix
        for text in (finding.message, finding.fix):
            said = in_language(text, lang)
            assert (said != text) == (lang == "zh"), said
        assert words in in_language(finding.message, lang)


def test_a_row_that_is_right_has_no_fault(resources: Resources, desk: Desk, tmp_path: Path) -> None:
    for sheet, row in (("claims", CLAIM), ("things", THING), ("concepts", CONCEPT)):
        workbook = read_from_tables(tmp_path, desk, sheet, row, "en")
        assert not made(resources, workbook, "en").problems


def test_without_the_text_nothing_is_quoted(resources: Resources, desk: Desk) -> None:
    found = made(resources, book(desk, "claims", CLAIM), "en", words="")
    assert [one.finding.code for one in found.problems] == ["BRI939"]
    assert "SOURCE UNAVAILABLE" in found.problems[0].finding.message


def test_what_two_rows_share_is_said(resources: Resources, desk: Desk) -> None:
    named = {**CLAIM, "id": "part"}
    twice = made(resources, book(desk, "claims", named, named), "en")
    assert [one.finding.code for one in twice.problems] == ["BRI941"]
    things = made(resources, book(desk, "things", THING, THING), "en")
    assert [one.finding.code for one in things.problems] == ["BRI943"]
    unnamed = made(resources, book(desk, "claims", CLAIM, CLAIM), "en")
    assert not unnamed.problems and len(unnamed.rows) == 2


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("40", "exactly-40"), ("1,220", "exactly-1220"), ("over 1,220", "more-than-1220"),
        ("at least 80", "at-least-80"), ("80+", "at-least-80"), ("about 75", "about-75"),
        ("between 5 and 10", "between-5-and-10"), ("nine", "exactly-9"), ("2.5", "exactly-2.5"),
        ("超过 80", "more-than-80"), ("至少 80", "at-least-80"), ("14 million", "exactly-14000000"),
        ("fewer than 30", "fewer-than-30"), ("more-than-80", "more-than-80"),
    ],
)  # fmt: skip
def test_amounts_are_read_as_people_write_them(text: str, name: str) -> None:
    from bri_kg.texts.workbook.cell_values import amount

    assert str(amount(text)).rpartition("/")[2] == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("2018", "2018"), ("2018-5", "2018-05"), ("2014/2019", "2014--2019"), ("2014-2019", "2014--2019"),
        ("since 2013", "since-2013"), ("2013/..", "since-2013"), ("until 2023-06", "until-2023-06"),
        ("../2023-06", "until-2023-06"), ("by the end of 2023", "until-2023"), ("within-3-years", "within-3-years"),
    ],
)  # fmt: skip
def test_times_are_read_as_people_write_them(text: str, name: str) -> None:
    from bri_kg.texts.workbook.cell_values import time

    assert str(time(text)).rpartition("/")[2] == name


def test_the_label_of_a_new_thing_is_found_in_claims(resources: Resources, desk: Desk) -> None:
    entries = dict.fromkeys(desk.sheets, ())
    thing = {"class": "document", "prefLabel@en": MEMORANDUM, "prefLabel@zh": "谅解备忘录文本"}
    claim = {**CLAIM, "hasSubject": MEMORANDUM.upper()}
    filled = {
        **entries,
        "things": (entry(desk, "things", thing),),
        "claims": (entry(desk, "claims", claim),),
    }
    found = made(resources, Workbook(Path("w.xlsx"), filled, ()), "en")
    assert not found.problems
