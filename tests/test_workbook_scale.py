"""Large workbooks: the work grows with the rows and no faster, and says on a terminal how far it is."""

from __future__ import annotations

import io
import random
import sys
import time
from pathlib import Path

import pytest
from conftest import ROOT
from workbook_bench import RIGHT, Bench, Row, Rows, bench, claim, thing

import measure
from bri_kg.checking.workbook_checks import check_workbook
from bri_kg.dataset.new_collection import new_collection
from bri_kg.dataset.resources import find
from bri_kg.texts.extracting import extract
from bri_kg.texts.new_source import Origin, write_source
from bri_kg.texts.workbook.source_places import places_of

FEW, MANY = 375, 1_500
# 1.1 is what ten thousand rows keep; short runs on a busy machine need room.
EXPONENT = 1.25


def large(folder: Path, count: int) -> Bench:
    """Return a collection with a workbook of so many claims, up to 1,500, about eighty bodies."""
    folder.mkdir()
    made = new_collection(folder / "kg", "Large", "https://example.org/large/", "large").folder
    rows = memberships(count)
    (folder / "notes.txt").write_text("\n".join(row["evidence"] for row in rows["claims"]) + "\n")
    places = places_of(find(made), "notes")
    origin = Origin("Large", "大型")
    write_source(
        places, "large:notes", extract(folder / "notes.txt"), origin, {}, folder / "notes.txt"
    )
    own = Bench(find(made), places)
    own.fill(rows)
    return own


def seconds(folder: Path, count: int) -> float:
    """Return the CPU time of checking so many claims."""
    own = large(folder, count)
    places = own.places
    begun = time.process_time()
    checked = check_workbook(own.resources, places.tables, places, "en")
    assert (checked.ready, checked.problems) == (count, ())
    return time.process_time() - begun


def memberships(count: int) -> Rows:
    """Return claims that each body joined each union, until there are enough."""
    rng = random.Random(7)

    def name(words: int) -> str:
        made = (
            "".join(rng.choice("bcdfglmnprstvz") + rng.choice("aeiou") for _ in range(3))
            for _ in range(words)
        )
        return " ".join(made).title()

    def chinese() -> str:
        return "".join(chr(rng.randrange(0x4E00, 0x9000)) for _ in range(6))

    bodies, unions = [name(2) for _ in range(50)], [f"{name(2)} Union" for _ in range(30)]
    pairs = [(body, union) for body in bodies for union in unions]
    rng.shuffle(pairs)
    claims: list[Row] = [
        claim(
            "membership", f"{body} joined the {union} in {1950 + number % 60}.",
            hasSubject=body, hasObject=union, hasTime=str(1950 + number % 60),
        )
        for number, (body, union) in enumerate(pairs[:count])
    ]  # fmt: skip
    things = [thing("organization", one, chinese()) for one in (*bodies, *unions)]
    return {"claims": claims, "things": things}


@pytest.mark.slow
def test_checking_grows_with_the_rows(tmp_path: Path) -> None:
    spent: dict[int, float] = {}
    # What is loaded once is loaded by the first of all, and a busy machine only ever adds to what is taken off.
    for place, count in (("warm", 1), ("one", 1), ("few", FEW), ("many", MANY), ("again", 1)):
        took = seconds(tmp_path / place, count)
        spent[count] = min(took, spent.get(count, took))
    few, many = spent[FEW] - spent[1], spent[MANY] - spent[1]
    # What is the same for any number of rows takes seconds, and not always as many.
    assert many <= few * (MANY / FEW) ** EXPONENT + 1, spent


def test_a_terminal_is_told_how_far_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = bench(tmp_path)
    made.fill(RIGHT)
    terminal = io.StringIO()
    monkeypatch.setattr(sys, "stderr", terminal)
    check_workbook(made.resources, made.places.tables, made.places, "en", show=True)
    shown = terminal.getvalue()
    assert "reading" in shown and " of 25 rows" in shown
    assert "checking" in shown and "of 6 stages" in shown
    assert shown.rstrip(" ").endswith("\r")
    terminal.truncate(0)
    check_workbook(made.resources, made.places.tables, made.places, "en")
    assert terminal.getvalue().strip("\0") == ""


# Megabytes at the peak of an import, the interpreter and our own graph included, and what a row may add.
PEAK, OF_A_ROW = 330, 0.016


@pytest.mark.slow
@pytest.mark.skipif(
    sys.platform != "linux", reason="elsewhere the peak is not counted in kilobytes"
)
def test_the_peak_of_an_import_has_a_bound(tmp_path: Path) -> None:
    """Seen at 1,250, 2,500, 5,000 and 10,000 rows: docs/collection.md."""
    peaks = {}
    for count in (1_000, 1_500):
        own = large(tmp_path / str(count), count)
        # A process begins with the peak of the one that it is forked from: there a small one, not pytest.
        cost = measure.run(
            [
                sys.executable,
                "-m",
                "bri_kg",
                "source",
                "import",
                "notes",
                "--graph",
                str(own.places.folder),
                "-q",
            ],
            limit=300,
            env={"PYTHONPATH": str(ROOT)},
        )
        peaks[count] = cost.rss / 1e6
    assert peaks[1_500] - peaks[1_000] <= 500 * OF_A_ROW + 10, peaks
    assert peaks[1_500] <= PEAK - 8_500 * OF_A_ROW, peaks
