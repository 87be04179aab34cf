"""Suggestions for people: by sentence, the words with their place, what they seem to mean, and what is to be noted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bri_kg.answers.face_words import Both, Number, counted, say
from bri_kg.answers.suggested import Suggested
from bri_kg.cli.show.layout import Page
from bri_kg.names import citation
from bri_kg.plain import display_width
from bri_kg.texts.suggestions.found_words import Kind, Suggestion
from bri_kg.texts.suggestions.outside import Dropped
from bri_kg.texts.suggestions.suggested_cells import all_meant, edtf_of
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
_DROPPED: Final[dict[str, Both]] = {
    Dropped.MALFORMED: (
        "{count} left out: they have not the form that is asked for",
        "略去 {count} 条：格式不符合要求",
    ),
    Dropped.WORDS: (
        "{count} left out: the words do not stand in the text at this place",
        "略去 {count} 条：原文此处没有这些文字",
    ),
    Dropped.LONG: (
        "{count} left out: the words are longer than a passage may be",
        "略去 {count} 条：文字超过段落的长度上限",
    ),
    Dropped.UNKNOWN: (
        "{count} left out: they name nothing that is known",
        "略去 {count} 条：所指事物未知",
    ),
    Dropped.KNOWN: (
        "{count} left out: what they call new is known already",
        "略去 {count} 条：所称的新事物已为图谱所知",
    ),
    Dropped.VALUE: (
        "{count} left out: the time or amount is none that the graph understands",
        "略去 {count} 条：时间或数量不是图谱能理解的",
    ),
    Dropped.SAYS_MORE: (
        "{count} left out: the words do not say the number or year",
        "略去 {count} 条：文字中没有该数字或年份",
    ),
    Dropped.OVERLAPS: (
        "{count} left out: another suggestion of the kind stands there",
        "略去 {count} 条：该处已有同类建议",
    ),
}
_INDENT: Final = 2


def dropped_lines(lang: str, found: Suggested) -> Iterator[str]:
    """Yield how many suggestions of a command broke which rule."""
    for reason, count in found.dropped.items():
        yield say(lang, _DROPPED[Dropped(reason)], count=count)


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
