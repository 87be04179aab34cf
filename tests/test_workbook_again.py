"""The workbook made again from the Turtle: the same cells, and an import that changes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from workbook_bench import RIGHT, Bench, Rows, bench

from bri_kg.checking.workbook_again import write_again
from bri_kg.errors import BriKgError
from bri_kg.rdf.graphs import write_graph
from bri_kg.texts.workbook.source_places import put

SHEETS = ("claims", "things", "concepts", "comparisons")


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    """A collection into which the workbook was imported."""
    made = bench(tmp_path_factory.mktemp("again"))
    checked = made.check(RIGHT)
    assert checked.is_ready, checked.problems
    put(made.places, write_graph(checked.made.quads(), "ttl"))
    return made


def by_key(bench: Bench, sheet: str, lang: str = "en") -> list[dict[str, str]]:
    """Return the rows of the tables by the keys of their columns."""
    from bri_kg.texts.workbook.filled_rows import read_workbook

    book = read_workbook(bench.places.tables, bench.sheets, lang)
    return [dict(entry.cells) for entry in book.entries[sheet]]


def in_any_order(rows: list[dict[str, str]]) -> list[list[tuple[str, str]]]:
    return sorted(sorted(row.items()) for row in rows)


def test_the_same_cells_come_back(imported: Bench) -> None:
    written = write_again(imported.resources, imported.places, "en", replace=True)
    assert written.beyond == ()
    assert written.rows == {"claims": 13, "things": 10, "concepts": 1, "comparisons": 1}
    for sheet in SHEETS:
        assert in_any_order(by_key(imported, sheet)) == in_any_order(RIGHT[sheet]), sheet


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_importing_it_changes_nothing(imported: Bench, lang: str) -> None:
    from bri_kg.checking.workbook_checks import check_workbook

    write_again(imported.resources, imported.places, lang, replace=True)
    for path in (imported.places.workbook, imported.places.tables):
        checked = check_workbook(imported.resources, path, imported.places, lang)
        assert checked.problems == ()
        assert write_graph(checked.made.quads(), "ttl") == imported.places.claims.read_bytes()


def test_claims_stand_in_the_order_of_the_text(imported: Bench) -> None:
    write_again(imported.resources, imported.places, "en", replace=True)
    text = (imported.places.texts / "notes.txt").read_text(encoding="utf-8")
    places = [text.index(row["evidence"]) for row in by_key(imported, "claims")]
    assert places == sorted(places)


def test_a_workbook_that_is_there_is_not_written_over(imported: Bench) -> None:
    write_again(imported.resources, imported.places, "en", replace=True)
    before = imported.places.workbook.read_bytes()
    with pytest.raises(BriKgError, match="BRI966"):
        write_again(imported.resources, imported.places, "en", replace=False)
    assert imported.places.workbook.read_bytes() == before


def test_without_the_text_nothing_is_written(imported: Bench) -> None:
    text = imported.places.texts / "notes.txt"
    kept = text.read_bytes()
    before = imported.places.workbook.read_bytes()
    text.unlink()
    try:
        with pytest.raises(BriKgError, match="BRI965"):
            write_again(imported.resources, imported.places, "en", replace=True)
    finally:
        text.write_bytes(kept)
    assert imported.places.workbook.read_bytes() == before


def test_what_no_cell_can_say_is_told(imported: Bench) -> None:
    claims = imported.places.claims
    kept = claims.read_bytes()
    more = (
        b'<https://example.org/waders/claim/notes-founding> <http://schema.org/text> "by hand" .\n'
    )
    claims.write_bytes(kept + more)
    try:
        written = write_again(imported.resources, imported.places, "en", replace=True)
    finally:
        claims.write_bytes(kept)
    assert ["by hand" in str(quad) for quad in written.beyond] == [True]


def test_words_that_stand_twice_come_back_by_their_place(tmp_path: Path) -> None:
    made = bench(tmp_path)
    text = (made.places.texts / "notes.txt").read_text(encoding="utf-8")
    begin = text.rindex("Sandpiper Union")
    rows: Rows = {
        **RIGHT,
        "claims": [{**RIGHT["claims"][2], "evidence": f"#char={begin},{begin + 15}"}],
        "comparisons": [],
    }
    quads = made.check(rows).made.quads()
    put(made.places, write_graph(quads, "ttl"))
    write_again(made.resources, made.places, "en", replace=True)
    assert by_key(made, "claims")[0]["evidence"] == f"#char={begin},{begin + 15}"
