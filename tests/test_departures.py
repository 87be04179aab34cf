"""Answers of the embedded store where engines differ, and what a query without rows says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import ROOT, Cli
from pyoxigraph import DefaultGraph, NamedNode, Quad

from bri_kg.answers.absent_terms import absent_terms
from bri_kg.errors import UsageError
from bri_kg.knowledge import KnowledgeGraph
from bri_kg.sparql.columns import in_order_of_appearance
from bri_kg.stores.memory import Store


def node(name: str) -> NamedNode:
    return NamedNode(f"http://example.org/{name}")


@pytest.fixture(scope="module")
def store() -> Store:
    """One triple of the default graph, one in two named graphs, and one in the second only."""
    return Store(
        [
            Quad(node("a"), node("p"), node("b"), DefaultGraph()),
            Quad(node("a"), node("q"), node("b"), DefaultGraph()),
            Quad(node("s"), node("p"), node("o"), node("G")),
            Quad(node("s"), node("p"), node("o"), node("H")),
            Quad(node("t"), node("p"), node("o"), node("H")),
        ]
    )


def rows(store: Store, query: str) -> list[tuple[str, ...]]:
    found = store.select("BASE <http://example.org/> PREFIX : <http://example.org/> " + query)
    return sorted(tuple(str(term)[20:-1] for term in row) for row in found)


# ---------------------------------------------------------------- departures


@pytest.mark.parametrize(
    ("query", "seen", "around"),
    [
        ("SELECT ?x { :absent :p* ?x }", [], "{ :absent :p+ ?x } UNION { BIND(:absent AS ?x) }"),
        ("SELECT ?x { :absent :p? ?x }", [], "{ :absent :p ?x } UNION { BIND(:absent AS ?x) }"),
    ],
)
def test_a_path_of_length_zero_from_an_absent_term(
    store: Store, query: str, seen: list[tuple[str, ...]], around: str
) -> None:
    assert rows(store, query) == seen  # the specification: [("absent",)]
    assert rows(store, f"SELECT ?x {{ {around} }}") == [("absent",)]


def test_an_alternative_path_counts_a_pair_once(store: Store) -> None:
    assert rows(store, "SELECT ?x { :a (:p|:p) ?x }") == [("b",)]  # the specification: twice
    assert rows(store, "SELECT ?x { :a (:p|:q) ?x }") == [("b",)]
    assert rows(store, "SELECT ?x { { :a :p ?x } UNION { :a :q ?x } }") == [("b",)] * 2


def test_the_page_of_departures_is_named_by_the_help_and_holds_these(cli: Cli) -> None:
    page = (ROOT / "docs" / "departures.md").read_text(encoding="utf-8")
    assert "docs/departures.md" in re.sub(r"\s+", "", cli("query", "--help").stdout)
    for report in ("oxigraph#1815", "oxigraph#351"):
        assert report in page
        assert report in (ROOT / "docs" / "upstream.md").read_text(encoding="utf-8")


# ------------------------------------------------------------------ datasets


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT ?s { ?s :p ?o }", [("a",)]),
        ("SELECT ?s FROM :G { ?s :p ?o }", [("s",)]),
        ("SELECT ?s FROM :G FROM :H { ?s :p ?o }", [("s",), ("t",)]),
        ("SELECT ?s FROM :G FROM <H> FROM :G { ?s :p ?o }", [("s",), ("t",)]),
        ("SELECT ?s FROM :G FROM :G { ?s :p ?o }", [("s",)]),
        ("SELECT ?s FROM :G { GRAPH ?g { ?s :p ?o } }", []),
        ("SELECT ?g FROM NAMED :G { GRAPH ?g { ?s :p ?o } }", [("G",)]),
        ("SELECT ?g FROM NAMED :G FROM NAMED :G { GRAPH ?g { ?s :p ?o } }", [("G",)]),
        ("SELECT ?s FROM NAMED :G { ?s :p ?o }", []),
        ("SELECT ?s ?g FROM :G FROM :H FROM NAMED :G { ?s :p ?o GRAPH ?g { ?s :p ?o } }", [("s", "G")]),
        ("SELECT ?s FROM :absent { ?s :p ?o }", []),
        ("SELECT ?s FROM :absent FROM :none { GRAPH :G { ?s :p ?o } }", []),
        ("SELECT ?s FROM :H FROM :G { ?s :p ?o FILTER(STR(?s) != 'FROM :G') }", [("s",), ("t",)]),
    ],
)  # fmt: skip
def test_from_chooses_among_the_graphs_that_are_there(
    store: Store, query: str, expected: list[tuple[str, ...]]
) -> None:
    assert rows(store, query) == expected


def test_from_leaves_the_store_as_it_was_and_serves_every_form(store: Store) -> None:
    before = set(store.oxigraph)
    clauses = "FROM <http://example.org/G> FROM <http://example.org/H>"
    made = store.construct(f"CONSTRUCT {{ ?s ?p ?o }} {clauses} WHERE {{ ?s ?p ?o }}")
    assert len(list(made)) == 2
    assert bool(store.evaluate(f"ASK {clauses} {{ <http://example.org/t> ?p ?o }}"))
    assert len(list(store.construct(f"DESCRIBE <http://example.org/t> {clauses}"))) == 1
    assert set(store.oxigraph) == before


# ------------------------------------------------------------------- columns


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("SELECT * { ?s ?p ?o }", "s p o"),
        ("select distinct * where { ?o ?s $p }", "o s p"),
        ("SELECT ?o ?s { ?s ?p ?o }", "o s"),
        ("SELECT * { { SELECT ?o { ?s ?p ?o } } ?o ?q ?a }", "o q a"),
        ("SELECT * { ?s ?p ?o MINUS { ?a ?p ?s } }", "s p o"),
        ("SELECT * { BIND(1 AS ?z) ?y ?x 1 } VALUES ?a { 1 }", "z y x a"),
        ("# SELECT ?o\nSELECT * { ?s ?p '?o' . ?s ?q ?o }", "s p q o"),
        ("SELECT * { }", ""),
    ],
)
def test_columns_come_as_the_query_uses_them(store: Store, query: str, names: str) -> None:
    assert store.select(query).columns == tuple(names.split())


def test_no_column_is_added_or_lost() -> None:
    assert in_order_of_appearance("SELECT * { ?b ?a ?c }", ["x", "a", "b"]) == ("b", "a", "x")
    assert in_order_of_appearance("SELECT", ["x"]) == ("x",)


# ------------------------------------------------------------------- no rows


def test_a_query_without_rows_names_what_the_graph_does_not_know(cli: Cli) -> None:
    done = cli("query", "-f", "csv", "-e", "SELECT ?o { ?o bri:isFoundedBi bri-org:CAS }")
    assert (done.returncode, done.stdout) == (0, "o\n")
    assert done.stderr.splitlines() == [
        "0 rows",
        "the data does not know bri:isFoundedBi; did you mean bri:isFoundedBy?",
        "the data does not know bri-org:CAS; did you mean bri-org:cas?",
    ]


def test_quiet_says_nothing_of_it(cli: Cli) -> None:
    assert cli("query", "-q", "-e", "SELECT ?o { ?o bri:isFoundedBi ?x }").stderr == ""


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT * { ?x bri:isFoundedBy bri-org:nobody }", ["id/org/nobody"]),
        ("SELECT * { ?x a bri:Organization ; bri:isFoundedBy ?x }", []),
        ("CONSTRUCT { ?x bri:made ?y } WHERE { ?x bri:none ?y }", ["ontology#none"]),
        ("ASK { ?x bri:statedValue '1'^^bri:datatype }", []),
        ("PREFIX z: <http://z/> SELECT * { ?x a bri:Organization FILTER(?x = 1) }", []),
        ("BASE <https://w3id.org/bri-kg/> SELECT * { <absent> ?p ?o }", ["absent"]),
        ("SELECT * FROM bri-claim:no { ?s ?p ?o }", ["claim/no"]),
    ],
)
def test_only_terms_that_are_looked_for_are_named(
    kg: KnowledgeGraph, query: str, expected: list[str]
) -> None:
    names = [term.iri.removeprefix("https://w3id.org/bri-kg/") for term in kg.unknown_terms(query)]
    assert names == expected


def test_the_other_scheme_of_an_address_is_the_nearest(kg: KnowledgeGraph) -> None:
    found = kg.unknown_terms("SELECT * { ?x a <http://schema.org/Organization> }")
    assert [term.nearest for term in found] == ["https://schema.org/Organization"]


def test_no_more_of_a_store_is_read_than_is_needed() -> None:
    read = 0

    class Counting:
        def quads_for_pattern(self, *pattern: object) -> object:
            nonlocal read
            for quad in big.oxigraph.quads_for_pattern(*pattern):  # type: ignore[arg-type]
                read += 1
                yield quad

        def __iter__(self) -> object:
            return self.quads_for_pattern(None, None, None, None)

    big = Store(Quad(node(f"n{i}"), node("p"), node(f"n{i + 1}")) for i in range(150_000))
    (term,) = absent_terms(Counting(), "SELECT * { <http://example.org/q> ?p ?o }")  # type: ignore[arg-type]
    assert term.iri == "http://example.org/q"
    assert read <= 100_010


# ---------------------------------------------------------------- parameters


@pytest.mark.parametrize(
    "value", ["1e3", "1e0", "1.0", "1.", ".5", "0x10", "1_000", "１", "", "--1"]
)
def test_what_is_no_integer_is_refused(kg: KnowledgeGraph, value: str) -> None:
    with pytest.raises(UsageError) as caught:
        kg.ask("topic-counts", number=value)
    assert caught.value.code == "BRI113"
    assert caught.value.fix == "write a whole number such as 2018"


@pytest.mark.parametrize(("value", "same"), [("+3", "3"), (" 3 ", "3"), ("03", "3")])
def test_an_integer_may_be_written_in_several_ways(
    kg: KnowledgeGraph, value: str, same: str
) -> None:
    assert kg.ask("topic-counts", number=value).rows == kg.ask("topic-counts", number=same).rows


@pytest.mark.parametrize("param", ["called", "number"])
def test_a_parameter_that_is_no_text_says_so(kg: KnowledgeGraph, param: str) -> None:
    question = {"called": "name-bearers", "number": "topic-counts"}[param]
    with pytest.raises(UsageError) as caught:
        kg.ask(question, **{param: "a\udcff"})
    assert "is no text" in caught.value.message
    assert caught.value.fix == "write it in UTF-8"


def test_a_query_in_shapes_is_named_where_it_is_refused(cli: Cli, tmp_path: Path) -> None:
    shapes = tmp_path / "shapes.ttl"
    shapes.write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <http://example.org/> .\n"
        "ex:S a sh:NodeShape ; sh:targetNode ex:a ; sh:sparql [ a sh:SPARQLConstraint ;\n"
        '  sh:select "SELECT $this { SERVICE <http://x/> { $this ?p ?o } }" ] .\n',
        encoding="utf-8",
    )
    data = tmp_path / "data.ttl"
    data.write_text("<http://example.org/a> <http://example.org/p> 1 .", encoding="utf-8")
    done = cli("validate", str(data), "--shapes", str(shapes))
    assert done.returncode == 2
    assert done.stderr.startswith(f"{shapes}:3:29: error[BRI101]: SERVICE <http://x/>")
    assert "in the query of http://example.org/S" in done.stderr
    shapes.write_text(shapes.read_text().replace("$this {", "$this\\u0020{"), encoding="utf-8")
    done = cli("validate", str(data), "--shapes", str(shapes))
    assert done.stderr.startswith("query of http://example.org/S:1:16: error[BRI101]: SERVICE")
