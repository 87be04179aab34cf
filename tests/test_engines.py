"""The reference engines: rdflib, pySHACL and owlrl in a user's reach, and compared with ours."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pyoxigraph as ox
import pytest
from conftest import Cli

from bri_kg.checking.compare_engines import EngineComparison, compare_data
from bri_kg.dataset.closure import infer
from bri_kg.errors import InputError, QuerySyntaxError, RefusedError, UsageError
from bri_kg.knowledge import KnowledgeGraph
from bri_kg.names import PREFIXES
from bri_kg.rdf.rows import Rows, Term
from bri_kg.rdf.same_values import compare_rows, value_key
from bri_kg.sparql.ordering import sorted_by
from bri_kg.stores.memory import Store
from bri_kg.stores.reference_store import ReferenceStore

ADDRESS = "http://127.0.0.1:9/nothing"


def typed(text: str, kind: str) -> ox.Literal:
    return ox.Literal(text, datatype=ox.NamedNode(PREFIXES["xsd"] + kind))


def read(turtle: str) -> list[ox.Quad]:
    head = "".join(f"@prefix {p}: <{PREFIXES[p]}> .\n" for p in ("owl", "rdf", "rdfs", "sh", "xsd"))
    text = f"{head}@prefix : <http://example.org/> .\n{turtle}"
    return list(ox.parse(text.encode(), ox.RdfFormat.TRIG))


@pytest.mark.slow
def test_the_engines_agree_on_the_whole_graph(kg: KnowledgeGraph) -> None:
    """Every question with its defaults, the report and the closure."""
    comparison = kg.compare()
    assert [part for part in comparison.parts if not part.same] == []
    assert len(comparison.parts) == len(kg.questions) + 3
    questions = [part for part in comparison.parts if part.what.startswith("question ")]
    assert all(part.embedded != "0 rows" for part in questions)


def test_a_question_is_answered_by_rdflib(kg: KnowledgeGraph) -> None:
    for lang in ("en", "zh"):
        found = kg.ask("cofounders", lang=lang, engine="reference", partner="UNESCO")
        assert found == kg.ask("cofounders", lang=lang, partner="UNESCO")
    cut = kg.ask("cofounders", engine="reference", limit=2)
    assert cut == kg.ask("cofounders", limit=2)
    assert cut.truncated
    with pytest.raises(UsageError) as caught:
        kg.ask("cofounders", engine="oxigraph")
    assert caught.value.code == "BRI127"


def test_the_command_line_takes_the_engine(cli: Cli, tmp_path: Path) -> None:
    asked = ("ask", "cofounders", "-f", "csv")
    assert cli(*asked, "--engine", "reference").stdout == cli(*asked).stdout
    data, shapes = tmp_path / "data.ttl", tmp_path / "shapes.ttl"
    data.write_text("<http://e/x> a <http://e/C> .", encoding="utf-8")
    shapes.write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . <http://e/S> a sh:NodeShape ; "
        "sh:targetClass <http://e/C> ; sh:property <http://e/P> . "
        "<http://e/P> sh:path <http://e/p> ; sh:minCount 1 .",
        encoding="utf-8",
    )
    done = cli("validate", str(data), "--shapes", str(shapes), "-v", "--engine", "reference")
    assert done.returncode == 1
    assert "validated by pyshacl" in done.stderr
    query = ("query", "--store", str(data), "--engine", "reference", "-e")
    assert cli(*query, "ASK { ?s a <http://e/C> }").stdout == "true\n"
    assert "<http://e/C>" in cli(*query, "CONSTRUCT WHERE { ?s ?p ?o }", "-f", "nt").stdout


def test_the_reference_infers_in_the_same_bytes(cli: Cli, tmp_path: Path) -> None:
    data = tmp_path / "data.ttl"
    axioms = (
        ":A rdfs:subClassOf :B . :B owl:disjointWith :C . :x a :A , :C . _:n a :A . :x :p 'é', 1 ."
    )
    head = "".join(f"@prefix {p}: <{PREFIXES[p]}> . " for p in ("owl", "rdfs"))
    data.write_text(f"{head}@prefix : <http://example.org/> . {axioms}", encoding="utf-8")
    command = ("infer", str(data), "--ontology", str(data))
    ours, theirs = cli(*command), cli(*command, "--engine", "reference")
    assert ours.stdout == theirs.stdout != ""
    assert (ours.returncode, theirs.returncode) == (1, 1)
    assert "error[owlrl]: Disjoint classes" in theirs.stderr
    strict = cli(*command, "--engine", "reference", "--strict")
    assert (strict.returncode, "BRI135" in strict.stderr) == (2, True)
    with pytest.raises(UsageError):
        infer([], engine="none")


@pytest.mark.parametrize(
    "query",
    [
        f"SELECT * {{ SERVICE <{ADDRESS}> {{ ?s ?p ?o }} }}",
        f"SELECT * {{ ?s ?p ?o FILTER EXISTS {{ SERVICE SILENT <{ADDRESS}> {{ ?s ?q ?o }} }} }}",
        f"SELECT * FROM <{ADDRESS}> {{ ?s ?p ?o }}",
        f"SELECT * FROM NAMED <{ADDRESS}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
    ],
)
@pytest.mark.parametrize("guarded", [True, False])
def test_rdflib_fetches_nothing(query: str, guarded: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where the guard that reads tokens had let it through."""
    if not guarded:
        monkeypatch.setattr("bri_kg.sparql.refuse_network", lambda *_, **__: None)
    monkeypatch.setattr("urllib.request.urlopen", pytest.fail)
    with pytest.raises(RefusedError) as caught:
        ReferenceStore([]).select(query)
    assert caught.value.code == "BRI101"


