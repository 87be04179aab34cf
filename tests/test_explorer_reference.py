"""The reference on the server: every term, concept, shape, check and rule stands on a page that is small."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pages_here
import pytest
from pages_here import URL, Seen
from starlette.testclient import TestClient

from bri_kg.checking.checks import read_checks
from bri_kg.knowledge import KnowledgeGraph
from bri_kg.names import BASE, expand
from bri_kg.publishing.pages import Reference, read_reference
from bri_kg.web.explorer.page import Page
from bri_kg.web.explorer.page_addresses import Served
from bri_kg.web.explorer.reference import reference_keys
from bri_kg.web.site import Site

LANGUAGES = ("en", "zh")
MOST = 100_000


@pytest.fixture(scope="module")
def web(kg: KnowledgeGraph) -> Iterator[TestClient]:
    with pages_here.client(kg) as client:
        yield client


@pytest.fixture(scope="module", params=LANGUAGES)
def reference(request: pytest.FixtureRequest, kg: KnowledgeGraph) -> Reference:
    return read_reference(kg.resources, request.param)


@pytest.fixture(scope="module")
def keys(kg: KnowledgeGraph) -> tuple[str, ...]:
    site = Site(kg, URL, "a-release")
    return tuple(reference_keys(site, Page(Served(URL, "en"), "en")))


def text_of(web: TestClient, key: str, lang: str) -> str:
    answer = web.get(f"/{key}?lang={lang}")
    assert answer.status_code == 200, key
    assert len(answer.content) < MOST, key
    return answer.text


def test_the_first_page_leads_to_all_of_it(
    web: TestClient, reference: Reference, keys: tuple[str, ...]
) -> None:
    html = text_of(web, "reference", reference.language)
    links = {link.partition("?")[0].partition("#")[0] for link in Seen(html).links}
    for module in reference.modules:
        assert f"/reference/modules/{module.name}" in links
        assert module.abstract.split("'")[0] in html
    assert {f"/{key}" for key in keys if not key.rpartition("/")[2].isdigit()} <= links
    assert len(keys) > 30


def test_every_term_stands_in_its_module_with_its_definition(
    web: TestClient, reference: Reference
) -> None:
    for module in reference.modules:
        seen = Seen(text_of(web, f"reference/modules/{module.name}", reference.language))
        for term in module.terms:
            assert term.name.partition(":")[2] in seen.anchors
            assert term.definition in seen.text
            assert any(f"/terms/{term.name.partition(':')[2]}?" in link for link in seen.links)


def test_every_concept_stands_once_in_its_vocabulary_below_its_broader(
    web: TestClient, reference: Reference, keys: tuple[str, ...]
) -> None:
    for scheme in reference.schemes:
        name = scheme.name.removeprefix("vocab/")
        of = [key for key in keys if re.fullmatch(rf"reference/vocabularies/{name}(/\d+)?", key)]
        html = "".join(text_of(web, key, reference.language) for key in of)
        order = re.findall(r'<li id="[^"]+" class="deep-(\d)"><a href="([^"?]+)', html)
        places = {
            BASE + path.removeprefix("/doc/").removesuffix(".html"): i
            for i, (_, path) in enumerate(order)
        }
        assert len(order) == len(places) == len(scheme.concepts), name
        for concept in scheme.concepts:
            place = places[expand(concept.name) or ""]
            above = [
                places[expand(b) or ""] for b in concept.broader if (expand(b) or "") in places
            ]
            assert all(one < place for one in above) or len(above) > 1
            assert bool(above) == (order[place][0] != "0"), concept.name


def test_shapes_checks_and_rules_say_what_they_ask(
    web: TestClient, reference: Reference, keys: tuple[str, ...], kg: KnowledgeGraph
) -> None:
    lang = reference.language
    of = [key for key in keys if key.startswith("reference/shapes")]
    shapes = "".join(Seen(text_of(web, key, lang)).text for key in of)
    for module in reference.modules:
        for term in module.terms:
            assert all(one.message in shapes for one in term.constraints), term.name
    checks = Seen(text_of(web, "reference/checks", lang)).text
    for room in ("claims", "facts", "ontology", "candidates"):
        for check in read_checks(kg.resources, room):
            assert check.name in checks and check.wording(lang) in checks
    rules = Seen(text_of(web, "reference/rules", lang)).text
    for path in kg.resources.query_files("facts"):
        assert path.stem in rules


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", ["ontology", "shapes", "ontology/0.2.0"])
def test_a_big_document_is_an_index_with_an_anchor_for_every_term(
    web: TestClient, kg: KnowledgeGraph, name: str, lang: str
) -> None:
    seen = Seen(text_of(web, f"doc/{name}.html", lang))
    assert len(seen.anchors) == len(set(seen.anchors))
    graph = web.get(f"/doc/{name}.nt").text
    space = "shapes" if name == "shapes" else "ontology"
    defined = set(re.findall(rf"^<{BASE}{space}#([^>]+)> <[^>]+#type>", graph, re.M))
    assert len(defined) > 100
    assert defined <= set(seen.anchors)
    if name == "shapes":
        assert sum("/reference/shapes" in link for link in seen.links) > 100
    else:
        assert sum("/terms/" in link for link in seen.links) > 100


def test_what_is_in_no_reference_is_told_with_the_nearest(web: TestClient) -> None:
    for key, near in (("modules/actors", "actor"), ("vocabularies/factualty", "factuality")):
        answer = web.get(f"/reference/{key}?lang=en")
        assert answer.status_code == 400
        assert "BRI905" in answer.text and near in answer.text
