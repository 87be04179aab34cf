"""What a user is told of a query that cannot be read."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Store

from bri_kg.errors import BriKgError, QuerySyntaxError, RefusedError
from bri_kg.sparql import refuse_network
from bri_kg.sparql.diagnosis import syntax_error


def complaint(query: str, file: str | None = None, **known: str) -> QuerySyntaxError:
    with pytest.raises(SyntaxError) as caught:
        Store().query(query)
    return syntax_error(query, caught.value, file, known)


@pytest.mark.parametrize(
    ("query", "place", "says"),
    [
        ("SELEKT * { ?s ?p ?o }", (1, 1), "did you mean SELECT"),
        ("SELECT * {\n  ?s ex:p ?o }", (2, 6), "ex: is not declared"),
        ("SELECT * { FILTER(?a = b:c) }", (1, 24), "b: is not declared"),
        ("SELECT * { ?s ?p ?o . FILTR(?o > 1) }", (1, 23), "did you mean FILTER"),
        ("SELECT * { ?s ?p ?o FILTER ?o > 1 }", (1, 21), "needs brackets"),
        ("SELECT * {\n ?s ?p 'abc }", (2, 8), "never closed"),
        ("SELECT * { ?s ?p '''abc' }", (1, 18), "never closed"),
        ("SELECT * { ?s ?p ?o", (1, 10), "{ is never closed"),
        ("SELECT * { ?s ?p ?o ) }", (1, 21), "does not close"),
        ("SELECT ?a, ?b { ?a ?p ?b }", (1, 10), "not commas"),
        ("SELECT SUM(?a) AS ?b { ?a ?p ?b }", (1, 8), "(SUM(…) AS ?name)"),
        ("SELECT * { ?s <http://a b> ?o }", (1, 15), "an IRI cannot hold"),
        ("SELECT * { ?s <relative> ?o }", (1, 15), "not absolute"),
        ("@prefix ex: <http://x/> . ASK {}", (1, 1), "Turtle"),
        ("PREFIX ex <http://x/> ASK {}", (1, 8), "colon"),
        ("SELECT * { ?s ?p \u201cx\u201d }", (1, 18), "quotation mark"),
        ('SELECT * { ?s ?p "a\\q" }', (1, 18), "cannot hold \\q"),
        ("SELECT * { ?s ?p ?o ?q ?r }", (1, 21), "cannot be read from ?q"),
        ("SELECT * { ?s ?p ?o } LIMIT ?x", (1, 23), "a number"),
        ("SELECT ?o (COUNT(*) AS ?n) { ?s ?p ?o }", None, "SELECT"),
        ("", None, "empty"),
    ],
)
def test_a_syntax_error_names_the_cause(
    query: str, place: tuple[int, int] | None, says: str
) -> None:
    error = complaint(query)
    assert says in error.render()
    assert len(error.render()) < 600
    if place:
        assert (error.line, error.column) == place


def test_a_known_prefix_is_offered() -> None:
    error = complaint("SELECT * { ?s ex:p ?o }", ex="http://example.org/")
    assert error.fix == "add as the first line: PREFIX ex: <http://example.org/>"


def test_an_unknown_prefix_is_met_before_a_known_one_that_is_not_declared() -> None:
    error = complaint("SELECT * { ?s es:p ex:o }", ex="http://example.org/")
    assert "es:" in error.message
    assert "declare it" in str(error.fix)


def test_a_prefix_that_the_engine_was_given_is_not_blamed() -> None:
    query = "SELECT * { ?s ex:p ?o . FILTER }"
    known = {"ex": "http://example.org/"}
    with pytest.raises(SyntaxError) as caught:
        Store().query(query, prefixes=known)
    assert "not declared" not in syntax_error(query, caught.value, prefixes=known).render()


def test_a_caret_stands_below_the_place() -> None:
    rendered = complaint("SELECT * {\n  ?年 中:p ?o }", "q.rq").render().split("\n")
    assert rendered[0].startswith("q.rq:2:6: error[BRI103]: the prefix 中: is not declared")
    assert rendered[1] == "  why:   ?年 中:p ?o }"
    assert rendered[2] == "       " + " " * 6 + "^"


def test_other_messages_of_an_engine_are_passed_on() -> None:
    error = syntax_error("ASK {}", SyntaxError("no idea"), "q.rq")
    assert error.render() == "q.rq: error[BRI103]: the query cannot be read: no idea"


@given(st.text() | st.text("SELECTWHR*?s<>:'\"{}()\\ \n,."))
def test_any_bad_query_gets_a_short_message_with_a_place_in_the_text(query: str) -> None:
    try:
        refuse_network(query)
        Store().query(query)
    except RefusedError:
        return
    except SyntaxError as exc:
        error = syntax_error(query, exc)
        lines = query.split("\n")
        assert error.line is None or 1 <= error.line <= len(lines)
        if error.line and error.column:
            assert error.column <= len(lines[error.line - 1]) + 1
        assert not re.search(r"[\x00-\x09\x0b-\x1f]", error.render())


def test_control_characters_in_a_message_cannot_reach_the_terminal() -> None:
    error = BriKgError("BRI000", "a\x1b[2Jb", why="c\rd\ne", file="f\x07")
    assert error.render() == "f\\x07: error[BRI000]: a\\x1b[2Jb\n  why: c\\rd\n       e"
