"""One style of docstring: the first line of a function says what it does, in the imperative."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT

# A verb that is not here yet is added here: in its base form, as one would tell somebody to do it.
VERBS = frozenset(
    re.findall(
        r"\w+",
        """Add Answer Apply Ask Build Change Close Compare Compile Count Decide Do Draw Drop End Evaluate
        Fill Find Follow Free Gather Give Go Hand Hold Include Index Join Keep Leave Let List Load Look
        Make Measure Move Note Open Pass Pause Print Put Raise Read Refuse Remember Remove
        Return Round Run Say See Send Serve Set Show Start Stop Store Stream Take Tell Undo Validate
        Wait Walk Write Yield""",
    )
)
PROPERTIES = {"property", "cached_property"}
FILES = [*sorted((ROOT / "bri_kg").rglob("*.py")), ROOT / "hatch_build.py"]


def first_lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield the line and the first line of the docstring of each function that is no property."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            names = {getattr(d, "id", getattr(d, "attr", "")) for d in node.decorator_list}
            docstring = ast.get_docstring(node)
            if docstring and not names & PROPERTIES:
                yield node.lineno, docstring.splitlines()[0]


def faults(text: str) -> list[str]:
    return [
        f"{line}: {first}"
        for line, first in first_lines(text)
        if first.split()[0].rstrip(",.:") not in VERBS
    ]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_function_says_what_it_does(path: Path) -> None:
    assert faults(path.read_text(encoding="utf-8")) == []


def test_another_style_is_found() -> None:
    text = '''
def one():
    """The number one."""

class Two:
    @property
    def three(self):
        """The number three."""

    def four(self):
        """Return four."""

    async def five(self):
        """Returns five."""
'''
    assert faults(text) == ["2: The number one.", "13: Returns five."]
