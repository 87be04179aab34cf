"""A workbook for the made-up text of `mistakes/notes.txt` and more, filled in right, checked without a command."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from conftest import ROOT

from bri_kg.checking.workbook_checks import Checked, check_workbook
from bri_kg.checking.workbook_desk import desk_of
from bri_kg.dataset.new_collection import new_collection
from bri_kg.dataset.resources import Resources, find
from bri_kg.texts.extracting import extract
from bri_kg.texts.new_source import Origin, write_source
from bri_kg.texts.workbook.fields import Sheet
from bri_kg.texts.workbook.source_places import Places, places_of
from bri_kg.texts.workbook.tables_of_text import write_tables

NOTES = ROOT / "tests" / "mistakes" / "notes.txt"
Row = dict[str, str]
Rows = dict[str, list[Row]]


def thing(cls: str, english: str, chinese: str, **more: str) -> Row:
    """Return a row of the sheet of new things."""
    return {"class": cls, "prefLabel@en": english, "prefLabel@zh": chinese, **more}


def claim(cls: str, words: str, factuality: str = "achieved", **more: str) -> Row:
    """Return a row of the sheet of claims; `en` and `zh` behind an underscore mean the languages."""
    named = {key.replace("_en", "@en").replace("_zh", "@zh"): text for key, text in more.items()}
    return {"class": f"{cls} claim", "evidence": words, "factuality": factuality, **named}


FOUNDED = "The Tern Alliance was founded on 14 March 2016 by Heron Academy and Plover Institute."
JOINED = "Heron Academy joined the Sandpiper Union in 2019."
TO_JOIN = "Plover Institute will join the Sandpiper Union in 2031."
MEMBERS = "The council of the Tern Alliance has at least 30 members"
PRESIDENT = "Ada Quill is president of Heron Academy."
SUBORDINATE = "The Wader Laboratory is subordinate to Heron Academy."
FUNDED = "Heron Academy funded the Marsh Survey"
EUROS = "Heron Academy funded the Marsh Survey with 4.5 million euros."
COST = "The Marsh Survey cost 70 million yuan."
PLANS = "The Tern Alliance plans to set up the Delta Observatory."
SPOKE = "Ada Quill spoke at the Estuary Forum."
HELD = "The Estuary Forum was held from 3 to 5 June 2022."
REEDS = "Reed beds store carbon and shelter young fish from larger ones."
COUNTS = (
    "The Marsh Survey counts birds along muddy shores so that planners know which wetlands "
    "deserve protection first."
)
TRAINED = "It has trained one hundred and twenty-six thousand students."
PLEDGED = "Sandpiper Union pledged 3 million euros for the Marsh Survey."
PLANNED_ZH = "苍鹭科学院拟建立三角洲观测站。"
WILL_ZH = "鸻鸟研究所将于 2031 年加入矶鹬联合会。"
OPEN_TIME = "time"

RIGHT: Rows = {
    "things": [
        thing("organization", "Tern Alliance", "燕鸥联盟"),
        thing("organization", "Heron Academy", "苍鹭科学院", altLabel="Academy of Herons"),
        thing("organization", "Plover Institute", "鸻鸟研究所"),
        thing("organization", "Sandpiper Union", "矶鹬联合会", exactMatch="Q999999901"),
        thing("person", "Ada Quill", "阿达·奎尔"),
        thing("facility", "Wader Laboratory", "涉禽实验室"),
        thing("project", "Marsh Survey", "湿地调查"),
        thing("facility", "Delta Observatory", "三角洲观测站"),
        thing("event", "Estuary Forum", "河口论坛"),
        thing("group of actors", "students whom the terns trained", "燕鸥联盟培训的学生"),
    ],
    "concepts": [
        {
            "inScheme": "Themes",
            "prefLabel@en": "shore birds",
            "prefLabel@zh": "滨鸟",
            "definition@en": "Birds that live along shores.",
            "definition@zh": "栖息于岸边的鸟类。",
            "broader": "biodiversity",
        }
    ],
    "claims": [
        claim(
            "creation", FOUNDED, id="founding", hasSubject="Tern Alliance", role="founder",
            hasAgent="Heron Academy; Plover Institute", hasTime="2016-03-14",
        ),
        claim("membership", JOINED, hasSubject="Heron Academy", hasObject="Sandpiper Union", hasTime="2019"),
        claim(
            "membership", TO_JOIN, "planned", hasSubject="Plover Institute", hasObject="Sandpiper Union",
            hasTime="2031",
        ),
        claim(
            "quantity", MEMBERS, id="council", hasSubject="Tern Alliance", countedKind="member",
            hasQuantity="at least 30", leavesOpen=OPEN_TIME, openList="yes",
        ),
        claim(
            "position", PRESIDENT, hasSubject="Ada Quill", hasObject="Heron Academy", role="president of an academy",
        ),
        claim(
            "structure", SUBORDINATE, hasSubject="Wader Laboratory", hasObject="Heron Academy", role="subordinate",
        ),
        claim("support", FUNDED, hasSubject="Marsh Survey", hasAgent="Heron Academy", role="funder"),
        claim(
            "quantity", COST, hasSubject="Marsh Survey", countedKind="money", unit="renminbi",
            hasQuantity="70000000", leavesOpen=OPEN_TIME,
        ),
        claim(
            "creation", PLANS, "planned", hasSubject="Delta Observatory", hasAgent="Tern Alliance",
            role="establisher", leavesOpen=OPEN_TIME,
        ),
        claim(
            "quantity", TRAINED, id="students", hasSubject="students whom the terns trained", countedKind="trainee",
            hasQuantity="126000", leavesOpen=OPEN_TIME, hasContext=PLANS,
        ),
        claim(
            "event", SPOKE, hasSubject="Estuary Forum", hasAgent="Ada Quill", role="speaker",
            hasTime="2022-06-03/2022-06-05", hasContext=HELD,
        ),
        claim(
            "statement", COUNTS, id="purpose", hasSubject="Marsh Survey", kind="purpose",
            theme="biodiversity; shore birds",
            summary_en="Counting is to show where protection is most urgent.",
            summary_zh="统计旨在显示何处亟需保护。",
        ),
        claim("name", FUNDED, hasSubject="Marsh Survey", kind="title", name="Marsh Survey"),
    ],
    "comparisons": [
        {
            "id": "counts",
            "compares": "council; students",
            "nature": "easily confused",
            "prefLabel@en": "members and students",
            "prefLabel@zh": "成员与学生",
            "reason@en": "Members of the council are no students.",
            "reason@zh": "理事会成员并非学生。",
        }
    ],
}  # fmt: skip


@dataclass(frozen=True)
class Bench:
    """A collection with the source `notes`, and its workbook as tables of text."""

    resources: Resources
    places: Places

    @cached_property
    def sheets(self) -> dict[str, Sheet]:
        """Its sheets: they follow from ontology and shapes, so that no import changes them."""
        return desk_of(self.resources).sheets

    def fill(self, rows: Rows) -> None:
        """Write rows into the tables, under the keys of their columns."""
        tables = {}
        for key in ("claims", "things", "concepts", "comparisons"):
            own = rows.get(key, [])
            columns = list(dict.fromkeys(name for row in own for name in row)) or ["class"]
            tables[key] = [columns, *([row.get(name, "") for name in columns] for row in own)]
        self.places.tables.parent.mkdir(exist_ok=True)
        write_tables(self.places.tables, tables)

    def check(self, rows: Rows, lang: str = "en") -> Checked:
        """Return what is found in a workbook with these rows."""
        self.fill(rows)
        return check_workbook(self.resources, self.places.tables, self.places, lang)


def bench(folder: Path) -> Bench:
    """Return a new collection with the made-up text as a source."""
    made = new_collection(folder / "kg", "Waders", "https://example.org/waders/", "waders").folder
    text = NOTES.read_bytes().decode()
    (folder / "notes.txt").write_bytes(f"{text}{PLEDGED}\n{WILL_ZH}\n".encode())
    resources = find(made)
    places = places_of(resources, "notes")
    extracted = extract(folder / "notes.txt")
    called = resources.top.slug("notes")
    sources = desk_of(resources).sources
    origin = Origin("Tern Alliance Newsletter", "燕鸥联盟通讯")
    write_source(places, called, extracted, origin, sources, folder / "notes.txt")
    return Bench(find(made), places)
