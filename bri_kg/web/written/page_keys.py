"""The pages of the explorer by their keys, as a copy makes them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

from starlette.routing import compile_path

from bri_kg.web.explorer.page import Page
from bri_kg.web.explorer.page_addresses import START, THING
from bri_kg.web.explorer.page_routes import Made
from bri_kg.web.explorer.question_answer import question_page
from bri_kg.web.explorer.question_index import questions_page
from bri_kg.web.explorer.routes import PAGES
from bri_kg.web.explorer.start import start_page
from bri_kg.web.site import Site

_NAME: Final = "question_name"


def _questions(site: Site, page: Page, asked: Mapping[str, str]) -> str:
    return questions_page(site, page)


def _question(site: Site, page: Page, asked: Mapping[str, str]) -> str:
    given = {name: value for name, value in asked.items() if name != _NAME}
    return question_page(site, page, site.graph.questions[asked[_NAME]], given).html


_MADE: Final[Mapping[str, Made]] = {
    START: start_page,
    "questions": _questions,
    f"questions/{{{_NAME}}}": _question,
    **PAGES,
}


def is_page(key: str) -> bool:
    """Return whether the explorer has a page with this key."""
    return made_at(key) is not None


@cache
def made_at(key: str) -> tuple[Made, Mapping[str, str]] | None:
    """Return what makes the page at a key, and the fields of its path; None where there is none."""
    for pattern, made in _MADE.items():
        expression, _, _ = compile_path(pattern)
        if pattern != THING and (match := expression.fullmatch(key)):
            return made, match.groupdict()
    return None


def keys_without_fields() -> tuple[str, ...]:
    """Return the keys of the pages that are there once, whatever the graph holds."""
    return tuple(key for key in _MADE if key != THING and "{" not in key)
