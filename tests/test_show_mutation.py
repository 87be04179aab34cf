"""Whatever is planted in the code that shows answers, the pages tell: cut, too wide, out of order, unmarked."""

from __future__ import annotations

from show_mutants import LABELS, PAGES, SAID, Mutant, mutants, pages, planted, text_of_pages
from shown_answers import faults

WORDS = {passage.iri: passage.words for passage in SAID}


def test_the_pages_are_as_they_were_looked_at() -> None:
    assert text_of_pages() == PAGES.read_text(encoding="utf-8")


def test_the_pages_hold_all_that_their_rows_do() -> None:
    for name, lines, columns, rows in pages():
        told = [] if name.startswith("any") else faults(lines, columns, rows, LABELS.get, WORDS.get)
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
