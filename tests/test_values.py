"""Names become values: bounds that follow from a comparator, moments that follow from a date."""

from __future__ import annotations

import datetime

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st

from bri_kg.dataset.times import bounds, edtf, printed
from bri_kg.dataset.values import value_triples
from bri_kg.names import PREFIXES, QUANTITY, TIME, expand, shorten, split_passage
from bri_kg.rdf.terms import to_oxigraph, to_rdflib

NUMBER = st.integers(0, 10**12)


def properties(iri: str) -> dict[str, str]:
    return {
        q.predicate.value.split("#")[-1]: q.object.value for q in value_triples([ox.NamedNode(iri)])
    }  # type: ignore[union-attr]


@given(
    st.sampled_from(["exactly", "at-least", "more-than", "at-most", "fewer-than", "about"]), NUMBER
)
def test_the_stated_value_is_untouched_and_bounds_never_invent(
    comparator: str, number: int
) -> None:
    found = properties(f"{QUANTITY}{comparator}-{number}")
    assert found["statedValue"] == str(number)
    assert {found.get("lowerBound"), found.get("upperBound")} <= {str(number), None}
    assert ("lowerBound" in found) == (comparator in {"exactly", "at-least", "more-than"})
    assert ("upperBound" in found) == (comparator in {"exactly", "at-most", "fewer-than"})
    assert found.get("lowerBoundInclusive", "true") == (
        "false" if comparator == "more-than" else "true"
    )


@pytest.mark.parametrize(
    "name", ["more-80", "exactly-08", "exactly--1", "between-3", "vague-", "about-1.50", "80"]
)
def test_other_names_are_no_quantities(name: str) -> None:
    assert properties(QUANTITY + name) == {}


@given(st.dates(datetime.date(1000, 1, 1)))
def test_a_day_begins_and_ends_on_itself(day: datetime.date) -> None:
    assert bounds(day.isoformat()) == (f"{day}T00:00:00Z", f"{day}T23:59:59Z")
    month = bounds(day.isoformat()[:7])
    assert month[0] == f"{day:%Y-%m}-01T00:00:00Z"
    last = datetime.date.fromisoformat(str(month[1])[:10])
    assert (last + datetime.timedelta(days=1)).day == 1


@pytest.mark.parametrize(
    ("name", "string", "moments"),
    [
        ("2018", "2018", ("2018-01-01T00:00:00Z", "2018-12-31T23:59:59Z")),
        ("since-2013", "2013/..", ("2013-01-01T00:00:00Z", None)),
        ("until-2023-06", "../2023-06", (None, "2023-06-30T23:59:59Z")),
        ("2023-10-17--2023-10-18", "2023-10-17/2023-10-18", ("2023-10-17T00:00:00Z", "2023-10-18T23:59:59Z")),
        ("XXXX-05-25", "XXXX-05-25", (None, None)),
        ("XXXX-02-29--XXXX-03", "XXXX-02-29/XXXX-03", (None, None)),
        ("1-year-before-2020", "2019", ("2019-01-01T00:00:00Z", "2019-12-31T23:59:59Z")),
        ("1-month-after-2023-12", "2024-01", ("2024-01-01T00:00:00Z", "2024-01-31T23:59:59Z")),
        ("2-weeks-before-2024-03-05", "2024-02-20", ("2024-02-20T00:00:00Z", "2024-02-20T23:59:59Z")),
        ("1-month-after-2024-01-31", "2024-02-29", ("2024-02-29T00:00:00Z", "2024-02-29T23:59:59Z")),
        ("within-3-years-of-2015-05-25", "2015-05-25/2018-05-25", ("2015-05-25T00:00:00Z", "2018-05-25T23:59:59Z")),
        ("within-3-months", "../..", (None, None)),
        ("last-year", "XXXX", (None, None)),
    ],
)  # fmt: skip
def test_periods(name: str, string: str, moments: tuple[str | None, str | None]) -> None:
    assert edtf(name) == string
    assert bounds(string) == moments
    assert properties(TIME + name).get("notBefore") == moments[0]


@pytest.mark.parametrize("name", ["2018-13", "2018-02-30", "18", "since", "2018-", "yesterday",
    "XXXX-13", "XXXX", "1-day-before-2020", "0-years-before-2020", "1-year-before-0001", "within-years",
    "2016--2013", "2020-05--2020-04-30"])  # fmt: skip
def test_other_names_are_no_times(name: str) -> None:
    assert properties(TIME + name) == {}


def test_what_is_told_by_distance_has_words_and_the_year_that_is_printed() -> None:
    assert properties(TIME + "within-3-months")["prefLabel"] == "3个月之内"
    assert "prefLabel" not in properties(TIME + "2018")
    assert printed("1-year-before-2020") == "2020"
    assert printed("within-3-years") == ""
    assert printed("2013--2016-02") == "2013--2016-02"


@given(st.integers(0, 10**7), st.integers(1, 10**7))
def test_passages_split_into_what_they_were_made_of(begin: int, length: int) -> None:
    iri = f"https://w3id.org/bri-kg/source/cas-decade#char={begin},{begin + length}"
    assert split_passage(iri) == ("cas-decade", begin, begin + length)
    assert properties(iri)["begin"] == str(begin)


IRI = st.from_regex(
    r"\Ahttps?://[a-z]{1,8}\.example/[A-Za-z0-9/?=._~-]{0,20}(#[A-Za-z0-9]{0,8})?\Z"
)
LANGUAGE = st.sampled_from(["en", "zh", "zh-hant", "fr"])
PLAIN = st.text(st.characters(codec="utf-8"))
DATATYPE = st.sampled_from(
    [PREFIXES["xsd"] + n for n in ("integer", "decimal", "boolean", "dateTime", "string", "date")]
)
TERM = st.one_of(
    IRI.map(ox.NamedNode),
    PLAIN.map(ox.Literal),
    st.builds(lambda text, lang: ox.Literal(text, language=lang), PLAIN, LANGUAGE),
    st.builds(lambda text, kind: ox.Literal(text, datatype=ox.NamedNode(kind)), PLAIN, DATATYPE),
)


@given(TERM)
def test_terms_survive_the_way_to_rdflib_and_back(term: ox.NamedNode | ox.Literal) -> None:
    assert to_oxigraph(to_rdflib(term)) == term


def test_a_plain_string_is_one_thing_on_both_sides() -> None:
    assert to_rdflib(ox.Literal("x")) == rdflib.Literal("x")
    spelt = ox.Literal("01", datatype=ox.NamedNode(PREFIXES["xsd"] + "integer"))
    assert str(to_rdflib(spelt)) == "01"


@given(st.sampled_from(sorted(PREFIXES)), st.from_regex(r"\A[a-z][a-z0-9-]{0,20}[a-z0-9]\Z"))
def test_short_names_expand_to_what_was_shortened(prefix: str, local: str) -> None:
    iri = PREFIXES[prefix] + local
    assert expand(shorten(iri)) == iri
