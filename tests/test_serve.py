"""The endpoint as a client sees it: formats, caching, problems. In this process; its worker is a real one."""

from __future__ import annotations

import csv
import gzip
import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import httpx
import pyoxigraph as ox
import pytest
from serving import FOR_AN_HOUR, InProcess, in_process

from bri_kg.cli.main import main
from bri_kg.web.negotiation import GRAPH_OFFERS, ROW_OFFERS, language, taken, takes_gzip

ALL = "SELECT ?s ?o { ?s <http://example.org/p> ?o } ORDER BY ?s ?o"
FORMATS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/trig": ox.RdfFormat.TRIG,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[InProcess]:
    with in_process(
        tmp_path_factory.mktemp("serve"), rows=1000, answer=400_000, largest_request=8000
    ) as made:
        yield made


def refused(response: httpx.Response, status: int, code: str) -> dict[str, object]:
    assert (response.status_code, response.json()["code"]) == (status, code), response.text
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["cache-control"] == "no-store"
    problem = response.json()
    assert isinstance(problem, dict) and problem["type"] == "about:blank"
    return problem


def test_rows_are_the_same_in_every_format(server: InProcess) -> None:
    found = server.ask(ALL).json()["results"]["bindings"]
    cells = [[row["s"]["value"], row["o"]["value"]] for row in found]
    assert len(cells) == 4
    assert list(csv.reader(io.StringIO(server.ask(ALL, "text/csv").text)))[1:] == cells
    lines = server.ask(ALL, "text/tab-separated-values").text.splitlines()
    assert lines[0] == "?s\t?o"
    assert '<http://example.org/a>\t"two"@en' in lines
    tree = ElementTree.fromstring(server.ask(ALL, "application/sparql-results+xml").text)
    assert len(tree.findall(".//{*}result")) == len(cells)


def test_what_a_format_gives_another_meaning_is_written_so_that_it_keeps_its_own(
    server: InProcess,
) -> None:
    query = 'SELECT (<http://e/a,b> AS ?x) ("c\\r\\"d" AS ?y) {}'
    assert list(csv.reader(io.StringIO(server.ask(query, "text/csv").text, newline=""))) == [
        ["x", "y"],
        ["http://e/a,b", 'c\r"d'],
    ]
    tree = ElementTree.fromstring(server.ask(query, "text/xml").content)
    assert [node.text for node in tree.iter("{http://www.w3.org/2005/sparql-results#}literal")] == [
        'c\r"d'
    ]


def test_a_graph_is_the_same_in_every_format(server: InProcess) -> None:
    graphs = []
    for media_type, syntax in FORMATS.items():
        response = server.ask("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }", media_type)
        assert response.headers["content-type"].startswith(media_type)
        graphs.append({quad.triple for quad in ox.parse(response.content, syntax)})
    assert len(graphs[0]) == 5
    assert all(graph == graphs[0] for graph in graphs)


def test_the_columns_of_a_star_stand_as_they_were_written(server: InProcess) -> None:
    text = server.ask("SELECT * { ?zebra <http://example.org/p> ?ape }", "text/csv").text
    assert text.startswith("zebra,ape\r\n")


