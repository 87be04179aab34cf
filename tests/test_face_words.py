"""What the terminal and the notebook both say stands in one place, `bri_kg.answers.face_words`."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import bri_kg
from bri_kg.answers.face_words import ROWS, counted

PACKAGE = Path(bri_kg.__file__).parent
PLACES = {
    "terminal": [*(PACKAGE / "cli" / "show").glob("*.py")],
    "notebook": [*(PACKAGE / "notebook").glob("*.py")],
    "home": [
        PACKAGE / "answers" / f"{name}.py" for name in ("face_words", "claim_words", "amounts")
    ],
}
# Of references a thing is known from, of premises what a step follows from; of a command, and of what a term means.
TWO_SENSES = {"from", "example"}


def wordings(path: Path) -> Iterator[str]:
    """Yield the English of each pair of English and Chinese, without regard to capitals and names of fields."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Tuple(elts=[ast.Constant(value=str(english)), ast.Constant(value=str(other))]):
                text = re.sub(r"\{\w+\}", "{}", english.casefold()).strip("[]")
                if not other.isascii() and re.search(r"\w", text):  # fields alone say nothing
                    yield text


def test_no_wording_stands_in_two_places() -> None:
    found = defaultdict(set)
    for place, paths in PLACES.items():
        for path in paths:
            for english in wordings(path):
                found[english].add(place)
    assert len(found) > 200
    assert {text for text, places in found.items() if len(places) > 1} == TWO_SENSES


def test_what_is_counted_is_one_or_several() -> None:
    assert [counted("en", ROWS, n) for n in (0, 1, 2)] == ["0 rows", "1 row", "2 rows"]
    assert counted("zh", ROWS, 2) == "共 2 行"
