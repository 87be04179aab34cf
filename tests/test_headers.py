"""The one reader of `#+` headers, and the one search for the nearest name."""

from __future__ import annotations

from pathlib import Path

import pytest

from bri_kg.dataset.headers import read_stored
from bri_kg.errors import InputError
from bri_kg.names import nearest

KEYS = ("summary", "summary_zh", "params")


def stored(folder: Path, text: str, **options: tuple[str, ...]) -> object:
    path = folder / "asked.rq"
    path.write_text(text, encoding="utf-8")
    return read_stored(path, "a query", KEYS, **options)


def test_a_value_may_hold_colons_and_run_over_indented_lines(tmp_path: Path) -> None:
    path = tmp_path / "asked.rq"
    path.write_text("#+ summary: One: two\n#+ params:\n#+   a: b\nSELECT\n#+ late\n#x\n", "utf-8")
    with pytest.raises(InputError, match=r":5: error\[BRI220\]: a header line is no `key: value`"):
        read_stored(path, "a query", KEYS)
    path.write_text("#+ summary: One: two\n#+ params:\n#+   a: b\n\nSELECT\n#x\n", "utf-8")
    found = read_stored(path, "a query", KEYS)
    assert found.value("summary") == "One: two"
    assert (found.entries["params"].text, found.entries["params"].line) == ("\n  a: b", 2)
    assert found.query == "SELECT\n#x\n"
    assert [found.wording(lang) for lang in ("en", "zh")] == ["One: two", "One: two"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("#+ sumary: x\nASK {}", r":1: .*unknown header key 'sumary'\n.*did you mean 'summary'"),
        ("#+ summary: x\n#+ summary: y\nASK {}", r":2: .*gives 'summary' twice"),
        ("ASK {}", r":1: .*lacks 'summary'"),
        ("#+ summary:\nASK {}", r":1: .*lacks 'summary'"),
    ],
)
def test_what_a_header_may_not_hold(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(InputError, match=says):
        stored(tmp_path, text, required=("summary",))


@pytest.mark.parametrize(
    ("name", "near"),
    [("Unseco", "UNESCO"), ("unesco", "UNESCO"), ("cofonders", "cofounders"), ("xyz", None)],
)
def test_case_does_not_count_for_the_nearest_name(name: str, near: str | None) -> None:
    assert nearest(name, ["cofounders", "UNESCO", "Units", "Unsold"]) == near
