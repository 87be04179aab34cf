"""Lines fit the columns there are, and hold every character that they were given."""

from __future__ import annotations

import io
import os
import re
from argparse import Namespace
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from show_mutants import pages

from bri_kg.cli.show.colour import coloured, shows_colour
from bri_kg.cli.show.layout import Page, wrap
from bri_kg.cli.show.side_by_side import beside
from bri_kg.cli.talking import talk
from bri_kg.plain import display_width

TEXTS = st.text(
    st.characters(exclude_categories=["C", "Z", "M"]) | st.sampled_from(" 中院。（一」/-")
)


@given(TEXTS, st.integers(2, 60))
def test_nothing_is_cut_and_no_line_is_longer(text: str, width: int) -> None:
    lines = list(wrap(text, width))
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(display_width(line) <= width for line in lines)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("more than 100 institutions", ["more than", "100", "institutions"]),
        ("中国科学院（简称中科院）。", ["中国科学院", "（简称中科", "院）。"]),
        ("https://e.org/a-b/cdefgh", ["https://", "e.org/a-b/", "cdefgh"]),
        ("see https://e.org/a/b", ["see", "https://", "e.org/a/b"]),
        ("", []),
    ],
)
def test_where_lines_break(text: str, lines: list[str]) -> None:
    assert list(wrap(text, 12 if "more" in text else 10)) == lines


@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=4), st.integers(40, 200), st.integers(0, 6))
def test_pairs_fit(pairs: list[tuple[str, str]], columns: int, indent: int) -> None:
    page = Page(columns)
    assert all(display_width(line) <= columns for line in page.pairs(pairs, indent=indent))


def test_what_hangs_below_its_label() -> None:
    assert Page(30).lines("one two three four five", indent=2, first="- ") == [
        "  - one two three four",
        "    five",
    ]
    assert Page(30).lines("one two three four five six", indent=2, rest="| ") == [
        "  one two three four",
        "  | five six",
    ]
    address = "https://e.org/a/bc-de"
    assert Page(30).lines(f"see {address}, then", indent=2, first="at: ") == [
        "  at: see",
        f"      {address},",
        "      then",
    ]
    assert Page(22).lines(address, indent=2, first="at: ") == ["  at:", f" {address}"]
    assert Page(20).lines(address, indent=2) == ["  https://e.org/a/", "  bc-de"]
    assert Page(22).lines(address, first="| ", rest="| ") == ["| https://e.org/a/", "| bc-de"]
    assert Page(80, "ascii").lines("中") == ["\\u4e2d"]


class Screen(io.StringIO):
    """A terminal."""

    def isatty(self) -> bool:
        return True


def test_an_address_beside_a_label_stands_whole() -> None:
    address = "https://example.org/" + 28 * "a/"
    cells = [("ids", partial(Page.lines, text=address)), ("is", partial(Page.lines, text="one"))]
    assert list(beside(Page(80), cells)) == ["  ids", "    " + address, "  is   one"]
    assert list(beside(Page(90), cells)) == ["  ids  " + address, "  is   one"]


@pytest.mark.parametrize("is_terminal", [True, False])
def test_talk_fits_a_terminal_and_is_one_line_elsewhere(
    monkeypatch: pytest.MonkeyPatch, is_terminal: bool
) -> None:
    told = io.StringIO()
    monkeypatch.setattr(told, "isatty", lambda: is_terminal)
    monkeypatch.setattr("sys.stderr", told)
    monkeypatch.setenv("COLUMNS", "40")
    text = "without them these questions have no answer, or another: attributions, and 23 more (-v names them)"
    for lang in ("en", "zh"):
        talk(Namespace(quiet=False, lang=lang), text)
    lines = told.getvalue().splitlines()
    assert text.replace(" ", "") in "".join(lines).replace(" ", "")
    assert (max(map(display_width, lines)) <= 40, len(lines) == 2) == (is_terminal, not is_terminal)


def test_colour_is_for_terminals_that_have_it_and_people_who_want_it() -> None:
    good = {"TERM": "xterm-256color"}
    assert shows_colour(Screen(), good) == (os.name == "posix")
    assert not shows_colour(Screen(), {**good, "NO_COLOR": "1"})
    assert not shows_colour(Screen(), {"TERM": "dumb"}) and not shows_colour(Screen(), {})
    assert not shows_colour(io.StringIO(), good) and not shows_colour(None, good)


def test_colour_changes_no_line() -> None:
    escape = re.compile(r"\x1b\[\d+m")
    for name, lines, _columns, _rows in pages():
        assert [escape.sub("", line) for line in coloured(lines)] == list(lines), name


def test_a_title_of_several_lines_is_bold() -> None:
    lines = ["Who is it that", "founded?", "[achieved or ongoing]", "", "1  ANSO", "one", "two"]
    shown = list(coloured(lines))
    assert shown[0] == "\x1b[1mWho is it that\x1b[22m"
    assert shown[2] == "\x1b[1m\x1b[36m[achieved or ongoing]\x1b[39m\x1b[22m"
    assert shown[4:] == lines[4:]
    assert list(coloured(lines[4:])) == lines[4:]
    assert list(coloured(["", "PLANNED  2", "1  ANSO", "2  CAS"]))[1] == "\x1b[1mPLANNED  2\x1b[22m"


def test_headings_are_bold_and_marks_are_coloured() -> None:
    lines = [
        "ANSO",
        "  is founded by RAS  [achieved]",
        "  | in words  [achieved]",
        "",
        "FACTS  [planned]  cas-decade 1–2",
        "  one",
        "",
        "2 rows",
    ]
    assert list(coloured(lines)) == [
        "\x1b[1mANSO\x1b[22m",
        "  is founded by RAS  \x1b[36m[achieved]\x1b[39m",
        *lines[2:4],
        "\x1b[1mFACTS  \x1b[36m[planned]\x1b[39m  cas-decade 1–2\x1b[22m",
        *lines[5:],
    ]