def test_rdflib_says_what_it_cannot_do_in_our_words() -> None:
    store = ReferenceStore(read(":a :p 1 ."))
    for query, error in (
        ("SELECT * { ?s ?p ", QuerySyntaxError),
        ("SELECT * { ?s no:prefix ?o }", InputError),
        ("ASK { }", InputError),
        ("DELETE WHERE { ?s ?p ?o }", RefusedError),
    ):
        with pytest.raises(error):
            store.select(query)
    with pytest.raises(InputError):
        next(store.construct("SELECT * { ?s ?p ?o }"))


def test_the_default_graph_is_no_union_and_literals_keep_their_spelling() -> None:
    store = ReferenceStore(read(":a :p '024.50'^^xsd:decimal . :g { :a :q 1 }"))
    assert [str(row["o"]) for row in store.select("SELECT ?o { ?s ?p ?o }")] == [
        str(typed("024.50", "decimal"))
    ]
    assert len(store.select("SELECT ?o { GRAPH ?g { ?s ?p ?o } }")) == 1


def test_what_show_prints_and_what_records_hold_runs_as_it_stands(
    kg: KnowledgeGraph, cli: Cli
) -> None:
    shown = cli("ask", "cofounders", "--show", "--lang", "zh", "--param", "partner=UNESCO").stdout
    assert "VALUES" not in shown
    assert shown.count("PREFIX bri:") == 1
    found = [tuple(row) for row in kg.store.query(shown)]  # type: ignore[union-attr]
    assert found == [tuple(row) for row in kg.ask("cofounders", lang="zh", partner="UNESCO")]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (typed("24.0", "decimal"), typed("24", "integer"), True),
        (typed("1.5e1", "double"), typed("15", "integer"), True),
        (typed("INF", "double"), typed("NaN", "double"), False),
        (typed("1e-1", "double"), typed("0.10", "decimal"), True),
        (typed(f"0.{3 * 10**17 // 9}", "decimal"), typed(f"0.{3 * 10**27 // 9}", "decimal"), True),
        (typed("10000000000000000001", "integer"), typed("10000000000000000002", "integer"), False),
        (typed("1", "boolean"), typed("true", "boolean"), True),
        (typed("1", "boolean"), typed("1", "integer"), False),
        (typed("2020-01-01T00:00:00Z", "dateTime"), typed("2020-01-01T08:00:00.0+08:00", "dateTime"), True),
        (typed("2020-01-01T00:00:00", "dateTime"), typed("2020-01-01T00:00:00Z", "dateTime"), False),
        (ox.Literal("x", language="en-GB"), ox.Literal("x", language="en-gb"), True),
        (ox.Literal("x"), ox.Literal("x", language="en"), False),
        (ox.NamedNode("http://e/x"), ox.Literal("http://e/x"), False),
        (ox.BlankNode(), ox.BlankNode(), True),
        (typed("24.0", "decimal"), ox.Literal("24.0"), False),
    ],
)  # fmt: skip
def test_terms_are_compared_by_value(one: Term, other: Term, same: bool) -> None:
    assert (value_key(one) == value_key(other)) is same