@pytest.mark.parametrize(
    ("accept", "wanted"),
    [
        (None, "application/sparql-results+json"),
        ("", "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("text/*", "text/xml"),
        ("text/csv;q=0.5, application/xml;q=0.9", "application/xml"),
        ("application/json", "application/json"),
        ("*/*;q=0.1, text/csv", "text/csv"),
        ("application/sparql-results+json;q=0, */*", "application/json"),
        ("TEXT/CSV ; charset=utf-8 ; Q=1.0", "text/csv"),
        ("text/csv;q=2", "text/csv"),
        ("text/html", None),
        ("*/*;q=0", None),
    ],
)
def test_the_best_format_is_taken(accept: str | None, wanted: str | None) -> None:
    offer = taken(accept, ROW_OFFERS)
    assert (offer and offer.media_type) == wanted


def test_what_a_browser_accepts_shows_something() -> None:
    accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    assert taken(accept, ROW_OFFERS) is not None
    assert taken(accept, GRAPH_OFFERS) is not None


def test_encodings_and_languages_are_weighed() -> None:
    assert takes_gzip("br, gzip")
    assert takes_gzip("*")
    assert not takes_gzip("gzip;q=0, *")
    assert not takes_gzip(None)
    assert language("zh-CN,zh;q=0.9,en;q=0.8", ("en", "zh")) == "zh"
    assert language("de", ("en", "zh")) == "en"


def test_what_cannot_be_given_is_refused_with_the_list(server: InProcess) -> None:
    problem = refused(server.ask(ALL, "text/html"), 406, "BRI802")
    assert "text/csv" in str(problem["hint"])
    refused(server.ask(ALL, "text/turtle"), 406, "BRI802")
    refused(server.ask("DESCRIBE <http://example.org/a>", "text/csv"), 406, "BRI802")


def test_a_syntax_error_has_its_place_and_a_hint(server: InProcess) -> None:
    problem = refused(server.ask("SELECT ?s {\n  ?s foa:name ?o }"), 400, "BRI103")
    assert (problem["line"], problem["column"]) == (2, 6)
    assert problem["hint"]
    assert problem["title"] == "Bad Request"


def test_problems_speak_chinese_to_whoever_asks_so(server: InProcess) -> None:
    response = server.ask("DROP ALL", accept_language="zh-CN")
    assert response.headers["content-language"] == "zh"
    assert any("\u4e00" <= sign <= "\u9fff" for sign in response.json()["detail"])


def test_an_answer_is_known_again_by_its_tag(server: InProcess) -> None:
    first = server.ask(ALL)
    tag = first.headers["etag"]
    assert "Accept" in first.headers["vary"]
    again = server.ask(ALL, if_none_match=tag)
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert server.ask(ALL, if_none_match=f'"other", {tag}').status_code == 304
    assert server.ask(ALL, "text/csv", if_none_match=tag).status_code == 200
    assert server.ask(f"{ALL} LIMIT 1", if_none_match=tag).status_code == 200


def test_what_differs_each_time_is_kept_by_nobody(server: InProcess) -> None:
    query = "SELECT (STRUUID() AS ?u) {}"
    first, second = server.ask(query), server.ask(query)
    assert first.text != second.text
    assert "etag" not in first.headers
    assert first.headers["cache-control"] == "no-store"
    hidden = "SELECT (\\u0052AND() AS ?u) {}"
    assert "etag" not in server.ask(hidden).headers


def test_a_repeated_question_asks_no_worker(server: InProcess) -> None:
    query = f"{ALL} OFFSET 1"
    first, second = server.ask(query), server.ask(query)
    assert first.content == second.content
    assert [line["cached"] for line in server.lines[-2:]] == [False, True]


def test_large_answers_are_packed_for_whoever_takes_it(server: InProcess) -> None:
    query = "SELECT ?v { VALUES ?v { " + " ".join(f'"value {n}"' for n in range(200)) + " } }"
    plain = server.ask(query, accept_encoding="identity")
    packed = server.ask(query, accept_encoding="gzip")
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.json() == plain.json()  # httpx unpacks it
    assert int(packed.headers["content-length"]) < int(plain.headers["content-length"])
    assert packed.headers["etag"] != plain.headers["etag"]


def test_head_says_what_get_would_say(server: InProcess) -> None:
    got = server.ask(ALL)
    head = server.request("HEAD", "/sparql", params={"query": ALL})
    assert head.content == b""
    for name in ("content-length", "content-type", "etag"):
        assert head.headers[name] == got.headers[name]


def test_pages_of_other_places_may_ask_without_credentials(server: InProcess) -> None:
    preflight = server.request("OPTIONS", "/sparql", headers={"origin": "https://example.org"})
    assert preflight.status_code == 204
    for response in (preflight, server.ask(ALL), server.ask("nonsense")):
        assert response.headers["access-control-allow-origin"] == "*"
        assert "access-control-allow-credentials" not in response.headers
        assert response.headers["x-content-type-options"] == "nosniff"
        exposed = response.headers["access-control-expose-headers"].split(", ")
        assert {"BRI-KG-Cut", "BRI-KG-Release"} <= set(exposed)


def test_more_rows_than_may_be_are_an_error_and_no_part(server: InProcess) -> None:
    thousand = "VALUES ?a { 1 2 3 4 5 6 7 8 9 0 } VALUES ?b { 1 2 3 4 5 6 7 8 9 0 } VALUES ?c { 1 2 3 4 5 6 7 8 9 0 }"
    for accept in ("application/json", "text/csv", "text/tab-separated-values", "text/xml"):
        whole = server.ask(f"SELECT ?a ?b ?c {{ {thousand} }}", accept)
        assert whole.status_code == 200
        more = f"SELECT ?a ?b ?c {{ {thousand} VALUES ?d {{ 1 2 }} }} LIMIT 1001"
        refused(server.ask(more, accept), 422, "BRI803")
    star = f"SELECT * {{ {{ {thousand} VALUES ?d {{ 1 2 }} }} }}"
    refused(server.ask(star), 422, "BRI803")
    bound = "BIND (CONCAT(STR(?a), STR(?b), STR(?c), STR(?d)) AS ?x)"
    where = f"{{ {thousand} VALUES ?d {{ 1 2 }} {bound} }}"
    triples = f"CONSTRUCT {{ <http://e/> <http://e/> ?x }} WHERE {where}"
    refused(server.ask(triples), 422, "BRI803")


def test_more_bytes_than_may_be_are_an_error_and_no_part(server: InProcess) -> None:
    text = '"' + "x" * 3000 + '"'
    query = f"SELECT ({text} AS ?x) {{ VALUES ?a {{ {' '.join(map(str, range(200)))} }} }}"
    response = server.request("POST", "/sparql", data={"query": query})
    refused(response, 422, "BRI804")


def test_a_body_that_is_too_large_is_not_read(server: InProcess) -> None:
    response = server.request("POST", "/sparql", data={"query": "ASK {}" + " " * 9000})
    refused(response, 413, "BRI809")


def test_xml_is_refused_what_it_cannot_hold(server: InProcess) -> None:
    query = 'SELECT ("a\\u0001b" AS ?x) {}'
    assert server.ask(query).json()["results"]["bindings"][0]["x"]["value"] == "a\x01b"
    refused(server.ask(query, "text/xml"), 400, "BRI203")


def test_a_hundred_rows_without_values_are_counted_as_they_are(server: InProcess) -> None:
    response = server.ask("SELECT ?x { VALUES ?y { 1 2 3 } }")
    assert len(response.json()["results"]["bindings"]) == 3


def test_graphs_are_chosen_and_never_fetched(server: InProcess) -> None:
    data = "http://kasei.us/2009/09/sparql/data/data1.rdf"
    assert server.ask(f"ASK FROM <{data}> {{ ?s a ?t }}").json()["boolean"] is True
    assert (
        server.ask(f"ASK FROM <{data}> {{ ?s <http://example.org/p> ?t }}").json()["boolean"]
        is False
    )
    problem = refused(server.ask("ASK FROM <http://example.org/none> { ?s a ?t }"), 403, "BRI303")
    assert "http://example.org/none" in str(problem["detail"])
    response = server.get(params={"query": "ASK { ?s ?p ?o }", "default-graph-uri": "none"})
    refused(response, 400, "BRI800")


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("/sparql", "http://www.w3.org/ns/sparql-service-description#endpoint"),
        ("/.well-known/void", "http://rdfs.org/ns/void#triples"),
        ("/.well-known/sparql-examples", "http://www.w3.org/ns/shacl#select"),
    ],
)
def test_the_server_describes_itself(server: InProcess, path: str, wanted: str) -> None:
    counts = set()
    for media_type, syntax in list(FORMATS.items())[:2]:
        response = server.get(path, headers={"accept": media_type})
        assert response.headers["content-type"].startswith(media_type)
        quads = list(ox.parse(response.content, syntax))
        assert any(quad.predicate.value == wanted for quad in quads)
        counts.add(len(quads))
    assert len(counts) == 1
    refused(server.get(path, headers={"accept": "image/png"}), 406, "BRI802")


