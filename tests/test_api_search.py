"""Search by words: what is found, in which order, why; and that what is not asked for is not found."""

from __future__ import annotations

import csv
import io
import json
import time

import pytest
from conftest import Cli

from bri_kg.answers.asked_words import in_pieces, without_filler
from bri_kg.answers.name_index import Name, NameIndex, Reason
from bri_kg.answers.search import KINDS, NAMED
from bri_kg.answers.word_matching import fold, is_slip, words_of
from bri_kg.errors import UsageError
from bri_kg.knowledge import KnowledgeGraph

ORG = "https://w3id.org/bri-kg/id/org/"
PROGRAMME = "https://w3id.org/bri-kg/id/programme/"


@pytest.mark.parametrize(
    ("words", "node", "reason"),
    [
        ("UNESCO", ORG + "unesco", Reason.ALIAS),
        ("unesco", ORG + "unesco", Reason.ALIAS),
        ("Unseco", ORG + "unesco", Reason.SLIP),
        ("Chinese Academy of Sciences", ORG + "cas", Reason.NAME),
        ("chinese academy", ORG + "cas", Reason.BEGINNING),
        ("Pakistn Academy", ORG + "pas", Reason.SLIP),
        ("中国科学院", ORG + "cas", Reason.NAME),
        ("Organisation des Nations Unies pour l’education", ORG + "unesco", Reason.BEGINNING),
        ("belt-and-road", PROGRAMME + "bri", Reason.ALIAS),
        ("Российская академия", ORG + "ras", Reason.BEGINNING),
        ("isFoundedBy", "https://w3id.org/bri-kg/ontology#isFoundedBy", Reason.ALIAS),
        ("cas-decade", "https://w3id.org/bri-kg/source/cas-decade", Reason.ALIAS),
        ("post holders", "post-holders", Reason.NAME),
        ("共同创立", "cofounders", Reason.WORDS),
    ],
)
def test_the_best_hit(kg: KnowledgeGraph, words: str, node: str, reason: Reason) -> None:
    best = kg.search(words)[0]
    assert (best.node, best.reason) == (node, reason)


def test_chinese_is_found_inside_longer_names(kg: KnowledgeGraph) -> None:
    found = {hit.node for hit in kg.search("科学院", limit=None)}
    assert {ORG + name for name in ("cas", "ras", "pas", "twas")} <= found


def test_things_come_before_what_compares_them(kg: KnowledgeGraph) -> None:
    kinds = [hit.kind == "comparison" for hit in kg.search("科学院", limit=None)]
    assert any(kinds)
    assert kinds == sorted(kinds)


def test_two_neighbours_swapped_are_one_slip(kg: KnowledgeGraph) -> None:
    found = {hit.node for hit in kg.search("silk raod")}
    assert PROGRAMME + "digital-silk-road" in found
    assert {hit.reason for hit in kg.search("silk raod")} == {Reason.SLIP}


def test_a_hit_says_what_it_is_in_the_language_asked_for(kg: KnowledgeGraph) -> None:
    english, chinese = kg.search("UNESCO")[0], kg.search("UNESCO", lang="zh")[0]
    assert english.matched == chinese.matched == "UNESCO"
    assert (english.cls_label, chinese.cls_label) == ("organization", "组织")
    assert english.cls == "https://w3id.org/bri-kg/ontology#Organization"
    assert chinese.label == "联合国教育、科学及文化组织"


def test_kinds_keep_to_what_is_asked_for(kg: KnowledgeGraph) -> None:
    everything = kg.search("cooperation", limit=None)
    assert {hit.kind for hit in everything} == set(NAMED)
    for kind in NAMED:
        found = kg.search("cooperation", limit=None, kinds=(kind,))
        assert [hit for hit in everything if hit.kind == kind] == list(found)
    claims = kg.search("smart cities", kinds=KINDS[-1:])
    assert claims[0].node == "https://w3id.org/bri-kg/claim/std-decade-asean-smart-cities"