def test_rows_differ_by_what_is_in_them_and_by_an_order_that_was_asked_for() -> None:
    def rows(*pairs: tuple[int, str]) -> Rows:
        return Rows(("n", "t"), tuple((ox.Literal(n), ox.Literal(t)) for n, t in pairs))

    first = rows((1, "a"), (1, "b"), (2, "c"))
    assert not compare_rows(first, rows((2, "c"), (1, "b"), (1, "a")))
    assert not compare_rows(first, rows((1, "b"), (1, "a"), (2, "c")), ["n"])
    assert compare_rows(first, rows((1, "b"), (1, "a"), (2, "c")), ["n", "t"]).order
    assert compare_rows(first, rows((2, "c"), (1, "b"), (1, "a")), ["n"]).order
    twice = compare_rows(first, rows((1, "a"), (1, "a"), (2, "c")))
    assert (len(twice.only_first), len(twice.only_second)) == (1, 1)
    assert compare_rows(first, Rows(("n",), ())).columns


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("SELECT ?a { ?a ?b ?c } ORDER BY ?a DESC(?b) ?c LIMIT 3", ("a", "b", "c")),
        ("SELECT ?a { { SELECT ?a { ?a ?b ?c } ORDER BY ?c } }", ()),
        ("SELECT ?a { ?a ?b ?c } GROUP BY ?a # ORDER BY ?c", ()),
        ("select ?a { ?a ?b ?c } group by ?a order by ?c STR(?a) ?b", ("c",)),
    ],
)
def test_the_order_that_counts_is_the_outermost(query: str, wanted: tuple[str, ...]) -> None:
    assert sorted_by(query) == wanted


def test_a_users_own_data_is_compared(cli: Cli, tmp_path: Path) -> None:
    data = tmp_path / "mine.ttl"
    head = "".join(f"@prefix {p}: <{PREFIXES[p]}> . " for p in ("owl", "rdfs", "sh"))
    shape = (
        ":S a sh:NodeShape ; sh:targetClass :B ; sh:property :P . :P sh:path :p ; sh:maxCount 1 ."
    )
    data.write_text(
        f"{head}@prefix : <http://example.org/> . :A rdfs:subClassOf :B . :x a :A, :B ; :p 1, 2.50 . {shape}",
        encoding="utf-8",
    )
    query = "SELECT ?v (?v * 2 AS ?double) { ?s <http://example.org/p> ?v } ORDER BY ?v"
    done = cli("compare", str(data), "--shapes", str(data), "-e", query, "-f", "csv")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert done.returncode == 0, done.stdout
    assert [row["what"] for row in rows] == [
        "query", "validation report", "closure", "contradictions",
    ]  # fmt: skip
    assert {row["result"] for row in rows} == {"same"}
    assert rows[0]["embedded"] == rows[0]["reference"] == "2 rows"
    assert rows[1]["reference"].startswith("1 result of pyshacl")
    assert "4 comparisons, all the same" in done.stderr


def test_a_difference_is_shown_and_told_by_the_exit_code(cli: Cli, tmp_path: Path) -> None:
    """The two store a number otherwise: one keeps how it is spelt, the other its value alone."""
    data = tmp_path / "mine.ttl"
    data.write_text("<http://e/x> <http://e/p> 24.0 .", encoding="utf-8")
    done = cli("compare", str(data), "-e", "SELECT (STR(?o) AS ?text) { ?s ?p ?o }", "-f", "csv")
    row = next(csv.DictReader(io.StringIO(done.stdout)))
    assert done.returncode == 1
    assert row["result"] == "different"
    assert row["difference"] == (
        "1 row of embedded alone, such as 24; 1 row of reference alone, such as 24.0"
    )
    assert "1 different" in done.stderr
    told = cli("compare", str(data), "-e", "SELECT (STR(?o) AS ?text) { ?s ?p ?o }").stdout
    assert "different" in told and "same" not in told.split("difference")[1]
    quiet = cli("compare", "-e", "SELECT ?c { ?c a bri:Country }")
    assert (quiet.returncode, quiet.stdout, "1 comparison" in quiet.stderr) == (0, "", True)
    alone = cli("compare", "-e", "SELECT ?c { ?c a bri:Country }", "-f", "csv")
    assert (alone.returncode, len(alone.stdout.splitlines())) == (0, 2)
    lost = cli("compare", "--ontology", str(data))
    assert (lost.returncode, "BRI136" in lost.stderr) == (2, True)


def test_what_the_reference_cannot_answer_is_a_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> Rows:
        raise InputError("BRI126", "rdflib cannot answer the query", why="so it is")

    monkeypatch.setattr(ReferenceStore, "select", fail)
    found = compare_data(read(":a :p 1 ."), query="SELECT * { ?s ?p ?o }")
    assert isinstance(found, EngineComparison)
    assert found.parts[0].reference == "no answer"
    assert found.parts[0].difference == "rdflib cannot answer the query: so it is"
    assert not found.same
    assert all(part.same for part in found.parts[1:])


def test_both_stores_give_the_same_triples() -> None:
    quads = read(":a :p :b , 'x'@en , 1 . :b :p _:c .")
    query = "CONSTRUCT { ?o <http://e/of> ?s } { ?s ?p ?o FILTER (!isLiteral(?o)) }"
    one, other = (
        {(q.predicate, q.object) for q in store.construct(query)}
        for store in (Store(quads), ReferenceStore(quads))
    )
    assert one == other
