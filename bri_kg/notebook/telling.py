"""Which blocks tell which result: `block` knows every dataclass that the Python API gives."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from bri_kg.answers import description_model as d
from bri_kg.answers import model as m
from bri_kg.answers.callable_questions import Questions
from bri_kg.answers.face_words import STANCES, Both, say
from bri_kg.answers.search import Hit, Hits
from bri_kg.answers.standing import is_ahead
from bri_kg.dataset.questions import Question
from bri_kg.findings import Finding
from bri_kg.notebook import (
    told_answers,
    told_claims,
    told_findings,
    told_passages,
    told_questions,
    told_rows,
)
from bri_kg.notebook.as_html import html_of
from bri_kg.notebook.as_text import text_of
from bri_kg.notebook.blocks import Block, Frame, Look, line, run, sections
from bri_kg.notebook.language import language_of
from bri_kg.plain import Several
from bri_kg.rdf.rows import Row, Rows

_Told = Callable[[Any, str], Block]
_ITEMS: Both = ("{n} in all", "共 {n} 项")
_AHEAD: Both = ("NOT COME ABOUT: {n}", "尚未实现：{n}")
_FOLDED = ("agrees", "related")

_TOLD: dict[type, _Told] = {
    m.Named: lambda it, lang: Block(
        line(told_passages.label(it, Look.STRONG), told_passages.short(it.iri))
    ),
    m.Text: lambda it, lang: Block(told_passages.literal(it)),
    m.Fact: lambda it, lang: Block(told_claims.fact_line(it)),
    m.Source: lambda it, lang: told_passages.source(it),
    m.Passage: told_passages.passage,
    m.Quantity: lambda it, lang: Block(told_passages.quantity(it, lang)),
    m.TimeSpan: lambda it, lang: Block(told_passages.time(it, lang)),
    m.Part: lambda it, lang: Block(told_claims.part(it)),
    m.Claim: told_claims.claim,
    m.Comparison: told_claims.comparison,
    m.Candidate: told_claims.candidate,
    m.Outranking: told_claims.outranking,
    m.Reference: lambda it, lang: told_passages.reference(it),
    m.Step: told_answers.step,
    m.Explanation: told_answers.explanation,
    d.Name: told_answers.name,
    d.Identifier: lambda it, lang: Block(told_answers.identifier(it)),
    d.StatedFact: told_answers.stated_fact,
    d.FactGroup: told_answers.group,
    d.Count: told_answers.count,
    d.Gap: told_answers.gap,
    d.Description: told_answers.description,
    Hit: told_findings.hit,
    Hits: told_findings.hits,
    Finding: told_findings.finding,
    Rows: told_rows.rows,
    Row: told_rows.row,
}


def block(result: object, lang: str | None = None) -> Block:
    """Return a result as blocks, in its own language or the one that is given."""
    spoken = lang or language_of(result)
    if isinstance(result, Several):
        return _several(result, spoken)
    if isinstance(result, Questions):
        return told_questions.questions(result.values(), spoken)
    if isinstance(result, Question):
        return told_questions.question(result, spoken)
    told = _TOLD.get(type(result))
    if told:
        return told(result, spoken)
    if hasattr(result, "findings"):
        return told_findings.report(result, spoken)
    return told_findings.by_fields(result, spoken)


def _several(results: Iterable[object], lang: str) -> Block:
    """Return results with their number: contradictions first, what has not come about last, both under their name."""
    found = list(results)
    ahead = [one for one in found if _is_ahead(one)]
    compared = [one for one in found if isinstance(one, m.Comparison)]
    others = [one for one in found if not isinstance(one, m.Comparison) and not _is_ahead(one)]
    stances = [one for one in STANCES if any(c.stance == one for c in compared)]
    by_stance = (
        (
            f"{told_claims.stance(stance, lang)}: {len(of)}",
            [block(one, lang) for one in of],
            Frame.FOLDED if stance in _FOLDED else Frame.SECTION,
        )
        for stance in stances
        if (of := [one for one in compared if one.stance == stance])
    )
    return Block(
        (run(say(lang, _ITEMS, n=len(found)), Look.QUIET),),
        (
            *(block(one, lang) for one in others),
            *sections(
                *by_stance,
                (say(lang, _AHEAD, n=len(ahead)), [block(c, lang) for c in ahead], Frame.SECTION),
            ),
        ),
    )


def _is_ahead(result: object) -> bool:
    return isinstance(result, m.Claim) and is_ahead(result)


class Blocks:
    """The face that shows results as blocks."""

    def html(self, result: object) -> str:
        """Return a result as HTML that runs and fetches nothing."""
        lang = language_of(result)
        return html_of(block(result, lang), lang)

    def text(self, result: object) -> str:
        """Return a result as lines of text."""
        return text_of(block(result))
