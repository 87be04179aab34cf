"""The protocol and service description tests of the W3C for SPARQL 1.1, on a server in a process of its own.

What was transcribed from `sparql/sparql11/protocol/manifest.ttl` of w3c/rdf-tests: name, method, path, media type
and body of every request, and what its answer must be. Of the 34 tests, 20 are of queries and must pass; 14 change
data, and a server that only reads must refuse each of their updates with 4xx. Only the first request of those is
made: the queries after it ask what the update did. `http-rdf-update` is another protocol, which is not offered.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import httpx
import pyoxigraph as ox
import pytest
from serving import DATA, W3C_DATA, Running, serving

FORM, QUERY = "application/x-www-form-urlencoded", "application/sparql-query"
UPDATE = "application/sparql-update"
D0, D1, D2, D3 = (f"{W3C_DATA}{number}.rdf" for number in range(4))
SD = "http://www.w3.org/ns/sparql-service-description#"
ROW_TYPES = {
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
}
RDF_TYPES = {"text/turtle", "application/rdf+xml", "application/n-triples"}
BOOLEAN_TYPES = {"application/sparql-results+json", "application/sparql-results+xml"}


def graphs(**names: list[str]) -> str:
    return "&".join(f"{name}-graph-uri={quote(iri, '')}" for name in names for iri in names[name])


TWO_TYPES = f"ASK {{ <{D1}> a ?type . <{D2}> a ?type . }}"
TWO_GRAPHS = f"GRAPH ?g1 {{ <{D1}> a ?type }} GRAPH ?g2 {{ <{D2}> a ?type }}"
NOWHERE = graphs(default=[D0])
BOTH = graphs(default=[D1, D2])
NAMED = graphs(named=[D1, D2])

# name, method, query string, media type and body, and what is wanted: True for the answer to ASK, or a kind of answer.
GOOD = [
    ("query_post_form", "POST", NOWHERE, FORM, "query=ASK%20%7B%7D", True),
    ("query_dataset_default_graphs_get", "GET", f"query={quote(TWO_TYPES)}&{BOTH}", "", "", True),
    ("query_dataset_default_graphs_post", "POST", BOTH, QUERY, TWO_TYPES, True),
    ("query_dataset_named_graphs_post", "POST", NAMED, QUERY, f"ASK {{ {TWO_GRAPHS} }}", True),
    ("query_dataset_named_graphs_get", "GET", f"query={quote(f'ASK {{ {TWO_GRAPHS} }}')}&{NAMED}", "", "", True),
    (
        "query_dataset_full",
        "POST",
        graphs(default=[D3], named=[D1, D2]),
        QUERY,
        f"ASK {{\n  <{D3}> a ?type\n  {TWO_GRAPHS}\n}}",
        True,
    ),
    ("query_multiple_dataset", "POST", NAMED, QUERY, f"ASK FROM <{D3}> {{ {TWO_GRAPHS} }}", True),
    ("query_get", "GET", f"query=ASK%20%7B%7D&{NOWHERE}", "", "", True),
    ("query_content_type_select", "POST", NOWHERE, QUERY, "SELECT (1 AS ?value) {}", ROW_TYPES),
    ("query_content_type_ask", "POST", NOWHERE, QUERY, "ASK {}", BOOLEAN_TYPES),
    ("query_content_type_describe", "POST", NOWHERE, QUERY, "DESCRIBE <http://example.org/>", RDF_TYPES),
    (
        "query_content_type_construct",
        "POST",
        NOWHERE,
        QUERY,
        "CONSTRUCT { <s> <p> 1 } WHERE {}",
        RDF_TYPES,
    ),
    ("query_post_direct", "POST", "", QUERY, "ASK {}", True),
]  # fmt: skip
BAD = [
    ("bad_query_method", "PUT", f"query=ASK%20%7B%7D&{NOWHERE}", FORM, "", "utf-8"),
    ("bad_multiple_queries", "GET", "query=ASK%20%7B%7D&query=SELECT%20%2A%20%7B%7D", "", "", "utf-8"),
    ("bad_query_wrong_media_type", "POST", "", "text/plain", "ASK {}", "utf-8"),
    ("bad_query_missing_form_type", "POST", "", "", "query=ASK%20%7B%7D", "utf-8"),
    ("bad_query_missing_direct_type", "POST", "", "", "ASK {}", "utf-8"),
    ("bad_query_non_utf8", "POST", "", f"{QUERY}; charset=UTF-16", "ASK {}", "utf-16"),
    ("bad_query_syntax", "GET", "query=ASK%20%7B", "", "", "utf-8"),
]  # fmt: skip
INSERT = "DROP ALL ; INSERT DATA { GRAPH <http://example.org/g> { <http://example.org/s> <http://example.org/p> 1 } }"
UPDATES = [
    ("update_dataset_default_graph", "POST", f"using-graph-uri={quote(D1, '')}", UPDATE, INSERT, "utf-8"),
    (
        "update_dataset_default_graphs",
        "POST",
        f"using-graph-uri={quote(D1, '')}&using-graph-uri={quote(D2, '')}",
        UPDATE,
        INSERT,
        "utf-8",
    ),
    ("update_dataset_named_graphs", "POST", f"using-named-graph-uri={quote(D1, '')}", UPDATE, INSERT, "utf-8"),
    (
        "update_dataset_full",
        "POST",
        f"using-graph-uri={quote(D1, '')}&using-named-graph-uri={quote(D2, '')}",
        UPDATE,
        INSERT,
        "utf-8",
    ),
    ("update_post_form", "POST", "", FORM, "update=CLEAR+ALL", "utf-8"),
    ("update_post_direct", "POST", "", UPDATE, "CLEAR ALL", "utf-8"),
    ("update_base_uri", "POST", "", UPDATE, INSERT, "utf-8"),
    ("bad_update_get", "GET", "update=CLEAR%20ALL", "", "", "utf-8"),
    ("bad_multiple_updates", "POST", "", FORM, "update=CLEAR%20NAMED&update=CLEAR%20DEFAULT", "utf-8"),
    ("bad_update_wrong_media_type", "POST", "", "text/plain", "CLEAR NAMED", "utf-8"),
    ("bad_update_missing_form_type", "POST", "", "", "update=CLEAR%20NAMED", "utf-8"),
    ("bad_update_non_utf8", "POST", "", f"{UPDATE}; charset=UTF-16", "CLEAR NAMED", "utf-16"),
    ("bad_update_syntax", "POST", "", FORM, "update=CLEAR%20XYZ", "utf-8"),
    (
        "bad_update_dataset_conflict",
        "POST",
        "using-named-graph-uri=http%3A%2F%2Fexample%2Fpeople",
        UPDATE,
        "WITH <http://example/a> DELETE { ?x ?y 'Bill' } INSERT { ?x ?y 'William' } WHERE { ?x ?y 'Bill' }",
        "utf-8",
    ),
]  # fmt: skip


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("protocol")
    (folder / "data.trig").write_text(DATA, encoding="utf-8")
    with serving("--store", str(folder / "data.trig"), log=folder / "log") as running:
        yield running


def sent(server: Running, method: str, query: str, media_type: str, body: bytes) -> httpx.Response:
    headers = {"content-type": media_type} if media_type else {}
    url = f"{server.url}/sparql/" + (f"?{query}" if query else "")
    return httpx.request(method, url, headers=headers, content=body, timeout=60)


def test_the_tests_are_as_many_as_those_of_the_w3c() -> None:
    assert (len(GOOD) + len(BAD), len(UPDATES)) == (20, 14)
    assert len({case[0] for case in (*GOOD, *BAD, *UPDATES)}) == 34


@pytest.mark.parametrize("case", GOOD, ids=lambda case: case[0])
def test_a_query_is_answered(
    server: Running, case: tuple[str, str, str, str, str, bool | set[str]]
) -> None:
    _, method, query, media_type, body, wanted = case
    response = sent(server, method, query, media_type, body.encode())
    assert response.status_code == 200, response.text
    if wanted is True:
        assert response.json()["boolean"] is True
    else:
        assert isinstance(wanted, set)
        assert response.headers["content-type"].partition(";")[0] in wanted


@pytest.mark.parametrize("case", [*BAD, *UPDATES], ids=lambda case: case[0])
def test_what_is_no_query_is_refused(
    server: Running, case: tuple[str, str, str, str, str, str]
) -> None:
    _, method, query, media_type, body, encoding = case
    response = sent(server, method, query, media_type, body.encode(encoding))
    assert 400 <= response.status_code < 500, response.text
    problem = response.json()
    assert response.headers["content-type"] == "application/problem+json"
    assert problem["status"] == response.status_code
    assert problem["detail"]


def test_nothing_was_changed_by_the_updates(server: Running) -> None:
    response = server.ask(
        "SELECT (COUNT(*) AS ?n) { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
    )
    assert response.json()["results"]["bindings"][0]["n"]["value"] == "8"


@pytest.fixture(scope="module")
def description(server: Running) -> ox.Store:
    response = httpx.get(f"{server.url}/sparql", headers={"accept": "text/turtle"}, timeout=60)
    assert response.headers["content-type"].startswith("text/turtle")  # returns-rdf
    store = ox.Store()
    store.load(response.content, ox.RdfFormat.TURTLE)
    return store


def test_the_description_has_the_endpoint(server: Running, description: ox.Store) -> None:
    endpoints = description.quads_for_pattern(None, ox.NamedNode(f"{SD}endpoint"), None)
    assert [quad.object for quad in endpoints] == [ox.NamedNode(f"{server.url}/sparql")]


def test_the_description_follows_its_vocabulary(description: ox.Store) -> None:
    """`conforms-to-schema`: the domains and ranges of the vocabulary, as far as the description uses it."""
    ranges = {
        "defaultDataset": "Dataset",
        "defaultGraph": "Graph",
        "availableGraphs": "GraphCollection",
    }
    domains = {"endpoint": "Service", "supportedLanguage": "Service", "resultFormat": "Service"}
    domains |= {
        "defaultDataset": "Service",
        "availableGraphs": "Service",
        "defaultGraph": "Dataset",
    }
    used = {
        quad.predicate.value.removeprefix(SD)
        for quad in description
        if quad.predicate.value.startswith(SD)
    }
    assert used == set(domains)

    def has_type(node: object, name: str) -> bool:
        rdf_type = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
        return ox.Quad(node, rdf_type, ox.NamedNode(SD + name)) in description  # type: ignore[arg-type]

    for quad in description:
        name = quad.predicate.value.removeprefix(SD)
        if name in domains:
            assert has_type(quad.subject, domains[name]), quad
            assert name not in ranges or has_type(quad.object, ranges[name]), quad


def test_every_format_that_the_description_names_is_given(
    server: Running, description: ox.Store
) -> None:
    types = {
        "SPARQL_Results_JSON": "application/sparql-results+json",
        "SPARQL_Results_XML": "application/sparql-results+xml",
        "SPARQL_Results_CSV": "text/csv",
        "SPARQL_Results_TSV": "text/tab-separated-values",
        "Turtle": "text/turtle",
        "N-Triples": "application/n-triples",
        "N-Quads": "application/n-quads",
        "TriG": "application/trig",
        "RDF_XML": "application/rdf+xml",
        "JSON-LD": "application/ld+json",
    }
    named = {
        str(quad.object.value).rpartition("/")[2]  # type: ignore[union-attr]
        for quad in description.quads_for_pattern(None, ox.NamedNode(f"{SD}resultFormat"), None)
    }
    assert named == set(types)
    for name, media_type in types.items():
        form = "SELECT ?s" if name.startswith("SPARQL_") else "CONSTRUCT { ?s a ?s }"
        answer = server.ask(f"{form} WHERE {{ ?s ?p ?o }}", headers={"accept": media_type})
        assert answer.status_code == 200
        assert answer.headers["content-type"].partition(";")[0] == media_type
        assert b"http://example.org/a" in answer.content
