"""What a query asks once its variables are given values."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyoxigraph import (
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QuerySolution,
    QuerySolutions,
    Store,
    Variable,
)
from rdflib import Graph

from bri_kg.errors import InputError, UsageError
from bri_kg.sparql import bind

PROLOGUE = "PREFIX ex: <http://example.org/>\n"


def solutions(store: Store, query: str) -> list[QuerySolution]:
    result = store.query(query)
    return list(result) if isinstance(result, QuerySolutions) else []


@pytest.fixture(name="store")
def _store() -> Store:
    return _filled()


def _filled() -> Store:
    store = Store()
    for s in "abc":
        for o in (NamedNode("http://example.org/a"), Literal("x"), Literal("x", language="en")):
            subject = NamedNode(f"http://example.org/{s}")
            store.add(Quad(subject, NamedNode("http://example.org/p"), o, DefaultGraph()))
    return store


def _rows(store: Store, query: str) -> list[str]:
    result = store.query(query)
    return [str(result)] if isinstance(result, QueryBoolean) else sorted(map(str, result))


SHAPES = [
    "SELECT * WHERE {@@ ?s ex:p ?o }",
    "SELECT ?s{@@ ?s ex:p ?o . OPTIONAL { ?o ex:p ?z } }",
    "SELECT (EXISTS { ?s ex:p ?s } AS ?x) ?s # { WHERE {\n WHERE # {\n {@@ ?s ex:p ?o }",
    "SELECT (COUNT(*) AS ?n) WHERE {@@ ?s ex:p ?o } GROUP BY ?s ORDER BY ?n",
    "ASK {@@ ?s ex:p ?o FILTER(?o = 'x') }",
    "CONSTRUCT { ?s ex:q ?o } WHERE {@@ ?s ex:p ?o }",
    "CONSTRUCT { } {@@ ?s ex:p ?o }",
    "DESCRIBE ?o WHERE {@@ ?s ex:p ?o }",
]
terms = st.sampled_from(["http://example.org/a", "http://example.org/b", "http://nowhere/"]).map(
    NamedNode
) | st.builds(Literal, st.sampled_from(["x", "y"]))


@given(st.sampled_from(SHAPES), terms, terms | st.none())
def test_binding_is_the_same_as_writing_values_by_hand(
    shape: str, subject: NamedNode | Literal, other: NamedNode | Literal | None
) -> None:
    values: dict[str, NamedNode | Literal] = {"s": subject}
    by_hand = f" VALUES ?s {{ {subject} }}"
    if other is not None:
        values["o"] = other
        by_hand += f" VALUES ?o {{ {other} }}"
    store = _filled()
    bound = bind(PROLOGUE + shape.replace("@@", ""), values)
    assert _rows(store, bound) == _rows(store, PROLOGUE + shape.replace("@@", by_hand))


@given(st.text(st.characters(exclude_categories=["Cs"])) | st.text("\\uU0041\"'\n {}"))
@example("\\u0041 \\\\u0041 \\U0001F600")
@example("\x1b41ab \x7f0041")
@settings(deadline=None)  # rdflib parses slowly on a busy machine
def test_any_text_can_be_bound_and_comes_back_unchanged(text: str) -> None:
    query = bind("SELECT ?x WHERE { }", {"x": Literal(text)})
    assert [row["x"] for row in solutions(Store(), query)] == [Literal(text)]
    # rdflib decodes codepoint escapes before it parses, as the standard says.
    assert [str(row[0]) for row in Graph().query(query)] == [text]  # type: ignore[index]


def test_the_authors_text_stays_as_it_is() -> None:
    query = "SELECT *\nWHERE { ?s ?p '?s' } # ?s\n"
    assert bind(query, {}) == query
    bound = bind(query, {"s": NamedNode("http://x/"), "a": Literal("1")})
    assert bound == "SELECT *\nWHERE { VALUES (?a ?s) { (\"1\" <http://x/>) } ?s ?p '?s' } # ?s\n"


def test_a_subquery_in_the_outermost_group_can_be_bound(store: Store) -> None:
    query = PROLOGUE + "SELECT * { SELECT ?s { ?s ex:p ?o } LIMIT 9 # }\n} LIMIT 5"
    wanted = NamedNode("http://example.org/b")
    assert {row["s"] for row in solutions(store, bind(query, {"s": wanted}))} == {wanted}


@pytest.mark.parametrize("name", ["", "?s", "a b", "a) {} #", "a-b", "a.b", "s}"])
def test_a_name_that_is_no_variable_is_refused(name: str) -> None:
    with pytest.raises(UsageError):
        bind("SELECT * { ?s ?p ?o }", {name: Literal("1")})


@pytest.mark.parametrize("name", ["s", "年", "a_1", "1st"])
def test_names_of_variables_may_be_in_any_script(name: str) -> None:
    query = bind("SELECT * {}", {name: Literal("1")})
    assert [row[name] for row in solutions(Store(), query)] == [Literal("1")]
    assert Variable(name).value == name


@pytest.mark.parametrize(
    "query", ["CONSTRUCT WHERE { ?s ?p ?o }", "DESCRIBE <http://x/>", "INSERT DATA {}", ""]
)
def test_a_query_without_a_group_to_bind_in_says_so(query: str) -> None:
    with pytest.raises(InputError) as caught:
        bind(query, {"s": Literal("1")})
    assert caught.value.code == "BRI105"