def test_a_limit_is_told(kg: KnowledgeGraph) -> None:
    few, everything = kg.search("cooperation", limit=3), kg.search("cooperation", limit=None)
    assert (len(few), few.total, few.truncated) == (3, len(everything), True)
    assert not everything.truncated
    assert few.hits == everything.hits[:3]


def test_where_no_name_holds_all_words_those_with_rare_ones_come_first(kg: KnowledgeGraph) -> None:
    found = kg.search("who founded the overseas centres")
    assert found[0].reason == Reason.SOME_WORDS
    assert 0 < found[0].weight < 1


@pytest.mark.parametrize("words", ["who founded ANSO", "谁创立了ANSO", "请问是谁创立了 ANSO 的？"])
def test_words_that_only_ask_do_not_count(kg: KnowledgeGraph, words: str) -> None:
    found = kg.search(words, limit=None)
    assert found[0].node == ORG + "anso"
    # What is called so stands for all whose longer names hold the word.
    assert ORG.replace("org", "group") + "anso-members" not in {hit.node for hit in found}
    named = {hit.node.rpartition("#")[2] for hit in found}
    assert {"founders", "cofounders", "isFoundedBy"} <= named


@pytest.mark.parametrize(
    "words", ["is founded by", "由～创立", "由……创立", "由…创立", "isFoundedBy"]
)
def test_a_property_leads_to_the_questions_that_read_it(kg: KnowledgeGraph, words: str) -> None:
    found = kg.search(words)
    assert found[0].node.endswith("#isFoundedBy")
    reading = {hit.node: hit.reason for hit in found if hit.kind == "question"}
    assert {"cofounders", "schema-founders"} <= reading.keys()
    assert reading["cofounders"] == Reason.READS
    assert not [hit for hit in kg.search(words, kinds="term") if hit.kind == "question"]
    # A term that very many read tells of none of them.
    assert Reason.READS not in {hit.reason for hit in kg.search("evidence", limit=None)}


def test_words_of_any_meaning_and_without_any_are_found_as_they_are(kg: KnowledgeGraph) -> None:
    assert kg.search("who")[0].kind == "question"
    assert kg.search("谁")[0].kind == "question"
    one = "https://w3id.org/bri-kg/vocab/kind/joint-laboratory"
    assert [hit.node for hit in kg.search("joint laboratories", kinds="concept")] == [one]
    assert one in {hit.node for hit in kg.search("laboratories zebra", kinds="concept")}


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("who founded ANSO", ["founded", "anso"]),
        ("How many of these?", ["how", "many", "of", "these"]),  # nothing else is there
        ("谁创立了ANSO", ["创立", "anso"]),
        ("有多少联合实验室", ["联合实验室"]),
        ("了解", ["了解"]),
    ],
)
def test_what_is_meant(text: str, meant: list[str]) -> None:
    known = "创立者 联合实验室 了解"
    words = in_pieces(without_filler(words_of(text)), known.__contains__)
    assert [word.joined for word in words] == meant


def test_plain_data(kg: KnowledgeGraph) -> None:
    found = kg.search("UNESCO", limit=1).to_dict()
    assert list(found) == ["words", "hits", "total", "truncated"]
    assert json.loads(json.dumps(found))["hits"][0]["reason"] == "alias"


@pytest.mark.parametrize("words", ["", "  ", "?!", "-"])
def test_no_word_at_all(kg: KnowledgeGraph, words: str) -> None:
    with pytest.raises(UsageError, match="no word"):
        kg.search(words)


def test_unknown_kinds_languages_and_limits(kg: KnowledgeGraph) -> None:
    with pytest.raises(UsageError, match="knows no kind 'things'"):
        kg.search("UNESCO", kinds="things")
    with pytest.raises(UsageError, match="language"):
        kg.search("UNESCO", lang="fr")
    with pytest.raises(UsageError, match="limit"):
        kg.search("UNESCO", limit=0)
    assert len(kg.search("zzzz qqqq")) == 0


