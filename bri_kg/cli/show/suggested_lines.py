"""Suggestions for people: by sentence, the words with their place, what they seem to mean, and what is to be noted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bri_kg.answers.face_words import Both, Number, counted
from bri_kg.answers.suggested import Suggested
from bri_kg.cli.show.layout import Page
from bri_kg.names import citation
from bri_kg.plain import display_width
from bri_kg.texts.suggestions.cell_texts import all_meant, edtf_of
from bri_kg.texts.suggestions.found_words import Kind, Suggestion
from bri_kg.texts.suggestions.suggestion_sheet import KINDS, notes_of

_SUGGESTIONS: Final[Number] = (
    ("1 suggestion; it is no claim", "共 1 条建议，均非主张"),
    ("{count} suggestions; none is a claim", "共 {count} 条建议，均非主张"),
)
_NONE: Final[Both] = (
    "nothing is suggested: no known name, date or amount stands in the text",
    "没有建议：文中没有已知的名称、时间或数量",
)
_OR: Final[Both] = (" or ", " 或 ")
_LIKELY: Final[Both] = ("new, perhaps {cls}", "新事物，或为{cls}")
_BY: Final[Both] = ("by {by}", "出自 {by}")
_INDENT: Final = 2


def suggestion_lines(page: Page, found: Suggested) -> Iterator[str]:
    """Yield the sentences in which something is suggested, each with what; at the end how much there is."""
    for sentence in found.sentences:
        words = " ".join(found.text[sentence.begin : sentence.end].split())
        yield page.safe(citation(found.source, sentence.begin, sentence.end))
        yield from page.lines(words, indent=_INDENT, first="| ", rest="| ")
        kinds = [KINDS[one.kind][page.lang == "zh"] for one in sentence.suggestions]
        widest = max(map(display_width, kinds))
        for kind, one in zip(kinds, sentence.suggestions, strict=True):
            pad = " " * (widest - display_width(kind) + 2)
            yield from page.lines(_told(page, one, found), indent=_INDENT, first=kind + pad)
        yield ""
    number = len(found.suggestions)
    yield counted(page.lang, _SUGGESTIONS, number) if number else page.say(_NONE)


def _told(page: Page, one: Suggestion, found: Suggested) -> str:
    known = found.desk.known
    words = " ".join(one.words.split())
    meant = page.say(_OR).join(_meant(page, one, found))
    notes = notes_of(one, known, page.lang)
    notes += [page.say(_BY, by=one.by)] if one.by else []
    said = (
        f"{words} {one.begin}\N{EN DASH}{one.end}: {meant}"
        if meant
        else f"{words} {one.begin}\N{EN DASH}{one.end}"
    )
    return f"{said} ({'; '.join(notes)})" if notes else said


def _meant(page: Page, one: Suggestion, found: Suggested) -> list[str]:
    known = found.desk.known
    if one.kind is Kind.NEW:
        cls = (
            known.label(f"https://w3id.org/bri-kg/ontology#{one.cls}", page.lang)
            if one.cls
            else None
        )
        name = [one.name] if one.name and one.name != " ".join(one.words.split()) else []
        return [*name, page.say(_LIKELY, cls=cls)] if cls else name
    meant = all_meant(one, known, page.lang)
    times = edtf_of(one)
    return [
        f"{text} [{times[place]}]" if place < len(times) and times[place] != text else text
        for place, text in enumerate(meant)
    ]
