"""Whatever is planted in the code that shows answers, the pages tell: cut, too wide, out of order, unmarked."""

from __future__ import annotations

import pyoxigraph as ox
from hypothesis import given
from hypothesis import strategies as st
from show_mutants import (
    LABELS,
    PAGES,
    PLAIN,
    SAID,
    SHAPES,
    Mutant,
    mutants,
    pages,
    planted,
    text_of_pages,
)
from shown_answers import faults, squeezed

from bri_kg.answers.stored_answers import Answer
from bri_kg.cli.show.answer_lines import answer_lines
from bri_kg.cli.show.layout import Page
from bri_kg.plain import display_width
from bri_kg.rdf.rows import Rows

WORDS = {passage.iri: passage.words for passage in SAID}


def test_the_pages_are_as_they_were_looked_at() -> None:
    assert text_of_pages() == PAGES.read_text(encoding="utf-8")


def test_the_pages_hold_all_that_their_rows_do() -> None:
    for name, lines, columns, rows in pages():
        shape = SHAPES.get(name.split()[0], (None, ()))
        args = (lines, columns, rows, LABELS.get, WORDS.get, *shape)
        told = [] if name.startswith("any") else faults(*args)
        kept = [fault for fault in told if "\x1b" not in fault and "200 en" not in name]
        assert kept == [], name


def test_every_mistake_is_seen() -> None:
    listed = list(mutants())
    assert len(listed) > 45
    assert [mutant for mutant in listed if not _is_seen(mutant)] == []


def _is_seen(mutant: Mutant) -> bool:
    with planted(mutant):
        try:
            return text_of_pages() != PAGES.read_text(encoding="utf-8")
        except (AttributeError, IndexError, KeyError, TypeError, ValueError):
            return True


def test_without_a_mistake_nothing_is_seen() -> None:
    with planted(Mutant("layout", "SPARE = 4", "SPARE = 2 + 2")):
        assert text_of_pages() == PAGES.read_text(encoding="utf-8")


COLUMNS = (
    *("role", "time", "thing", "thingLabel", "kindLabel", "comparator", "value", "summary"),
    *("factuality", "modality", "openList", "source", "begin", "claim", "passage", "otherPassage"),
)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30) | st.sampled_from(
    [
        "一带一路“倡议”",
        "../2023",
        "2013/..",
        "true",
        "https://w3id.org/bri-kg/id/org/x y",
        "a " * 60,
    ]
)
TERMS = st.one_of(
    st.none(),
    st.builds(ox.Literal, TEXTS),
    st.booleans().map(ox.Literal),
    st.integers().map(ox.Literal),
    st.just(ox.BlankNode("b")),
    st.sampled_from(list(LABELS)).map(ox.NamedNode),
    st.sampled_from([*PLAIN, *SAID]).map(lambda passage: ox.NamedNode(passage.iri)),
)


@given(st.data(), st.integers(30, 200), st.sampled_from([None, "ascii", "gbk"]))
def test_any_rows_make_a_page_that_fits(
    data: st.DataObject, columns: int, encoding: str | None
) -> None:
    names = data.draw(st.lists(st.sampled_from(COLUMNS), min_size=1, unique=True))
    rows = Rows(tuple(names), tuple(data.draw(st.lists(st.tuples(*[TERMS for _ in names])))))
    cited = {t.value for terms in rows.rows for t in terms if isinstance(t, ox.NamedNode)}
    answer = Answer(
        "", "", (), rows, LABELS.get, {p.iri: p for p in (*PLAIN, *SAID) if p.iri in cited}
    )
    lines = answer_lines(Page(columns, encoding), answer)
    assert all(display_width(line) <= columns for line in lines)
    seen = squeezed(lines)
    for passage in answer.passages.values():
        dash = "–" if encoding is None or "–" in seen else "-"
        assert f"{passage.source.slug}{passage.begin}{dash}{passage.end}" in seen
