"""What a user sees of result rows, and what other programs read of them."""

import csv
import io
import json
import sys
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    parse_query_results,
)

from bri_kg.cli.show.layout import Page
from bri_kg.cli.show.row_layout import row_lines
from bri_kg.errors import UsageError, how_to_install
from bri_kg.names import shorten
from bri_kg.plain import display_width, visible
from bri_kg.rdf.row_formats import ROW_FORMATS, write_boolean, write_rows
from bri_kg.rdf.rows import Rows, plain_text, python_value
from bri_kg.rdf.terms import Term

RESULTS = "{http://www.w3.org/2005/sparql-results#}"
XSD = "http://www.w3.org/2001/XMLSchema#"


def typed(text: str, name: str) -> Literal:
    return Literal(text, datatype=NamedNode(XSD + name))


def short(iri: str) -> str:
    return iri.replace("http://example.org/", "ex:")


ROWS = Rows(
    ("thing", "name", "count"),
    (
        (NamedNode("http://example.org/a"), Literal("一带一路", language="zh"), Literal(80)),
        (BlankNode("b"), Literal('say "hi",\tnow\n|'), None),
    ),
)

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
literals = (
    st.builds(Literal, texts)
    | st.builds(lambda text: Literal(text, language="en-gb"), texts)
    | st.builds(lambda text: typed(text, "date"), texts)
    | st.builds(Literal, st.integers())
)
terms = (
    st.none()
    | literals
    | st.sampled_from([NamedNode("http://example.org/a"), NamedNode("http://x/中?a=1&b='")])
    | st.sampled_from([BlankNode("b0"), BlankNode("b1")])
)


@st.composite
def results(draw: st.DrawFn, cells: st.SearchStrategy[Any] = terms) -> Rows:
    columns = draw(st.lists(st.sampled_from("abcd"), min_size=1, unique=True))
    body = draw(st.lists(st.tuples(*[cells for _ in columns]), max_size=4))
    return Rows(tuple(columns), tuple(body))


def read_back(text: str, form: QueryResultsFormat) -> Rows:
    solutions = parse_query_results(text, form)
    assert isinstance(solutions, QuerySolutions)
    columns = tuple(variable.value for variable in solutions.variables)
    return Rows(columns, tuple(tuple(row[name] for name in columns) for row in solutions))


# ------------------------------------------------------------------- rows


def test_rows_give_terms_by_name_and_by_place() -> None:
    first, second = ROWS
    assert len(ROWS) == 2
    assert first["count"] == Literal(80)
    assert first[0] == NamedNode("http://example.org/a")
    assert second.get("count") is None
    assert second.get("count", Literal("none")) == Literal("none")
    assert first.get("nothing") is None
    assert dict(first) == dict(zip(ROWS.columns, ROWS.rows[0], strict=True))
    thing, _name, _count = second
    assert thing == BlankNode("b")
    assert first == ROWS.rows[0]
    assert first == ROWS[0]
    assert first != second
    assert {first, ROWS[0]} == {first}


def test_an_unknown_column_names_the_columns() -> None:
    with pytest.raises(KeyError, match=r"'year'.*thing, name, count"):
        ROWS[0]["year"]


@pytest.mark.parametrize(
    ("term", "value"),
    [
        (Literal(80), 80),
        (typed(" +7 ", "nonNegativeInteger"), 7),
        (typed("1.50", "decimal"), Decimal("1.50")),
        (typed("1e3", "double"), 1000.0),
        (typed("-INF", "float"), float("-inf")),
        (typed("true", "boolean"), True),
        (typed("0", "boolean"), False),
        (typed("2017-05", "gYearMonth"), "2017-05"),
        (Literal("80"), "80"),
        (typed("about 80", "integer"), "about 80"),
        (typed("1_000", "integer"), "1_000"),
        (typed("yes", "boolean"), "yes"),
        (Literal("七", language="zh"), "七"),
        (NamedNode("http://x/"), "http://x/"),
        (BlankNode("b"), "_:b"),
        (None, None),
    ],
)
def test_python_values(term: Term | None, value: object) -> None:
    found = python_value(term)
    assert found == value
    assert type(found) is type(value)
    assert Rows(("x",), ((term,),))[0].value("x") == value


def test_rows_as_rdflib_terms_leave_unbound_ones_out() -> None:
    import rdflib

    first, second = ROWS.to_rdflib()
    assert first["name"] == rdflib.Literal("一带一路", lang="zh")
    assert first["thing"] == rdflib.URIRef("http://example.org/a")
    assert set(second) == {"thing", "name"}


def test_without_pandas_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(UsageError) as caught:
        ROWS.to_pandas()
    assert how_to_install("pandas") in caught.value.render()


