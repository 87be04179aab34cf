"""Where the terminals of a query begin and end, and what form it has."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bri_kg.sparql import query_form, tokens


def kinds(text: str) -> list[tuple[str, str]]:
    return [(token.kind, token.text) for token in tokens(text)]


def test_every_terminal_has_its_kind() -> None:
    text = 'SELECT ?x $y { _:b ex:p%20\\,.q <http://a> \'it\'\'s\' """a"b"""@en-GB, -1.5e3 . # end'
    assert kinds(text) == [
        ("word", "SELECT"),
        ("var", "?x"),
        ("var", "$y"),
        ("punct", "{"),
        ("bnode", "_:b"),
        ("pname", "ex:p%20\\,.q"),
        ("iri", "<http://a>"),
        ("string", "'it'"),
        ("string", "'s'"),
        ("string", '"""a"b"""'),
        ("langtag", "@en-GB"),
        ("punct", ","),
        ("punct", "-"),
        ("number", "1.5e3"),
        ("punct", "."),
        ("comment", "# end"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("?a<?b", [("var", "?a"), ("punct", "<"), ("var", "?b")]),
        ("ex:a.", [("pname", "ex:a"), ("punct", ".")]),
        ("ex:.", [("pname", "ex:"), ("punct", ".")]),
        (":", [("pname", ":")]),
        ("1.", [("number", "1"), ("punct", ".")]),
        (".5", [("number", ".5")]),
        ("ex:p?", [("pname", "ex:p"), ("punct", "?")]),
        ("'a\nb'", [("other", "'"), ("word", "a"), ("word", "b"), ("other", "'")]),
        ("'''a\nb'''", [("string", "'''a\nb'''")]),
        ("<a b>", [("punct", "<"), ("word", "a"), ("word", "b"), ("punct", ">")]),
        ("中:国 ?年", [("pname", "中:国"), ("var", "?年")]),
        ("?a\u00a0?b", [("var", "?a"), ("other", "\u00a0"), ("var", "?b")]),
        (r"\u0041SK", [("word", "ASK")]),
        (r"'\u0027", [("string", "''")]),
    ],
)
def test_terminals_end_where_the_grammar_says(text: str, expected: list[tuple[str, str]]) -> None:
    assert kinds(text) == expected


def test_places_are_those_of_the_text_as_given() -> None:
    text = "ASK\n{ ?\\u0061 ?中 ?b }"
    by_text = {token.text: token for token in tokens(text)}
    assert (by_text["?b"].line, by_text["?b"].column) == (2, 14)
    assert text[by_text["?a"].start : by_text["?a"].end] == "?\\u0061"
    assert text[by_text["?中"].start : by_text["?中"].end] == "?中"


@given(st.text() | st.text("\\uU0041<>\"'#:.?{}()@abS \n"))
def test_any_text_is_cut_into_tokens_that_cover_it(text: str) -> None:
    end = 0
    for token in tokens(text):
        assert end <= token.start < token.end <= len(text)
        assert text[end : token.start].strip(" \t\r\n") == "" or "\\" in text
        end = token.end


@pytest.mark.parametrize(
    ("query", "form"),
    [
        ("select * {}", "SELECT"),
        ("# SELECT\nBASE <http://SELECT/> PREFIX select: <http://x/> aSk {}", "ASK"),
        (r"\u0043ONSTRUCT {} WHERE {}", "CONSTRUCT"),
        ("DESCRIBE <x>", "DESCRIBE"),
        ("INSERT DATA {}", None),
        ("?select", None),
        ("", None),
    ],
)
def test_query_form(query: str, form: str | None) -> None:
    assert query_form(query) == form
