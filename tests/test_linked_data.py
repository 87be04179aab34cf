"""The IRIs of the graph answer at their own path."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pages_here
import pyoxigraph as ox
import pytest
from pages_here import URL, Seen
from starlette.testclient import TestClient

import bri_kg
from bri_kg.knowledge import KnowledgeGraph
from bri_kg.names import BASE, BRI, SHAPES
from bri_kg.web import thing_documents
from bri_kg.web.linked_library import Library
from bri_kg.web.site import Site
from bri_kg.web.site_links import FORMS

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
ADDRESSES = "SELECT ?address { ?source a bri:Source ; schema:url ?address }"
THINGS = (
    "id/org/anso",
    "id/time/2013",
    "id/comparison/action-plan-and-action-program",
    "claim/cas-decade-anso-founders",
    "vocab/factuality",
    "vocab/factuality/achieved",
    "question/cofounders",
)
DOCUMENTS = (
    "source/cas-decade",
    "ontology",
    "ontology/actor",
    "ontology/shapes/claim",
    "ontology/0.3.0",
    "ontology/0.2.0",
    "ontology/actor/0.3.0",
    "shapes",
)
SYNTAXES = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
}


@pytest.fixture(scope="module")
def web(kg: KnowledgeGraph) -> Iterator[TestClient]:
    with pages_here.client(kg) as client:
        yield client


def triples(web: TestClient, path: str, form: str) -> set[ox.Triple]:
    answer = web.get(f"/doc/{path}.{form}")
    assert answer.status_code == 200
    return {quad.triple for quad in ox.parse(answer.content, format=SYNTAXES[form])}


@pytest.mark.parametrize("path", THINGS)
@pytest.mark.parametrize("form", FORMS)
def test_a_thing_leads_to_the_document_that_is_asked_for(
    web: TestClient, path: str, form: str
) -> None:
    answer = web.get(f"/{path}", headers={"Accept": FORMS[form]})
    assert answer.status_code == 303
    assert answer.headers["location"] == f"{URL}/doc/{path}.{form}"
    assert "Accept" in answer.headers["vary"]
    document = web.get(answer.headers["location"])
    assert document.status_code == 200
    assert document.headers["content-type"].partition(";")[0] == FORMS[form]


@pytest.mark.parametrize("path", DOCUMENTS)
def test_what_has_parts_of_its_own_answers_itself(web: TestClient, path: str) -> None:
    answer = web.get(f"/{path}", headers={"Accept": "text/turtle"})
    assert answer.status_code == 200
    assert answer.headers["content-location"] == f"{URL}/doc/{path}.ttl"
    assert {"Accept", "Accept-Language", "Accept-Encoding"} <= {
        name.strip() for name in answer.headers["vary"].split(",")
    }
    page = web.get(f"/{path}", headers={"Accept": "text/html"})
    assert page.status_code == 200
    assert page.headers["content-location"] == f"{URL}/doc/{path}.html"


def test_every_iri_of_the_graph_and_of_the_ontology_is_known(kg: KnowledgeGraph) -> None:
    library = Library(Site(kg, URL, ""))
    quads = kg.guarded.quads.quads_for_pattern(None, None, None, ox.DefaultGraph())
    iris = {
        term.value
        for quad in quads
        for term in (quad.subject, quad.object)
        if isinstance(term, ox.NamedNode) and term.value.startswith(BASE)
    }
    assert len(iris) > 1000
    rooms = ("id/", "claim/", "vocab/", "source/", "ontology")
    for iri in iris:
        path = iri.removeprefix(BASE).partition("#")[0]
        assert path.startswith(rooms), iri
        assert library.known([BASE + path]) == BASE + path


@pytest.mark.parametrize("path", [*THINGS, "source/cas-decade", "ontology/actor", "shapes"])
def test_every_syntax_holds_the_same_triples(web: TestClient, path: str) -> None:
    turtle = triples(web, path, "ttl")
    assert turtle
    assert turtle == triples(web, path, "nt") == triples(web, path, "jsonld")


def test_a_document_holds_claims_passages_and_names(web: TestClient) -> None:
    text = web.get("/doc/id/org/anso.nt").text
    assert f"<{BASE}claim/cas-decade-anso-founders> <{BRI}evidence> <{BASE}source/" in text
    assert "Alliance of International Science Organizations" in text
    assert "Chinese Academy of Sciences" in text, "the name of what it leads to"
    scheme = web.get("/doc/vocab/factuality.nt").text
    assert f"<{BASE}vocab/factuality/planned> <http://www.w3.org/2004/02/skos/core#defin" in scheme


def test_json_ld_begins_with_the_thing_and_needs_nothing_fetched(web: TestClient) -> None:
    document = json.loads(web.get("/doc/id/org/anso.jsonld").content)
    assert isinstance(document["@context"], dict)
    assert document["@graph"][0]["id"] == f"{BASE}id/org/anso"
    assert web.get("/ontology/context.jsonld").json()["@context"]["id"] == "@id"


@pytest.mark.parametrize("accept", ["image/png", "text/html;q=0, image/*"])
def test_what_is_not_to_be_had_is_refused_with_the_list(web: TestClient, accept: str) -> None:
    answer = web.get("/id/org/anso", headers={"Accept": accept})
    assert answer.status_code == 406
    for form in FORMS:
        assert f"{URL}/doc/id/org/anso.{form}" in answer.json()["hint"]


@pytest.mark.parametrize(
    ("path", "near"),
    [
        ("id/org/ansoo", "id/org/anso"),
        ("doc/id/org/ansoo.ttl", "id/org/anso"),
        ("ontology/0.9.0", "ontology/0.3.0"),
        ("question/cofounder", "question/cofounders"),
        ("vocab/factuality/achievd", "vocab/factuality/achieved"),
        ("source/cas-decad", "source/cas-decade"),
    ],
)
def test_what_is_not_known_is_said_in_words_with_the_nearest_name(
    web: TestClient, path: str, near: str
) -> None:
    answer = web.get(f"/{path}")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["hint"] == f"did you mean {URL}/{near}?"
    page = web.get(f"/{path}?lang=zh", headers={"Accept": "text/html"})
    assert page.status_code == 404
    seen = Seen(page.text)
    assert f"{URL}/{near}" in seen.links and "未找到" in seen.text and seen.lang == "zh"


def test_the_start_is_a_page_for_people_and_leads_programs_to_the_description(
    web: TestClient,
) -> None:
    start = web.get("/", headers={"Accept": "text/html"})
    assert start.status_code == 200 and "/questions?lang=en" in Seen(start.text).links
    rdf = web.get("/", headers={"Accept": "text/turtle"})
    assert rdf.status_code == 303 and rdf.headers["location"] == f"{URL}/.well-known/void"


@pytest.mark.parametrize(
    "path", ["id/org/anso", "doc/id/org/anso.ttl", "questions", "openapi.json"]
)
def test_what_is_read_is_not_written(web: TestClient, path: str) -> None:
    answer = web.post(f"/{path}", content=b"x")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS"
    assert answer.headers["content-type"] == "application/problem+json"
    assert web.head(f"/{path}").status_code in (200, 303)


@pytest.mark.parametrize(
    "path", ["id/", "doc/", "doc/.ttl", "doc/id/org/anso", "doc/id/org/anso.pdf", "id/org/%00"]
)
def test_no_such_address_breaks_it(web: TestClient, path: str) -> None:
    assert web.get(f"/{path}").status_code == 404


def test_terms_and_passages_are_anchors_in_their_document(
    web: TestClient, kg: KnowledgeGraph
) -> None:
    store = kg.guarded.quads
    subjects = {
        quad.subject.value
        for quad in store.quads_for_pattern(None, None, None, ox.DefaultGraph())
        if isinstance(quad.subject, ox.NamedNode)
    }
    terms = {iri.removeprefix(BRI) for iri in subjects if iri.startswith(BRI)}
    assert terms and terms <= set(Seen(web.get("/doc/ontology.html").text).anchors)
    source = f"{BASE}source/cas-decade#"
    passages = {iri.removeprefix(source) for iri in subjects if iri.startswith(source)}
    found = [
        anchor
        for anchor in Seen(web.get("/doc/source/cas-decade.html").text).anchors
        if anchor.startswith("char=")
    ]
    assert set(found) == passages and len(found) == len(passages)
    assert found == sorted(found, key=lambda text: [int(n) for n in text[5:].split(",")])
    shapes = web.get("/doc/shapes.nt").text
    named = set(re.findall(rf"^<{re.escape(SHAPES)}([^>]+)>", shapes, re.MULTILINE))
    assert named and named <= set(Seen(web.get("/doc/shapes.html").text).anchors)


def test_signposts_lead_from_the_page_to_the_data_and_back(web: TestClient) -> None:
    page, data = (web.get(f"/doc/id/org/anso.{form}") for form in ("html", "ttl"))
    assert links(page.headers["link"]) == {
        ("cite-as", f"{BASE}id/org/anso"),
        ("canonical", f"{URL}/doc/id/org/anso.html"),
        ("type", "https://schema.org/AboutPage"),
        ("type", "https://schema.org/Organization"),
        ("describedby", f"{URL}/doc/id/org/anso.ttl"),
        ("describedby", f"{URL}/doc/id/org/anso.nt"),
        ("describedby", f"{URL}/doc/id/org/anso.jsonld"),
        ("license", "https://creativecommons.org/licenses/by/4.0/"),
        ("collection", f"{URL}/"),
    }
    back = links(data.headers["link"])
    assert {("describes", f"{URL}/doc/id/org/anso.html"), ("cite-as", f"{BASE}id/org/anso")} <= back
    assert f'<link rel="canonical" href="{URL}/doc/id/org/anso.html">' in page.text


def links(header: str) -> set[tuple[str, str]]:
    return {(rel, target) for target, rel in re.findall(r'<([^>]*)>; rel="([^"]*)"', header)}


def test_a_page_runs_and_fetches_nothing_but_what_is_of_the_site(web: TestClient) -> None:
    for path in (*THINGS, "source/cas-decade", "ontology", "ontology/actor"):
        page = web.get(f"/doc/{path}.html")
        policy = page.headers["content-security-policy"]
        assert policy.startswith("default-src 'none';") and "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy and not re.search(
            r"(script|style|connect)-src (?!'self';)", policy
        )
        seen = Seen(page.text)
        assert not {"style", "img", "iframe", "object"} & set(seen.tags)
        assert not re.search(r"<script(?![^>]* src=\"/assets/)", page.text)
        assert not [name for name in seen.attributes if name.startswith("on") or name == "style"]


def test_pages_speak_the_language_that_is_asked_for(web: TestClient) -> None:
    asked = web.get("/doc/id/org/anso.html?lang=zh")
    liked = web.get("/doc/id/org/anso.html", headers={"Accept-Language": "zh-CN, en;q=0.5"})
    assert asked.text == liked.text and Seen(asked.text).lang == "zh"
    assert "国际科学组织联盟" in asked.text and "主张" in asked.text
    english = web.get("/doc/id/org/anso.html")
    assert Seen(english.text).lang == "en" and english.headers["content-language"] == "en"
    assert "Accept-Language" in english.headers["vary"]
    kept = web.get("/id/org/anso?lang=zh", headers={"Accept": "text/html"})
    assert kept.headers["location"] == f"{URL}/doc/id/org/anso.html?lang=zh"


def test_facts_stand_with_source_offsets_and_how_far_they_have_come(web: TestClient) -> None:
    page = web.get("/doc/id/org/anso.html").text
    assert re.search(r'href="/doc/source/cas-decade[.]html[?][^"]*#char=3036,3249"', page)
    assert "cas-decade 3036–3249" in page and '<span class="mark">achieved</span>' in page
    ahead = web.get("/doc/vocab/factuality/planned.html").text
    assert '<li class="ahead">' in ahead and '<span class="mark ahead">planned</span>' in ahead


@pytest.mark.slow
def test_every_link_is_of_the_site_and_leads_somewhere(kg: KnowledgeGraph) -> None:
    with pages_here.client(kg, "/base") as web:
        seen = Seen(web.get("/base/doc/claim/cas-decade-anso-founders.html").text)
        own = [link for link in seen.links if link.startswith((f"{URL}/base/", "/base/"))]
        others = {link for link in seen.links if link not in own and not link.startswith("#")}
        published = {str(row["address"].value) for row in kg.query(ADDRESSES) if row["address"]}
        assert len(own) > 10
        assert {link.partition("#")[0] for link in others} <= {LICENCE, *published}
        for link in {one.partition("#")[0] for one in own}:
            assert web.get(link).status_code in (200, 303), link
        there = web.get("/base/id/org/anso", headers={"Accept": "text/turtle"})
        assert there.headers["location"] == f"{URL}/base/doc/id/org/anso.ttl"
        assert f"<{BASE}id/org/anso>" in web.get("/base/doc/id/org/anso.nt").text


def test_what_is_held_still_is_not_sent_again_and_is_packed_on_request(web: TestClient) -> None:
    first = web.get("/doc/id/org/anso.nt")
    tag = first.headers["etag"]
    for given in (tag, tag.removeprefix("W/"), f'"x", {tag}', "*"):
        again = web.get("/doc/id/org/anso.nt", headers={"If-None-Match": given})
        assert again.status_code == 304 and not again.content and again.headers["etag"] == tag
    for path in ("id/org/anso.ttl", "id/org/cas.nt"):
        other = web.get(f"/doc/{path}", headers={"If-None-Match": tag})
        assert other.status_code == 200
    with web.stream("GET", "/doc/id/org/anso.nt", headers={"Accept-Encoding": "gzip"}) as packed:
        assert packed.headers["content-encoding"] == "gzip"
        assert gzip.decompress(b"".join(packed.iter_raw())) == first.content


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A store of a user's whose names and labels try what they can."""
    file = tmp_path_factory.mktemp("hostile") / "store.ttl"
    file.write_text(HOSTILE, encoding="utf-8")
    with pages_here.client(bri_kg.open(store=Path(file))) as client:
        yield client