def test_rows_as_a_data_frame() -> None:
    pandas = pytest.importorskip("pandas")
    frame = ROWS.to_pandas()
    assert list(frame.columns) == list(ROWS.columns)
    assert frame["count"].dtype == "Int64"
    assert frame["count"][0] == 80
    assert frame["count"][1] is pandas.NA


@pytest.mark.parametrize(
    ("texts", "kind", "dtype", "first"),
    [
        (("80", None), "integer", "Int64", 80),
        (("92233720368547758070", None), "integer", "object", 92233720368547758070),
        (("0.1", "3"), "decimal", "object", Decimal("0.1")),
        (("1e3", None), "double", "Float64", 1000.0),
        (("true", None, "false"), "boolean", "boolean", True),
        (("2023-01-01T00:00:00Z", None), "dateTime", "datetime64[us, UTC]", "2023-01-01 00:00:00+00:00"),
        (("2023-01-01T08:00:00+08:00",), "dateTime", "datetime64[us, UTC]", "2023-01-01 00:00:00+00:00"),
        (("2023-01-01T00:00:00", None), "dateTime", "datetime64[us]", "2023-01-01 00:00:00"),
        (("2023-01-01T00:00:00", "2023-01-01T00:00:00Z"), "dateTime", "string", "2023-01-01T00:00:00"),
        (("2023-06-30", None), "date", "datetime64[us]", "2023-06-30 00:00:00"),
        (("2023-02-30", None), "date", "string", "2023-02-30"),
        (("2013", None), "gYear", "string", "2013"),
        (("eighty", "80"), "integer", "string", "eighty"),
        ((None, None), "integer", "string", None),
    ],
)  # fmt: skip
def test_a_column_has_the_type_of_its_values(
    texts: tuple[str | None, ...], kind: str, dtype: str, first: object
) -> None:
    pandas = pytest.importorskip("pandas")
    terms = [t and typed(t, kind) for t in texts]
    column = Rows(("c",), tuple((term,) for term in terms)).to_pandas()["c"]
    # pandas 2 counts nanoseconds, and names its strings otherwise
    assert str(column.dtype).replace("[ns", "[us") in (dtype, dtype.replace("string", "str"))
    if isinstance(first, str):
        assert str(column[0]) == first
    else:
        assert column[0] == first if first is not None else column[0] is pandas.NA
    assert [i for i, text in enumerate(texts) if text is None] == list(column.index[column.isna()])


def test_a_mixed_column_is_text_and_two_columns_may_have_one_name() -> None:
    pytest.importorskip("pandas")
    node, number = NamedNode("http://example.org/a"), Literal(7)
    frame = Rows(("a", "a"), ((node, number), (number, number))).to_pandas()
    assert frame.iloc[:, 0].tolist() == ["http://example.org/a", "7"]
    assert frame.iloc[:, 1].tolist() == [7, 7]
    assert Rows(("a",), ()).to_pandas().shape == (0, 1)


# ------------------------------------------------- the formats of the W3C


def test_csv_is_that_of_the_standard() -> None:
    assert write_rows(ROWS, "csv") == (
        'thing,name,count\r\nhttp://example.org/a,一带一路,80\r\n_:b,"say ""hi"",\tnow\n|",\r\n'
    )


def test_tsv_is_that_of_the_standard() -> None:
    assert write_rows(ROWS, "tsv").split("\n") == [
        "?thing\t?name\t?count",
        f'<http://example.org/a>\t"一带一路"@zh\t"80"^^<{XSD}integer>',
        '_:b\t"say \\"hi\\",\\tnow\\n|"\t',
        "",
    ]


@given(results())
def test_csv_comes_back_through_a_csv_reader(rows: Rows) -> None:
    text = write_rows(rows, "csv")
    head, *body = csv.reader(io.StringIO(text, newline=""), strict=True)
    assert tuple(head) == rows.columns
    expected = [
        ["" if t is None else f"_:{t.value}" if isinstance(t, BlankNode) else t.value for t in row]
        for row in rows.rows
    ]
    assert body == expected


@given(results())
def test_json_comes_back_as_the_same_rows(rows: Rows) -> None:
    text = write_rows(rows, "json")
    assert read_back(text, QueryResultsFormat.JSON) == rows
    assert json.loads(text)["head"]["vars"] == list(rows.columns)
    assert not any("\x7f" <= char <= "\x9f" for char in text)


@given(results())
def test_tsv_comes_back_as_the_same_rows(rows: Rows) -> None:
    text = write_rows(rows, "tsv")
    assert len(text.split("\n")) == len(rows) + 2
    # A line that holds one unbound cell is read as no row by pyoxigraph.
    if len(rows.columns) > 1:
        assert read_back(text, QueryResultsFormat.TSV) == rows


