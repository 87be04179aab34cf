"""How far one call reaches: numbers of what an actor made, others of its name, partial matches, what is left open."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from assistants import Assistant, connected, in_here

from bri_kg.answers.namesakes import common_name
from bri_kg.answers.other_spellings import found_as_spelled, holds_all, words_held
from bri_kg.knowledge import KnowledgeGraph
from bri_kg.sparql.joining import unjoined

FACES = {"bri-place:china", "bri-org:government-of-china", "bri-org:state-of-china"}
SIDE = "bri-group:chinese-side"


@pytest.fixture(scope="module")
def assistant(kg: KnowledgeGraph) -> Iterator[Assistant]:
    with connected(lambda: in_here(kg)) as client:
        yield client


def ids(items: list[dict[str, Any]]) -> set[str]:
    return {str(one.get("id")) for one in items}


def test_the_numbers_of_an_actor_reach_what_it_made_by_whatever_of_its_names(
    assistant: Assistant,
) -> None:
    for name in ("China", "Government of China", SIDE):
        data = assistant.data("describe", thing=name, section="counts")
        cited = {p["cite"] for one in data["items"] for p in one["passages"]}
        assert {"std-decade 820–910", "std-decade 684–818", "std-decade 911–982"} <= cited
        others = (FACES | {SIDE}) - ids([{"id": one} for one in (name, _face(name))])
        assert all(one in data["told"] for one in others)


def _face(name: str) -> str:
    return {"China": "bri-place:china", "Government of China": "bri-org:government-of-china"}.get(
        name, name
    )


def test_names_that_tell_faces_apart_are_left_out_of_what_they_share() -> None:
    assert common_name("Government of China") == common_name("China's side, not named further")
    assert common_name("Russia") != common_name("Russian Academy of Sciences")


def test_a_part_of_a_name_that_only_one_thing_has_is_taken_and_told(assistant: Assistant) -> None:
    data = assistant.data("describe", thing="Belt and Road Forum")
    assert data["items"] and "is taken: bri-event:third-belt-and-road-forum" in data["told"]
    data = assistant.data("describe", thing="overseas centers of CAS")
    taken, other = (
        f"bri-collection:cas-overseas-{name}"
        for name in ("centres-and-platforms", "science-and-education-centres")
    )
    assert f"is taken: {taken}" in data["told"] and other in data["told"]
    assert assistant.data("describe", thing="headquarters of CAS")["status"] == "not_known"


def test_an_empty_section_says_what_was_looked_for_and_what_there_is(assistant: Assistant) -> None:
    data = assistant.data("describe", thing="UNESCO", section="counts")
    assert data["status"] == "not_known" and not data["items"]
    assert "Looked for counts" in data["told"] and "facts" in data["told"]


def test_counted_members_without_names_are_left_open(assistant: Assistant) -> None:
    group = "bri-group:launchers-of-green-partnership-initiative"
    described = assistant.data("describe", thing=group, section="left_open")
    assert group in {one["group"]["id"] for one in described["items"] if "group" in one}
    thing = "Initiative for Belt and Road Partnership on Green Development"
    rows = assistant.data("ask", question="founders", params={"thing": thing})["items"]
    assert any("not named one by one" in gap for row in rows for gap in row.get("left_open", ()))


@pytest.mark.parametrize(
    ("words", "node"),
    [
        ("research center overseas", "bri-collection:cas-overseas-centres-and-platforms"),
        ("joint labs built by China", "bri-collection:joint-laboratories-established-by-china"),
        ("Chinese ambassador to Belarus", "bri-claim:std-decade-xie-xiaoyong-ambassador"),
    ],
)
def test_where_no_name_holds_all_words_the_best_are_near_and_names_are_said_to_be_all(
    assistant: Assistant, words: str, node: str
) -> None:
    data = assistant.data("search", words=words)
    assert data["status"] == "not_known" and "nothing of facts" in data["told"]
    near = next(one for one in data["near"] if one["id"] == node)
    assert near["holds"]


def test_spellings_find_each_other(kg: KnowledgeGraph) -> None:
    def find(words: str) -> Any:
        return kg.search(words, limit=None)

    for one, other in (
        ("CAS-TWAS centers", "CAS-TWAS centres"),
        ("laboratory joint", "joint laboratories"),
    ):
        found, wanted = found_as_spelled(find, one), found_as_spelled(find, other)
        assert holds_all(found)
        assert {hit.node for hit in wanted} <= {hit.node for hit in found}
    (hit,) = found_as_spelled(find, "CAS-TWAS centers")
    assert words_held("centers nowhere", hit) == ("centers",)


@pytest.mark.parametrize(
    ("about", "name", "value"),
    [
        ("how many joint laboratories are there", "counts-of-kind", "bri-kind:joint-laboratory"),
        ("who pays for Gwadar Port", "supporters", "bri-facility:gwadar-port"),
        ("why was ANSO founded", "purposes", "bri-org:anso"),
        ("digital cooperation", "cooperation-of-kind", "bri-cooperation-kind:digital"),
        ("what is the budget", "sums-of-money", None),
    ],
)
def test_questions_are_found_by_an_analysts_words_with_values_for_them(
    assistant: Assistant, about: str, name: str, value: str | None
) -> None:
    found = {one["name"]: one for one in assistant.data("questions", about=about)["items"]}
    taken = ids(found[name].get("may_take", []))
    assert value in taken if value else not taken


def test_all_values_of_a_property_come_with_their_passages(assistant: Assistant) -> None:
    data = assistant.data("explain", subject="ANSO", property="isFoundedBy")
    assert {"bri-org:ras", "bri-org:pas"} <= {one["object"]["id"] for one in data["items"]}
    assert all(one["passages"] for one in data["items"])


def test_what_is_not_said_comes_with_what_is_only_ahead_of_it(assistant: Assistant) -> None:
    centre = "Belt and Road Environmental Technology Exchange and Transfer Center"
    for given in ({}, {"object": "Government of China"}):
        data = assistant.data("explain", subject=centre, property="isBuiltBy", **given)
        assert data["status"] == "not_known"
        assert [one["come_about"] for one in data["items"]] == [False]
    data = assistant.data("explain", subject="ANSO", property="isSupportedBy")
    assert data["status"] == "not_known" and not data["items"]
    assert "bri:isFoundedBy" in ids(data["near"])


def test_the_state_of_passages_is_told_once(assistant: Assistant) -> None:
    text = assistant.call("ask", question="members").content[0].text
    assert text.count("not checked against the text") == 1


def test_the_values_of_one_property_stand_on_one_page_where_they_fit(assistant: Assistant) -> None:
    pages = [page["items"] for page in assistant.pages("describe", thing="CAS")]
    assert len(pages) > 2
    for before, after in pairwise(pages):
        if {before[-1]["section"], after[0]["section"]} != {"facts"}:
            continue
        group = after[0]["property"]["id"]
        if before[-1]["property"]["id"] == group:  # then it began the page: it is too long for one
            assert before[0].get("property", {}).get("id") == group


def test_a_bare_name_is_taken_in_each_of_its_readings_and_every_row_says_of_which(
    assistant: Assistant,
) -> None:
    data = assistant.data("ask", question="deeds", params={"actor": "China"})
    read = [
        {one["id"] for one in row["cells"] if one["column"] == "actor"} for row in data["items"]
    ]
    assert all(read) and {SIDE, "bri-org:government-of-china"} <= set().union(*read)
    assert "several" in data["told"]
    alone = assistant.data("ask", question="deeds", params={"actor": SIDE})
    assert alone["total"] < data["total"]


@pytest.mark.parametrize(
    ("question", "params", "cite"),
    [
        ("challenges", {"challenge": "climate change"}, "casted-slides 3424–3508"),
        ("challenges", {"challenge": "geopolitics"}, "casted-slides 3283–3320"),
        ("standpoints", {"source": "CGTN"}, "cgtn-debut 222–333"),
        ("speaker-claims", {"speaker": "National Development and Reform Commission"}, None),
    ],
)
def test_a_value_of_another_kind_leads_to_what_is_meant_of_the_kind_that_is_wanted(
    assistant: Assistant, question: str, params: dict[str, str], cite: str | None
) -> None:
    data = assistant.data("ask", question=question, params=params)
    cited = {p["cite"] for one in data["items"] for p in one["passages"]}
    assert cite in cited if cite else "bri-person:cong-liang" in data["told"]


def test_a_value_that_no_question_of_its_kind_takes_is_no_silence_of_the_sources(
    assistant: Assistant,
) -> None:
    data = assistant.data("ask", question="purposes", params={"thing": "5G base stations"})
    assert data["status"] == "ambiguous" and "No source says" not in data["told"]
    assert "bri-collection:5g-base-stations-built-by-china" in data["told"]


def test_sources_go_by_their_short_names(assistant: Assistant) -> None:
    data = assistant.data("ask", question="omissions", params={"source": "std-decade"})
    assert data["total"] == 3
    assert {p["source"] for one in data["items"] for p in one["passages"]} == {"std-decade"}


def test_what_is_left_out_is_told_with_the_reason(assistant: Assistant) -> None:
    data = assistant.data("describe", thing="std-decade", section="left_out")
    told = {p["cite"]: one["reason"]["id"] for one in data["items"] for p in one["passages"]}
    assert told["std-decade 5028–5062"] == "bri-omission:contact-details" and len(told) == 3
    found = assistant.data("search", words="telephone number")["items"]
    hit = next(one for one in found if one["id"] == "bri-omission:contact-details")
    assert hit["passages_left_out"] == 1


@pytest.mark.parametrize(
    ("words", "cite"),
    [
        ("priorities of CAS", "cgtn-debut 1524–1721"),
        ("优先事项", "cgtn-debut 1524–1721"),
    ],
)
def test_claims_are_found_by_the_words_they_are_said_in(
    assistant: Assistant, words: str, cite: str
) -> None:
    data = assistant.data("search", words=words)
    assert data["status"] == "answered" and data["items"]
    assert cite in {p["cite"] for one in data["items"] for p in one["passages"]}


def test_words_of_passages_are_searched_where_they_may_be_shown(
    kg: KnowledgeGraph, sources: Path
) -> None:
    with connected(lambda: in_here(kg, sources)) as client:
        found = client.data("search", words="elephants giraffes")
        assert any(one["kind"] == "claim" for one in found["items"])
    with connected(lambda: in_here(kg)) as client:
        assert client.data("search", words="giraffes elephants")["status"] == "not_known"


def test_a_query_says_what_it_does_not_join(assistant: Assistant) -> None:
    query = "SELECT ?claim ?o { bri-org:anso bri:isFoundedBy ?o . ?claim bri:evidence ?passage }"
    assert "joins" in assistant.data("query", sparql=query, limit=3)["told"]
    joined = "SELECT ?claim ?o { GRAPH ?claim { bri-org:anso bri:isFoundedBy ?o } }"
    assert "joins" not in assistant.data("query", sparql=joined, limit=3)["told"]


def test_no_stored_question_is_said_to_join_too_little(kg: KnowledgeGraph) -> None:
    assert not [name for name, one in kg.questions.items() if unjoined(one.query)]


@pytest.mark.parametrize(
    ("query", "sets"),
    [
        ("SELECT ?a ?b { ?a a ?t . ?b a ?u }", (("?a",), ("?b",))),
        ("SELECT ?a ?b { ?a a ?t . ?b a ?u FILTER (?t = ?u) }", ()),
        ("SELECT ?a ?b { ?a a ?t . BIND (STR(?a) AS ?b) }", ()),
        ("SELECT ?a ?b { { ?a a ?t } UNION { ?b a ?u } }", ()),
        ("SELECT ?a ?b { ?a (bri:x|bri:y)+ ?b } ORDER BY ?b", ()),
        ("ASK { ?a ?b ?c . ?d ?e ?f }", ()),
        ("SELECT", ()),
    ],
)
def test_variables_that_nothing_joins_are_told_apart(query: str, sets: tuple[Any, ...]) -> None:
    assert unjoined(query) == sets


@pytest.mark.parametrize(
    ("thing", "word", "cite"),
    [
        ("CAS", "president", "cgtn-debut 1722–1754"),
        ("ANSO", "founders", "cas-decade 3479–3600"),
        ("ANSO", "members", "cgtn-debut 1926–2070"),
        ("China-Belarus Great Stone Industrial Park", "investors", "std-decade 1801–1865"),
    ],
)
def test_a_word_that_is_no_property_leads_to_what_it_may_mean(
    assistant: Assistant, thing: str, word: str, cite: str
) -> None:
    data = assistant.data("explain", subject=thing, property=word)
    assert data["status"] != "not_known" and "no property called" in data["told"]
    assert cite in {p["cite"] for one in data["items"] for p in one["passages"]}


@pytest.mark.parametrize(
    ("thing", "word"), [("CASTED", "number of employees"), ("Pakistan", "joined")]
)
def test_a_word_with_which_no_claim_of_a_thing_is_told_is_not_known(
    assistant: Assistant, thing: str, word: str
) -> None:
    data = assistant.data("explain", subject=thing, property=word)
    assert data["status"] == "not_known" and not data["items"]
    assert "none of the" in data["told"] and "Properties of the thing" in data["told"]


def test_a_word_that_claims_of_others_are_told_with_leads_to_these(assistant: Assistant) -> None:
    data = assistant.data("explain", subject="ANSO", property="president")
    assert data["status"] == "answered" and data["items"]


def test_counts_reach_as_far_when_they_are_asked_for(assistant: Assistant) -> None:
    asked = assistant.data("ask", question="counts", params={"thing": "China"})
    told = assistant.data("describe", thing="China", section="counts")
    passages = [{p["cite"] for one in of["items"] for p in one["passages"]} for of in (asked, told)]
    assert asked["items"] and passages[0] == passages[1]
    assert "any other number is not told" in asked["told"]


def test_what_has_no_rows_names_where_there_are_some(assistant: Assistant) -> None:
    data = assistant.data("ask", question="counts", params={"thing": "young scientist"})
    assert {"10000", "15000"} <= {c.get("value") for one in data["items"] for c in one["cells"]}
    told = assistant.data("ask", question="supporters", params={"thing": "Zhanatas"})["told"]
    assert "bri-facility:zhanatas-wind-power-plant) 1" in told
    kind = {"kind": "intergovernmental agreement"}
    assert (
        "bri-kind:agreement"
        in assistant.data("ask", question="counts-of-kind", params=kind)["told"]
    )
    actor = {"actor": "Government of China"}
    assert f"({SIDE}) 6" in assistant.data("ask", question="promises", params=actor)["told"]
    told = assistant.data("describe", thing="BRICS", section="not_yet")["told"]
    assert "bri-programme:brics-sti-cooperation) 13, not_yet 13" in told


def test_a_parameter_by_another_name_is_taken_and_told(assistant: Assistant) -> None:
    data = assistant.data("ask", question="members", params={"thing": "ANSO"})
    assert data["items"] and "no parameter" in data["told"]
    data = assistant.data("ask", question="quotations", params={"speaker": "Bai Chunli"})
    assert data["total"] == 1


def test_a_cursor_alone_goes_on(assistant: Assistant) -> None:
    first = assistant.data("describe", thing="CAS")
    rest = assistant.data("describe", cursor=first["next"])
    assert rest["items"] and rest["total"] == first["total"]