HOSTILE = f"""@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<{BASE}id/org/x.ttl> skos:prefLabel "one with a dot"@en .
<{BASE}id/org/x> skos:prefLabel "</style><script>alert(1)</script>"@en ,
    "\\" onmouseover=\\"alert(1)"@zh ;
  skos:definition "<img src=x onerror=alert(1)>"@en ;
  skos:exactMatch <javascript:alert(1)> , <data:text/html,x> , <{BASE}id/org/中> ;
  skos:related <{BASE}id/org/x'onmouseover='alert(1)> .
<{BASE}id/org/中> a <https://schema.org/Thing\u00e9> .
<{BASE}id/org/a%2Fb> skos:prefLabel "with percents"@en .
"""


def test_a_name_with_a_dot_is_a_name(hostile: TestClient) -> None:
    plain, dotted = (hostile.get(f"/doc/id/org/{name}.ttl") for name in ("x", "x.ttl"))
    assert "script" in plain.text and "one with a dot" in dotted.text
    there = hostile.get("/id/org/x.ttl", headers={"Accept": "text/turtle"})
    assert there.headers["location"] == f"{URL}/doc/id/org/x.ttl.ttl"


def test_names_in_any_script_and_with_percents_are_found(hostile: TestClient) -> None:
    for path in ("%E4%B8%AD", "中", "a%2Fb"):
        there = hostile.get(f"/id/org/{path}", headers={"Accept": "text/turtle"})
        assert there.status_code == 303
        assert hostile.get(there.headers["location"]).status_code == 200


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_nothing_of_a_store_reaches_a_page_but_as_text(hostile: TestClient, lang: str) -> None:
    page = hostile.get(f"/doc/id/org/x.html?lang={lang}")
    seen = Seen(page.text)
    assert "img" not in seen.tags and "onmouseover" not in seen.attributes
    assert not re.search(r"<script(?![^>]* src=\"/assets/)", page.text)
    assert not [link for link in seen.links if not link.startswith((URL, "/", "https://", "#"))]
    assert page.headers["link"].isascii()
    assert "javascript:alert(1)" in seen.text, "it stands there, as text"


def test_of_a_thing_with_very_much_there_are_the_first_triples(
    kg: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(thing_documents, "MOST", 50)
    monkeypatch.setattr(thing_documents, "MOST_TOLD", 40)
    with pages_here.client(kg) as web:
        answer = web.get("/doc/id/org/anso.nt")
        assert len(answer.text.splitlines()) == 50 and "first" in answer.headers["bri-kg-cut"]
        page = web.get("/doc/id/org/anso.html")
        assert page.status_code == 200 and "bri-kg-cut" in page.headers
        assert page.text.count("<li>") < 45, "the triples, and the ways to other forms"
        assert "bri-kg-cut" not in web.get("/doc/id/time/2013.nt").headers
