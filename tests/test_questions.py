"""What all stored questions have in common, and the examples of docs/sparql.md."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import Cli

from bri_kg.dataset.question_tags import tag_name, tag_named
from bri_kg.dataset.resources import find
from bri_kg.errors import UsageError
from bri_kg.knowledge import KnowledgeGraph

TAGS = {
    "absence", "actor", "cooperation", "count", "creation", "disagreement", "place", "plan", "source",
    "statement", "theme", "time",
}  # fmt: skip
DOCS = Path(__file__).resolve().parent.parent / "docs" / "sparql.md"
EXAMPLES = re.findall(r"```sparql\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)


def test_tags_come_from_one_short_list(kg: KnowledgeGraph) -> None:
    assert set(kg.questions.tags) == TAGS
    assert all(1 <= len(question.tags) <= 2 for question in kg.questions.values())
    # Each has a name of its own in Chinese, by which it is found too.
    names = {tag_name(tag, "zh") for tag in TAGS}
    assert len(names) == len(TAGS) and all("\u4e00" <= name[0] <= "\u9fff" for name in names)
    assert {tag_named(name) for name in names} == TAGS
    assert tag_name("of my own", "zh") == tag_named("of my own") == "of my own"


def test_tags_are_told_in_chinese(cli: Cli) -> None:
    shown = cli("questions", "-l", "zh").stdout
    assert "\n分歧\n" in shown and not re.search(r"^[A-Z]+$", shown, re.M)
    assert (
        cli("questions", "--tag", "分歧").stdout == cli("questions", "--tag", "disagreement").stdout
    )
    assert "\n标签\n  创建、合作\n" in cli("questions", "cofounders", "-l", "zh").stdout


def test_names_are_nouns_that_no_question_had_before(kg: KnowledgeGraph) -> None:
    former = [old for question in kg.questions.values() for old in question.formerly]
    assert len(former) == len(set(former))
    assert not set(former) & set(kg.questions)
    verbs = re.compile(r"(^|-)(is|are|was|has|by|of|at|in|on|about|be|with)$")
    assert [name for name in kg.questions if verbs.search(name)] == []


def test_a_former_name_leads_to_the_new_one(kg: KnowledgeGraph) -> None:
    with pytest.raises(UsageError) as caught:
        kg.ask("operators")
    assert caught.value.code == "BRI110"
    assert "'support'" in str(caught.value.why)
    with pytest.raises(KeyError):
        kg.questions["told-by-several"]


def test_a_former_name_exits_2(cli) -> None:  # type: ignore[no-untyped-def]
    done = cli("ask", "works-on")
    assert done.returncode == 2
    assert "things-on-theme" in done.stderr


def _unseen(query: str) -> bool:
    """Whether the language is asked in a group where a value given at the start is out of scope."""
    groups: list[str] = []
    text = re.sub(r"^\s*#.*$", "", query, flags=re.MULTILINE)
    for match in re.finditer(r"\{|\}|\?lang\b", text):
        if match[0] == "{":
            optional = re.search(r"OPTIONAL\s*$", text[: match.start()])
            groups.append("optional" if optional else "group")
        elif match[0] == "}":
            groups.pop()
        elif groups[1:] not in ([], ["optional"]):
            return True
    return False


def test_the_language_is_asked_where_it_can_be_seen(kg: KnowledgeGraph) -> None:
    assert [name for name, question in kg.questions.items() if _unseen(question.query)] == []
    assert _unseen(
        "SELECT * { OPTIONAL { ?a ?b ?c OPTIONAL { ?c ?d ?e FILTER (LANG(?e) = ?lang) } } }"
    )


def test_rows_differ_and_every_column_orders_them(kg: KnowledgeGraph) -> None:
    for question in kg.questions.values():
        body, _, order = question.query.rpartition("ORDER BY")
        assert "SELECT DISTINCT" in body, question.name
        assert set(question.columns) <= set(re.findall(r"\?(\w+)", order)), question.name


def test_the_conditions_of_a_live_claim_stand_in_one_query() -> None:
    """Elsewhere the standing is asked; what compares factualities or shows ranks is no such condition."""
    folder = find().queries
    four = [
        str(path.relative_to(folder))
        for path in folder.rglob("*.rq")
        if "FILTER NOT EXISTS { ?rival bri:outranks" in path.read_text(encoding="utf-8")
        or re.search(
            r"factuality:achieved, bri-factuality:ongoing", path.read_text(encoding="utf-8")
        )
    ]
    assert sorted(four) == ["checks/facts/fact-of-unrealized-claim.rq", "links/standing.rq"]


def test_the_page_has_a_picture_ten_recipes_and_the_traps_and_knows_its_terms(
    kg: KnowledgeGraph,
) -> None:
    text = DOCS.read_text(encoding="utf-8")
    recipes = text.split("## Ten recipes")[1].split("\n## ")[0]
    starts = [int(number) for number in re.findall(r"^\*\*(\d+)\. ", recipes, re.MULTILINE)]
    assert starts == list(range(1, 11))
    assert recipes.count("```sparql") == 10
    for trap in ("Two layers", "Live claims", "Labels by language", "Quantities"):
        assert f"- **{trap}.**" in text.split("## Traps")[1]
    names = sorted(set(re.findall(r"\bbri[a-z-]*:[a-zA-Z](?:[\w-]*\w)?", text)))
    assert len(names) > 40
    assert [
        term.iri for name in names for term in kg.unknown_terms(f"ASK {{ ?s ?p {name} }}")
    ] == []
    picture = text.split("## The model in one picture")[1].split("\n## ")[0]
    assert max(len(line) for line in picture.split("```")[1].splitlines()) <= 100


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_gives_equal_rows_on_both_engines(kg: KnowledgeGraph, example: str) -> None:
    rows = kg.query(example)
    assert len(rows) > 0
    assert list(rows) == list(kg.query(example, engine="reference"))
