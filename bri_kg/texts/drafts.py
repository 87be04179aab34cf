"""From a draft of claims to Turtle: words in braces become the passages that hold them.

A draft is a claims file in which `{{words}}`, or `{{first words ... last words}}`, stands where
a passage is wanted. Drafts hold words of a source, so they stay out of the project.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bri_kg.errors import BriKgError, InputError
from bri_kg.names import split_slug
from bri_kg.texts.originals import LONGEST_PASSAGE, find_span

_BRACES = re.compile(r"\{\{|\}\}")
_BASE = re.compile(r"^[^\S\n]*@?base\s+<([^<>\s]*)>", re.IGNORECASE | re.MULTILINE)

_Fault = tuple[str, str, str]
"""Code, what is wrong, and how to mend it."""

_UNPAIRED: _Fault = (
    "BRI241",
    "these braces have no counterpart on their line",
    "write {{words}} on one line; `first words ... last words` keeps it short",
)


@dataclass(frozen=True)
class Filled:
    """The draft with passages in it, and what could not be filled, each with file and line."""

    text: str
    passages: int
    problems: tuple[BriKgError, ...]


def fill(draft: str, slug: str, text: str, file: str) -> Filled:
    """Return `draft` with each `{{words}}` replaced by the passage of `text` that holds them.

    Nothing is raised: every problem is returned, since an author mends them together.
    """
    done: list[str] = []
    _, base, name = split_slug(slug)
    has_base = base in _BASE.findall(draft)
    faults: list[tuple[int, int, _Fault]] = [] if has_base else [(1, 1, _no_base(base))]
    passages = 0
    for number, line in enumerate(draft.split("\n"), 1):
        filled, rest = "", 0
        for start, stop in _in_braces(line):
            words = line[start + 2 : stop - 2]
            spans = find_span(text, words)
            if fault := _fault(spans, words):
                faults.append((number, start + 1, fault))
            begin, end = spans[0] if spans else (0, 0)
            filled += line[rest:start] + f"<source/{name}#char={begin},{end}>"
            rest = stop
            passages += 1
        if stray := _BRACES.search(line, rest):
            faults.append((number, stray.start() + 1, _UNPAIRED))
        done.append(filled + line[rest:])
    problems = (_problem(file, *fault) for fault in faults)
    return Filled("\n".join(done), passages, tuple(problems))


def _no_base(base: str) -> _Fault:
    return (
        "BRI240",
        "the draft has no base, and passages are written relative to it",
        f"begin it with `@base <{base}> .`",
    )


def _in_braces(line: str) -> Iterator[tuple[int, int]]:
    """Yield where each `{{words}}` of a line begins and ends; a search by pattern would look far for each brace."""
    start = line.find("{{")
    while start >= 0 and (close := line.find("}}", start + 2)) >= 0:
        yield start, close + 2
        start = line.find("{{", close + 2)


def _fault(spans: list[tuple[int, int]], words: str) -> _Fault | None:
    if not spans:
        return (
            "BRI242",
            f"these words stand nowhere in the text: {words}",
            "copy them from the text; of a long passage give `first words ... last words`",
        )
    if len(spans) > 1:
        return (
            "BRI243",
            f"these words stand in {len(spans)} places: {words}",
            "give more of them",
        )
    length = spans[0][1] - spans[0][0]
    if length > LONGEST_PASSAGE:
        return (
            "BRI244",
            f"the passage has {length} characters, and at most {LONGEST_PASSAGE} are allowed: {words}",
            "cite the clause that says it, or several passages",
        )
    return None


def _problem(file: str, line: int, column: int, fault: _Fault) -> BriKgError:
    code, message, fix = fault
    return InputError(
        code=code, file=file, line=line, column=column, message=message, fix=fix, exit_code=1
    )
