"""What the index of a written site holds of questions and pages, beside their names: how words fill them in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from bri_kg.answers.question_choice import asking_of, ways_asked
from bri_kg.answers.question_wording import asked_wording
from bri_kg.dataset.questions import Question
from bri_kg.names import shorten
from bri_kg.web.explorer.overview_words import WAY_TO
from bri_kg.web.explorer.page import Page
from bri_kg.web.explorer.searched_places import ASKED_BY

_GAP: Final = "\N{REPLACEMENT CHARACTER}"  # where the name of a thing goes in a wording
_NOT_HERE: Final = -1


def asked_of(page: Page, question: Question, entries: Mapping[str, int]) -> list[Any]:
    """Return how a question asks about what an index holds.

    The number of its parameters, the entry that it asks about by default, its wording with a gap or nothing, the
    addresses of its answers by entry, and in how many ways people ask it. `entries` are the places of things and
    concepts.
    """
    takes: dict[str, str] = {}
    own = _NOT_HERE
    told = None
    for node, place in entries.items():
        asking = asking_of(question, node)
        value = shorten(node)
        if asking is None or not page.at.has(f"questions/{question.name}", **{asking.name: value}):
            continue
        takes[str(place)] = page.at.of(f"questions/{question.name}", **{asking.name: value})
        own = place if asking.default == value else own
        told = asked_wording(question, page.lang, {asking.name: _GAP})
    return [
        len(question.params),
        own,
        told if told and _GAP in told else None,
        takes,
        ways_asked(question),
    ]


def places_told(page: Page) -> list[list[Any]]:
    """Return the pages of the whole graph: label, meaning, address, and the words that ask for each."""
    return [
        [
            page.say(page.words.PLACES[key]),
            page.say(WAY_TO[key]),
            page.at.of(key),
            sorted(words),
        ]
        for key, words in ASKED_BY.items()
    ]
