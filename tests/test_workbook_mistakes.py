"""Deliberate mistakes of an editor, entered by workbook: each is refused or warned of at its row, in both languages."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from workbook_bench import (
    COST,
    COUNTS,
    EUROS,
    FOUNDED,
    FUNDED,
    HELD,
    JOINED,
    MEMBERS,
    PLANNED_ZH,
    PLANS,
    PLEDGED,
    PRESIDENT,
    REEDS,
    RIGHT,
    SPOKE,
    SUBORDINATE,
    TO_JOIN,
    WILL_ZH,
    Bench,
    Row,
    bench,
    claim,
    thing,
)

from bri_kg.checking.workbook_checks import Checked
from bri_kg.cli.messages.speaking import in_language

HAN = re.compile(r"[\u4e00-\u9fff]")
MONEY = {"countedKind": "money", "leavesOpen": "time"}


@dataclass(frozen=True)
class Mistake:
    """What is wrong, the check that finds it, and the row."""

    title: str
    code: str
    row: Row
    sheet: str = "claims"


def membership(words: str, subject: str, of: str, **more: str) -> Row:
    return claim("membership", words, hasSubject=subject, hasObject=of, **more)


MISTAKES = (
    # Those that passed in silence.
    Mistake("a post as membership, with its role", "role-of-other-class",
            membership(PRESIDENT, "Ada Quill", "Heron Academy", role="president of an academy")),
    Mistake("a post as membership", "class-against-words", membership(PRESIDENT, "Ada Quill", "Heron Academy")),
    Mistake("a structure as membership", "class-against-words",
            membership(SUBORDINATE, "Plover Institute", "Heron Academy")),
    Mistake("a creation as support with the role of founder", "role-of-other-class",
            claim("support", FOUNDED, hasSubject="Tern Alliance", hasAgent="Heron Academy", role="founder")),
    Mistake("a creation as support", "class-against-words",
            claim("support", FOUNDED, hasSubject="Tern Alliance", hasAgent="Plover Institute", role="supporter")),
    Mistake("“will join” as achieved", "factuality-against-words",
            membership(TO_JOIN, "Plover Institute", "Sandpiper Union", hasFramework="Marsh Survey")),
    Mistake("将 as achieved", "factuality-against-words",
            membership(WILL_ZH, "Plover Institute", "Sandpiper Union", hasFramework="Tern Alliance")),
    Mistake("“plans to” as ongoing", "factuality-against-words",
            claim("creation", PLANS, "ongoing", hasSubject="Delta Observatory", hasAgent="Tern Alliance",
                  role="establisher", leavesOpen="time")),
    Mistake("拟 as achieved", "factuality-against-words",
            claim("creation", PLANNED_ZH, hasSubject="Delta Observatory", hasAgent="Heron Academy",
                  role="builder", leavesOpen="time")),
    Mistake("a pledge as achieved", "factuality-against-words",
            claim("support", PLEDGED, hasSubject="Marsh Survey", hasAgent="Sandpiper Union", role="funder")),
    Mistake("an unrelated sentence as evidence", "parties-not-in-words",
            membership(REEDS, "Ada Quill", "Sandpiper Union")),
    Mistake("words of another source", "BRI937",
            claim("theme", "The alliance keeps its archive in a town that no map shows", hasSubject="Marsh Survey",
                  theme="biodiversity")),
    Mistake("a span that begins within a word", "passage-cuts-word",
            claim("theme", "arsh Survey counts birds along muddy shores", hasSubject="Marsh Survey",
                  theme="biodiversity")),
    Mistake("a span that ends within a word", "passage-cuts-word",
            claim("theme", "The Marsh Survey counts birds along muddy sho", hasSubject="Marsh Survey",
                  theme="shore birds")),
    Mistake("exactly for at least", "comparator-against-words",
            claim("quantity", MEMBERS, hasSubject="Sandpiper Union; Tern Alliance", countedKind="member",
                  hasQuantity="30", leavesOpen="time")),
    Mistake("renminbi for euros", "unit-not-in-words",
            claim("quantity", EUROS, hasSubject="Heron Academy", unit="renminbi", hasQuantity="4500000", **MONEY)),
    Mistake("a unit that is dropped", "unit-dropped",
            claim("quantity", COST, hasSubject="Heron Academy", hasQuantity="70000000", **MONEY)),
    Mistake("a thing twice, by its label", "BRI943", thing("organization", "Tern Alliance", "燕鸥会"), "things"),
    Mistake("a thing twice, by its Chinese label", "BRI943", thing("organization", "Curlews", "鸻鸟研究所"), "things"),
    Mistake("a thing twice, by an alias", "BRI943",
            thing("organization", "Whimbrels", "中杓鹬", altLabel="Academy of Herons"), "things"),
    Mistake("a thing of ours again", "BRI943",
            thing("organization", "Chinese Academy of Sciences", "中国的科学院"), "things"),
    Mistake("a thing twice, by its match in Wikidata", "match-of-two-things",
            thing("organization", "Dunlins", "黑腹滨鹬", exactMatch="Q999999901"), "things"),
    Mistake("another month", "month-not-in-words",
            membership(f"{FOUNDED} || {JOINED}", "Heron Academy", "Sandpiper Union", hasTime="2019-05")),
    Mistake("another day", "day-not-in-words",
            claim("event", SPOKE, hasSubject="Estuary Forum", hasAgent="Ada Quill", role="speaker",
                  hasTime="2022-06-03/2022-06-06", hasContext=HELD)),
    Mistake("another year", "year-not-in-words",
            membership(JOINED, "Heron Academy", "Sandpiper Union", hasTime="2018")),
    Mistake("English in the Chinese cell", "label-in-other-script",
            thing("organization", "Godwits", "the godwits"), "things"),
    Mistake("a summary in the cell of the other language", "label-in-other-script",
            claim("statement", COUNTS, hasSubject="Marsh Survey", kind="effect", theme="biodiversity",
                  summary_en="调查有用。", summary_zh="The survey is of use.")),
    Mistake("parts of a membership swapped", "parts-swapped", membership(JOINED, "Sandpiper Union", "Heron Academy")),
    Mistake("a member of itself", "claim-about-itself", membership(JOINED, "Sandpiper Union", "Sandpiper Union")),
    Mistake("a part of itself", "claim-about-itself",
            claim("structure", SUBORDINATE, hasSubject="Wader Laboratory", hasObject="Wader Laboratory", role="part")),
    Mistake("a founder of itself", "claim-about-itself",
            claim("creation", FOUNDED, hasSubject="Tern Alliance", hasAgent="Tern Alliance", role="founder",
                  hasTime="2016-03-14")),
    Mistake("a printed name that is in no passage", "name-not-in-words",
            claim("name", FUNDED, hasSubject="Marsh Survey", kind="title", name="Survey of Marshes")),
    Mistake("the same claim twice", "claim-twice",
            claim("support", FUNDED, hasSubject="Marsh Survey", hasAgent="Heron Academy", role="funder")),
    Mistake("a sentence of the source as summary", "summary-of-the-source",
            claim("statement", COUNTS, hasSubject="Marsh Survey", kind="description", theme="biodiversity",
                  summary_en="It counts birds along muddy shores so that planners know what to do.",
                  summary_zh="调查鸟类。")),
    # Those that were caught.
    Mistake("an event as creation", "class-against-words",
            claim("creation", HELD, hasSubject="Estuary Forum", hasAgent="Heron Academy", role="launcher",
                  hasTime="2022-06-03")),
    Mistake("no agent", "bris:CreationClaim-agent-or-gap",
            claim("creation", FOUNDED, hasSubject="Tern Alliance", role="founder", hasTime="2016-03-14")),
    Mistake("a misspelt concept", "BRI931",
            claim("theme", COUNTS, hasSubject="Marsh Survey", theme="biodiversty")),
    Mistake("a span beyond the end", "BRI937",
            claim("theme", "#char=100,99999", hasSubject="Marsh Survey", theme="biodiversity")),
    Mistake("a number that the passage does not say", "number-not-in-words",
            claim("quantity", MEMBERS, hasSubject="Tern Alliance", countedKind="country", hasQuantity="at least 31",
                  leavesOpen="time")),
    Mistake("a date in another form", "BRI934",
            membership(JOINED, "Heron Academy", "Sandpiper Union", hasTime="March 2019")),
    Mistake("no Chinese", "bris:Actor-label", thing("organization", "Ruffs", ""), "things"),
    Mistake("two factualities", "bris:Claim-factuality",
            {**membership(TO_JOIN, "Plover Institute", "Sandpiper Union"), "factuality": "planned; achieved"}),
    Mistake("no evidence", "bris:Claim-evidence", membership("", "Plover Institute", "Tern Alliance")),
    Mistake("a column for another class", "BRI944",
            membership(JOINED, "Heron Academy", "Sandpiper Union", hasParty="Tern Alliance")),
    Mistake("a speaker that no passage names", "speaker-not-in-words",
            claim("theme", COUNTS, hasSubject="Marsh Survey", theme="biodiversity", isVouchedForBy="Ada Quill")),
    Mistake("a post swapped", "bris:PositionClaim-object",
            claim("position", PRESIDENT, hasSubject="Heron Academy", hasObject="Ada Quill",
                  role="president of an academy")),
)  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return bench(tmp_path_factory.mktemp("mistakes"))


def entered(made: Bench, lang: str) -> tuple[Checked, dict[tuple[str, int], Mistake]]:
    """Return what is found in the right workbook with every mistake below, and where each stands."""
    sheets = {key: list(own) for key, own in RIGHT.items()}
    placed = {}
    for mistake in MISTAKES:
        sheets[mistake.sheet].append(mistake.row)
        placed[mistake.sheet, len(sheets[mistake.sheet]) + 1] = mistake
    return made.check(sheets, lang), placed


def test_what_is_right_draws_no_finding(made: Bench) -> None:
    checked = made.check(RIGHT)
    assert checked.problems == () and checked.ready == len(RIGHT["claims"])


@pytest.mark.parametrize("lang", ["en", pytest.param("zh", marks=pytest.mark.slow)])
def test_each_mistake_is_told_at_its_row(made: Bench, lang: str) -> None:
    checked, placed = entered(made, lang)
    titles = {s.title[lang == "zh"]: key for key, s in made.sheets.items()}
    found: dict[tuple[str, int], set[str]] = {}
    for told in checked.problems:
        message, fix = (
            in_language(text or "", lang) for text in (told.finding.message, told.finding.fix)
        )
        assert lang == "en" or (HAN.search(message) and HAN.search(fix)), told
        for cell in told.cells:
            row = int(re.sub(r"\D", "", cell))
            found.setdefault((titles[told.sheet], row), set()).add(told.finding.code)
    missed = [
        (mistake.title, mistake.code, found.get(place))
        for place, mistake in placed.items()
        if mistake.code not in found.get(place, set())
    ]
    assert missed == []
    right = [place for place in found if place not in placed]
    # What is right shares a finding only where a mistake says the same again, or of the same things.
    assert {code for place in right for code in found[place]} <= {
        "claim-twice", "match-of-two-things", "parts-swapped", "label-of-two-things",
    }  # fmt: skip