@pytest.mark.parametrize(
    ("one", "other", "is_one"),
    [
        ("road", "raod", True), ("road", "roads", True), ("road", "rod", True),
        ("road", "roab", True), ("oad", "road", True), ("road", "road", False),
        ("road", "ardo", False), ("road", "rxxd", False), ("ab", "ba", True), ("", "a", True),
        ("abcd", "badc", False), ("road", "roadie", False),
    ],
)  # fmt: skip
def test_one_slip_of_the_pen(one: str, other: str, is_one: bool) -> None:
    assert is_slip(one, other) is is_one
    assert is_slip(other, one) is is_one


def test_folding() -> None:
    assert fold("Éducation") == "education"
    assert fold("ＡＮＳＯ’s") == "ansos"
    assert [word.joined for word in words_of("B&R 科学院ANSO co‑operation")] == [
        "br", "科学院", "anso", "cooperation",
    ]  # fmt: skip


def test_short_words_are_no_slips() -> None:
    index = NameIndex([Name("a", "thing", "CAS", True)])
    assert index.find("CIS") == []
    assert index.find("cas")[0].reason == Reason.NAME


def test_twenty_thousand_names_cost_less_to_search_than_to_index() -> None:
    names = [
        Name(f"n{i}", "thing", f"word{i % 7919} name{i} of thing{i % 13}", True)
        for i in range(20_000)
    ]
    begun = time.process_time()
    index = NameIndex(names)
    built = time.process_time() - begun
    begun = time.process_time()
    assert index.find("word77 name77")[0].name.node == "n77"
    assert index.find("nmae77")[0].name.node == "n77"
    assert time.process_time() - begun < built


@pytest.mark.parametrize(
    "words",
    ["planned not yet achieved", "计划尚未实现", "哪些事情只是计划，尚未实现？", "尚未建成的项目"],
)
def test_a_sentence_leads_to_its_question(kg: KnowledgeGraph, cli: Cli, words: str) -> None:
    questions = [hit for hit in kg.search(words) if hit.kind == "question"]
    assert (questions[0].node, questions[0].reason) == ("things-to-come", Reason.ASKED)
    nodes = {hit.node.rpartition("/")[2] for hit in kg.search(words)}
    assert not nodes & {"achieved", "partners-of-partners"}
    tried = cli("search", words).stdout.rpartition("try\n")[2].split("\n")
    assert tried[0] == "  bri-kg ask things-to-come"


def test_a_sentence_on_disagreement_leads_to_conflicts(cli: Cli) -> None:
    page = cli("search", "各来源在哪些方面不一致？", "-l", "zh").stdout
    assert "  bri-kg conflicts -l zh\n" in page


def test_a_name_in_the_plural_is_taken_with_a_note(cli: Cli) -> None:
    done = cli("describe", "joint laboratories")
    assert (done.returncode, "bri-kind:joint-laboratory" in done.stdout) == (0, True)
    assert "'joint laboratories' is taken as 'joint laboratory'" in done.stderr


def test_a_concept_leads_to_the_questions_that_are_about_it(kg: KnowledgeGraph) -> None:
    reading = {hit.node for hit in kg.search("ahead", limit=None) if hit.reason == Reason.READS}
    assert "targets-and-stock" in reading


def test_the_other_name_is_shown_only_where_it_matched(cli: Cli) -> None:
    assert "计划中" not in cli("search", "planned", "--kind", "concept").stdout
    assert "计划中" in cli("search", "计划中", "--kind", "concept").stdout


def test_the_verb_prints_names_that_can_be_given_back(cli: Cli) -> None:
    done = cli("search", "academy", "of", "sciences", "--kind", "thing", "-f", "csv")
    names = [row["name"] for row in csv.DictReader(io.StringIO(done.stdout))]
    assert (done.returncode, "https://w3id.org/bri-kg/id/org/cas" in names) == (0, True)
    nothing = cli("search", "qqqq", "-f", "csv")
    assert (nothing.returncode, nothing.stderr.startswith("0 rows")) == (0, True)
