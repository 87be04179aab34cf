"""Stored questions over HTTP, and their description."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pages_here
import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator
from pages_here import URL, Seen
from running import Cli
from starlette.requests import Request
from starlette.responses import Response
from starlette.testclient import TestClient

from bri_kg.knowledge import KnowledgeGraph
from bri_kg.rdf.row_formats import write_rows
from bri_kg.web.openapi import PATH
from bri_kg.web.openapi_endpoint import endpoint_paths
from bri_kg.web.problems import ProblemError
from bri_kg.web.refusals import in_thread
from bri_kg.web.turns import Turns

TYPES = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
}


@pytest.fixture(scope="module")
def web(kg: KnowledgeGraph) -> Iterator[TestClient]:
    with pages_here.client(kg) as client:
        yield client


def test_every_question_gives_the_rows_that_the_graph_gives(
    web: TestClient, kg: KnowledgeGraph
) -> None:
    assert len(kg.questions) > 100
    for name in kg.questions:
        answer = web.get(f"/questions/{name}?format=csv")
        assert answer.status_code == 200, name
        assert answer.content == write_rows(kg.ask(name), "csv").encode(), name


@pytest.mark.slow
def test_every_question_gives_the_bytes_of_the_command_line(
    web: TestClient, kg: KnowledgeGraph, cli: Cli, tmp_path: Path
) -> None:
    for name in kg.questions:
        file = tmp_path / f"{name}.json"
        assert cli("ask", name, "-o", str(file)).returncode == 0
        assert web.get(f"/questions/{name}?format=json").content == file.read_bytes(), name


def test_an_answer_is_that_of_the_command_line(web: TestClient, cli: Cli, tmp_path: Path) -> None:
    for form in TYPES:
        file = tmp_path / f"answer.{form}"
        cli("ask", "cofounders", "--param", "partner=UNESCO", "-l", "zh", "-o", str(file))
        answer = web.get(f"/questions/cofounders?partner=UNESCO&lang=zh&format={form}")
        assert answer.content == file.read_bytes()
        assert "中国科学院" in answer.text


@pytest.mark.parametrize(("form", "media_type"), TYPES.items())
def test_the_format_is_negotiated_or_named(web: TestClient, form: str, media_type: str) -> None:
    named = web.get(f"/questions/cofounders?format={form}")
    liked = web.get("/questions/cofounders", headers={"Accept": media_type})
    assert named.content == liked.content
    for answer in (named, liked):
        assert answer.headers["content-type"].partition(";")[0] == media_type
        assert {"Accept", "Accept-Language"} <= set(answer.headers["vary"].split(", "))


def test_the_language_is_that_of_the_client(web: TestClient) -> None:
    answer = web.get("/questions/cofounders?format=csv", headers={"Accept-Language": "zh"})
    assert "俄罗斯科学院" in answer.text and answer.headers["content-language"] == "zh"


@pytest.mark.parametrize(
    ("asked", "status", "code", "hint"),
    [
        ("cofounder", 404, "BRI110", "did you mean 'cofounders'?"),
        ("cofounders?partnr=UNESCO", 400, "BRI111", "did you mean 'partner'?"),
        ("cofounders?partner=UNESC", 400, "BRI120", "did you mean 'UNESCO'?"),
        ("cofounders?partner=bri-place:china", 400, "BRI122", "bri-org:government-of-china"),
        ("cofounders?partner=a&partner=b", 400, "BRI115", "once"),
        ("cofounders?format=xlsx", 400, "BRI202", "json, xml, csv, tsv"),
        ("cofounders?lang=fr", 400, "BRI124", "en or zh"),
        ("cofounders?limit=0", 400, "BRI125", "leave it out"),
        ("cofounders?limit=1e3", 400, "BRI125", "leave it out"),
        ("cofounders/choices/partnr", 404, "BRI111", "did you mean 'partner'?"),
        ("cofounders?partner=Some+words+of+a+name", 400, "BRI120", "exact name"),
    ],
)
def test_what_is_wrong_is_said_with_how_to_mend_it(
    web: TestClient, asked: str, status: int, code: str, hint: str
) -> None:
    answer = web.get(f"/questions/{asked}")
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert (told["status"], told["code"]) == (status, code)
    assert hint in told["hint"]
    assert "bri-kg " not in told["hint"], "a command is of no use over HTTP"


def test_a_format_that_there_is_not_is_refused_with_the_list(web: TestClient) -> None:
    answer = web.get("/questions/cofounders", headers={"Accept": "image/png"})
    assert answer.status_code == 406
    assert all(media_type in answer.json()["hint"] for media_type in TYPES.values())
    assert web.get("/questions", headers={"Accept": "image/png"}).status_code == 406


def test_an_answer_has_a_tag_of_all_that_it_depends_on(web: TestClient) -> None:
    asked = (
        "cofounders",
        "cofounders?partner=UNESCO",
        "cofounders?lang=zh",
        "cofounders?limit=1",
        "cofounders?format=csv",
        "founders",
    )
    tags = [web.get(f"/questions/{one}").headers["etag"] for one in asked]
    assert len(set(tags)) == len(tags)
    again = web.get("/questions/cofounders", headers={"If-None-Match": tags[0]})
    assert again.status_code == 304 and not again.content


def test_a_limit_cuts_and_says_so(web: TestClient) -> None:
    answer = web.get("/questions/cofounders?limit=1")
    assert len(answer.json()["results"]["bindings"]) == 1
    assert answer.headers["bri-kg-cut"] == "the first 1 rows only"
    assert "bri-kg-cut" not in web.get("/questions/cofounders").headers


def test_the_list_says_what_every_question_takes(web: TestClient, kg: KnowledgeGraph) -> None:
    listed = {one["name"]: one for one in web.get("/questions").json()}
    assert listed.keys() == kg.questions.keys()
    one = listed["cofounders"]
    assert one["address"] == f"{URL}/questions/cofounders"
    assert set(one["summary"]) == {"en", "zh"}
    partner = next(p for p in one["parameters"] if p["name"] == "partner")
    assert partner["class"] == "bri:Organization" and partner["default"] == "bri-org:cas"
    assert partner["label"].keys() == {"en", "zh"}
    choices = web.get(partner["choices"] + "?lang=zh").json()
    assert {"value": "bri-org:cas", "label": "中国科学院"} in choices["choices"]
    assert choices["complete"]


def test_what_a_parameter_may_be_can_be_asked_with(web: TestClient) -> None:
    for question in web.get("/questions").json():
        for parameter in question["parameters"]:
            found = web.get(parameter["choices"]).json()["choices"]
            values = [one["value"] for one in found]
            if parameter["class"] and parameter["class"] not in ("bri:Passage", "owl:Class"):
                assert parameter["default"] in values, (question["name"], parameter["name"])
    assert web.get("/questions/cofounders?format=csv&partner=bri-org:unesco").status_code == 200


def test_the_list_is_a_page_too(web: TestClient) -> None:
    page = web.get("/questions?lang=zh", headers={"Accept": "text/html"})
    seen = Seen(page.text)
    assert seen.lang == "zh" and "cofounders" in seen.anchors
    assert "/questions/cofounders?lang=zh" in seen.links
    assert "default-src 'none'" in page.headers["content-security-policy"]


@pytest.fixture(scope="module")
def described(web: TestClient) -> dict[str, Any]:
    answer = web.get(PATH)
    assert answer.status_code == 200
    document: dict[str, Any] = json.loads(answer.content)
    return document


def test_the_description_follows_openapi(described: dict[str, Any]) -> None:
    OpenAPIV31SpecValidator(described).validate()
    names = [one["operationId"] for path in described["paths"].values() for one in path.values()]
    assert len(set(names)) == len(names)


@pytest.mark.slow
def test_every_example_is_answered(web: TestClient, described: dict[str, Any]) -> None:
    of_all = described["components"]["parameters"]
    for path in described["paths"].keys() - endpoint_paths().keys():
        item = described["paths"][path]
        address, query = path, {}
        for parameter in item["get"].get("parameters", ()):
            if "$ref" in parameter:
                parameter = of_all[parameter["$ref"].rpartition("/")[2]]
            if parameter["in"] == "path":
                address = address.replace(f"{{{parameter['name']}}}", parameter["example"])
            elif "example" in parameter:
                query[parameter["name"]] = parameter["example"]
        answer = web.get(address, params={key: str(value) for key, value in query.items()})
        given = answer.status_code
        assert given in (200, 303) and str(given) in item["get"]["responses"], (address, given)
        if given == 200:
            media_type = answer.headers["content-type"].partition(";")[0]
            assert media_type in item["get"]["responses"]["200"]["content"], (address, media_type)


def test_where_too_many_questions_wait_the_next_is_told_to_come_again() -> None:
    turns: Turns[int] = Turns(0)
    request = Request({"type": "http", "client": ("a", 1)})
    with pytest.raises(ProblemError) as refused:
        asyncio.run(in_thread(turns, lambda _: Response(), request))
    assert (refused.value.status, "Retry-After" in refused.value.headers) == (503, True)
    turns.give(1)
    for _ in range(2):  # a thread that has answered is free again
        assert asyncio.run(in_thread(turns, lambda _: Response(), request)).status_code == 200