def test_health_asks_the_store(server: InProcess) -> None:
    response = server.get("/health")
    assert (response.status_code, response.json()["status"]) == (200, "ok")
    assert response.json()["release"] == response.json()["release"].lower()


def test_what_is_not_there_is_said(server: InProcess) -> None:
    for path in ("/nothing", "/sparql/x", "/%2e%2e/etc/passwd", "/..%2f..%2fetc/passwd"):
        refused(server.get(path), 404, "BRI813")
    problem = refused(server.request("DELETE", "/sparql"), 405, "BRI807")
    assert "POST" in str(problem["detail"])


def test_every_request_is_one_line_of_json(server: InProcess) -> None:
    server.ask("ASK {}", user_agent='x", "status": 200}')
    line = server.lines[-1]
    assert {"time", "client", "method", "path", "status", "bytes", "ms", "agent"} <= line.keys()
    assert "\n" not in json.dumps(line)


def test_an_address_below_a_path_works_whether_or_not_the_proxy_cuts_it(
    server: InProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server.server._door, "_base", "/base")
    assert server.get("/base/sparql", params={"query": "ASK {}"}).status_code == 200
    assert server.get("/sparql", params={"query": "ASK {}"}).status_code == 200
    assert server.get("/basement/sparql", params={"query": "ASK {}"}).status_code == 404