@given(results())
def test_xml_comes_back_as_the_same_rows(rows: Rows) -> None:
    try:
        text = write_rows(rows, "xml")
    except UsageError as error:
        assert error.code == "BRI203"
        return
    found = ElementTree.fromstring(text.encode())
    assert len(list(found.iter(f"{RESULTS}result"))) == len(rows)
    values = [term.value for row in rows.rows for term in row if term is not None]
    shown = ["".join(binding.itertext()) for binding in found.iter(f"{RESULTS}binding")]
    assert shown == values


def test_xml_has_the_elements_of_the_standard() -> None:
    assert read_back(write_rows(ROWS, "xml"), QueryResultsFormat.XML) == ROWS


def test_xml_refuses_what_xml_cannot_hold() -> None:
    with pytest.raises(UsageError, match=r"U\+0008"):
        write_rows(Rows(("x",), ((Literal("a\bb"),),)), "xml")


@pytest.mark.parametrize("value", [True, False])
def test_answers_of_ask(value: bool) -> None:
    for form, known in (("json", QueryResultsFormat.JSON), ("xml", QueryResultsFormat.XML)):
        found = parse_query_results(write_boolean(value, form), known)
        assert isinstance(found, QueryBoolean)
        assert bool(found) is value
    for form in ("table", "csv", "tsv", "md"):
        assert write_boolean(value, form).strip() == str(value).lower()


def test_an_unknown_format_names_the_known_ones() -> None:
    with pytest.raises(UsageError, match="xlsx") as caught:
        write_rows(ROWS, "xlsx")
    assert "table, csv, tsv, json, xml, md" in caught.value.render()
    with pytest.raises(UsageError, match="xlsx"):
        write_boolean(True, "xlsx")


def test_no_rows_are_written_in_every_format() -> None:
    empty = Rows(("a", "b"), ())
    for form in ROW_FORMATS:
        assert "a" in write_rows(empty, form)
        write_rows(Rows((), ((),)), form)
    assert read_back(write_rows(empty, "json"), QueryResultsFormat.JSON) == empty


# -------------------------------------------------------------- for people


def test_a_table_lines_up_with_wide_characters() -> None:
    rows = Rows(("name", "n"), ((Literal("一带一路"), Literal(1)), (Literal("ab"), Literal(2))))
    assert write_rows(rows, "table") == (
        "name      n\n"
        "--------  -\n"
        "一带一路  1\n"
        "ab        2\n"
    )  # fmt: skip


def test_a_table_shortens_iris_and_leaves_unbound_cells_empty() -> None:
    lines = write_rows(ROWS, "table", shorten=short).splitlines()
    assert lines[2].split() == ["ex:a", "一带一路", "80"]
    assert lines[3].startswith("_:b")


@given(results(), st.integers(min_value=30, max_value=200))
def test_rows_for_people_fit_the_width_and_are_whole(rows: Rows, width: int) -> None:
    lines = row_lines(Page(width), rows)
    assert all(display_width(line) <= width for line in lines)
    seen = "".join("".join(lines).split())
    for term in (term for terms in rows.rows for term in terms if term is not None):
        shown = visible(shorten(term.value) if isinstance(term, NamedNode) else plain_text(term))
        assert "".join(shown.split()) in seen


@given(results())
def test_control_characters_never_reach_a_terminal(rows: Rows) -> None:
    for form in ("table", "md"):
        text = write_rows(rows, form)
        assert len(text.split("\n")) == len(rows) + 3
        assert not any(char < " " and char != "\n" for char in text)
        assert not any("\x7f" <= char <= "\x9f" or "\u202a" <= char <= "\u202e" for char in text)


def test_an_escape_sequence_is_shown_and_not_obeyed() -> None:
    text = write_rows(Rows(("x",), ((Literal("\x1b[2J\u202eevil"),),)), "table")
    assert "\\x1b[2J\\u202eevil" in text


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "gbk", "utf-8", "no-such-encoding"])
def test_a_console_that_lacks_characters_gets_escapes(encoding: str) -> None:
    for form in ("table", "md"):
        text = write_rows(ROWS, form, encoding=encoding)
        known = encoding if encoding != "no-such-encoding" else "ascii"
        assert text.encode(known).decode(known) == text
    assert "\\u4e00" in write_rows(ROWS, "table", encoding="cp1252")
    assert "一带一路" in write_rows(ROWS, "table", encoding="gbk")


def test_markdown_cells_do_not_break_the_table() -> None:
    rows = Rows(("a",), ((Literal("x|y\\|<b>*z* &lt; `c` [d]"),), (None,)))
    assert write_rows(rows, "md") == (
        "| a |\n| --- |\n| x\\|y\\\\\\|\\<b>\\*z\\* &amp;lt; \\`c\\` \\[d] |\n|  |\n"
    )