def test_a_slow_query_is_stopped_and_says_so(tmp_path: Path) -> None:
    with in_process(tmp_path, seconds=1.0) as server:
        problem = refused(server.ask(FOR_AN_HOUR), 504, "BRI801")
        assert "1 seconds" in str(problem["detail"])
        assert server.ask("ASK {}").json()["boolean"] is True


def test_what_would_fill_the_memory_is_stopped(tmp_path: Path) -> None:
    hundred = " ".join(f'"{"x" * 900}{number}"' for number in range(100))
    values = " ".join(f"VALUES ?v{number} {{ {hundred} }}" for number in range(4))
    query = f"SELECT ?x {{ {values} BIND (CONCAT(?v0, ?v1, ?v2, ?v3) AS ?x) }} ORDER BY ?x"
    with in_process(tmp_path, memory=100_000_000) as server:
        refused(server.request("POST", "/sparql", data={"query": query}), 507, "BRI805")
        assert server.ask("ASK {}").json()["boolean"] is True


def test_gzip_of_a_request_is_not_unpacked(server: InProcess) -> None:
    response = server.request(
        "POST",
        "/sparql",
        content=gzip.compress(b"ASK {}" + b" " * 1_000_000),
        headers={"content-type": "application/sparql-query", "content-encoding": "gzip"},
    )
    refused(response, 415, "BRI808")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--store", "http://127.0.0.1:1/sparql"], "BRI821"),
        (["--public-url", "example.org"], "BRI823"),
        (["--public-url", "https://example.org/?x"], "BRI823"),
        (["--port", "70000"], "BRI822"),
        (["--host", "192.0.2.1"], "BRI822"),
        (["--store", "nowhere"], "BRI269"),
        (["--port", "x"], "BRI100"),
    ],
)
def test_what_cannot_be_served_is_said(
    arguments: list[str], code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["serve", *arguments]) == 2
    assert f"error[{code}]" in capsys.readouterr().err


def test_a_bound_that_is_no_number_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BRI_KG_SERVE_SECONDS", "soon")
    assert main(["serve"]) == 2
    assert "BRI_KG_SERVE_SECONDS" in capsys.readouterr().err


def test_without_its_packages_the_verb_says_how_to_install_them(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delitem(sys.modules, "bri_kg.web.running_server", raising=False)
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    assert main(["serve"]) == 2
    told = capsys.readouterr().err
    assert "error[BRI820]" in told and "uvicorn" in told and "pip install" in told
