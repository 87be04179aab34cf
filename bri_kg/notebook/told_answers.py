"""Explanations and descriptions: what holds and who says so, then who differs, then what nobody says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bri_kg.answers.description_model import (
    Count,
    Description,
    FactGroup,
    Gap,
    Identifier,
    Name,
    StatedFact,
)
from bri_kg.answers.face_words import (
    AHEAD,
    ALSO_SAID,
    BASES,
    COLON,
    COMPARED,
    COUNTS,
    FACTS,
    FROM_REFERENCE,
    LEFT_OPEN,
    NAMES,
    NOT_A_NO,
    PROPERTIES,
    SILENCED,
    Both,
    say,
)
from bri_kg.answers.model import Claim, Comparison, Explanation, Fact, Step
from bri_kg.notebook.blocks import Block, Frame, Line, Look, Run, line, listed, run, sections
from bri_kg.notebook.told_claims import (
    claims,
    comparison,
    fact_line,
    mark_run,
    outranking,
)
from bri_kg.notebook.told_passages import (
    label,
    literal,
    names,
    node,
    passages,
    quantity,
    reference,
    short,
    time,
)

_SAID: Both = ("SAID BY (claims: {n}; sources: {m})", "出自 {m} 个来源的 {n} 条说法")
_PREMISES: Both = ("IT RESTS ON", "其依据")
_DIFFERS: Both = ("DIFFERS ON THIS FACT", "对此事实有差异")
_AGREES: Both = ("AGREES ON THIS FACT", "对此事实一致")
_ELSEWHERE: Both = (
    "THE SAME CLAIMS COMPARED IN OTHER PARTS: {n}",
    "同一批说法其他部分的比较：{n}",
)
_RELATED: Both = (
    "RELATED: a name, a thing presumed the same or confusable: {n}",
    "相关：名称、推定同一或易混：{n}",
)
_OUTRANKING: Both = ("SILENCED", "被搁置")
_SILENT: Both = (
    "SILENT: {n} claims about the same thing do not name it; silence is no denial",
    "未提及：{n} 条说法关于同一事物而未提到它；未提及不等于否认",
)
_UNKNOWN: Both = (
    "Nothing in the graph says so. {no_answer}",
    "图谱中没有这样的说法。{no_answer}",
)
_FOLLOWS: Both = ("follows by", "据以得出")
_AND: Both = ("from", "前提")
_NEARBY: Both = (
    "COMPARED, ABOUT WHAT IT MADE OR HAS AS PART",
    "对其成果或组成部分的比较",
)
_PRINTED: Both = ("so printed only", "仅见于文本")
_ITSELF: Both = ("THE CLAIM ITSELF", "该说法本身")
_THING: Both = ("the thing itself leaves it open", "事物本身未言明")


def explanation(given: Explanation, lang: str) -> Block:
    """Return why something is known; agreement apart from difference, silence apart from both."""
    on_fact = set(given.on_fact)
    here, there = _split(given.differs, on_fact)
    agree, agree_there = _split(given.agrees, on_fact)
    head = fact_line(given.fact) if given.fact else ()
    if not given.is_known:
        return Block(
            head, (Block((run(say(lang, _UNKNOWN, no_answer=say(lang, NOT_A_NO)), Look.STRONG),)),)
        )
    sources = {p.source.iri for one in given.said_by for p in one.evidence}
    said = say(lang, _SAID, n=len(given.said_by), m=len(sources))
    elsewhere = (*there, *agree_there)
    return Block(
        head,
        sections(
            (said, claims(given.said_by, lang), Frame.SECTION),
            (say(lang, FROM_REFERENCE).upper(), map(reference, given.references), Frame.SECTION),
            (
                say(lang, BASES["inferred"]).upper(),
                (step(one, lang) for one in given.steps),
                Frame.SECTION,
            ),
            (say(lang, _PREMISES), (explanation(o, lang) for o in given.premises), Frame.SECTION),
            (say(lang, _DIFFERS), _compared(here, lang), Frame.SECTION),
            (say(lang, _AGREES), _compared(agree, lang), Frame.SECTION),
            (
                say(lang, _OUTRANKING),
                (outranking(o, lang) for o in given.outranking),
                Frame.SECTION,
            ),
            (say(lang, _ELSEWHERE, n=len(elsewhere)), _compared(elsewhere, lang), Frame.FOLDED),
            (
                say(lang, _RELATED, n=len(given.related)),
                _compared(given.related, lang),
                Frame.FOLDED,
            ),
            (say(lang, _SILENT, n=len(given.silent)), claims(given.silent, lang), Frame.FOLDED),
        ),
    )


def step(given: Step, lang: str) -> Block:
    """Return one step of a derivation: the fact, the axiom, the premises."""
    inside = (
        Block(line(run(say(lang, _FOLLOWS), Look.QUIET), fact_line(given.axiom))),
        *(Block(line(run(say(lang, _AND), Look.QUIET), fact_line(one))) for one in given.premises),
    )
    return Block(fact_line(given.fact), inside, Frame.STATED)


def description(given: Description, lang: str) -> Block:
    """Return all that is said of a thing: what it is, what holds, what is counted, what lies ahead, what is open."""
    kinds = names(given.types, Look.QUIET)
    head = line(label(given.thing, Look.STRONG), kinds, short(given.thing.iri))
    return Block(
        head,
        (
            *_identity(given, lang),
            *sections(
                (
                    say(lang, _ITSELF),
                    claims([given.claim] if given.claim else [], lang),
                    Frame.SECTION,
                ),
                (say(lang, FACTS), (group(one, lang) for one in given.facts), Frame.SECTION),
                (
                    say(lang, COUNTS),
                    (count(one, lang) for one in given.quantities),
                    Frame.SECTION,
                ),
                (say(lang, AHEAD), claims(given.ahead, lang), Frame.SECTION),
                (say(lang, ALSO_SAID), claims(given.statements, lang), Frame.FOLDED),
                (say(lang, SILENCED), claims(given.silenced, lang), Frame.FOLDED),
                (say(lang, PROPERTIES), map(_triple, given.triples), Frame.SECTION),
                *_folded(LEFT_OPEN, [gap(one, lang) for one in given.left_open], lang),
                *_folded(COMPARED, list(_compared(given.compared, lang)), lang),
                *_folded(_NEARBY, list(_compared(given.nearby, lang)), lang),
            ),
        ),
    )


def name(given: Name, lang: str) -> Block:
    """Return a name, and the claims that print it."""
    return Block(_name(given, lang), claims(given.claims, lang))


def identifier(given: Identifier) -> Line:
    """Return an identifier: the property and the value, a web address as a link."""
    return line(label(given.property, Look.QUIET), node(given.value))


def stated_fact(given: StatedFact, lang: str) -> Block:
    """Return a fact, what it rests on, and every passage that says it."""
    return Block(fact_line(given.fact), _basis(given, lang), Frame.STATED)


def group(given: FactGroup, lang: str) -> Block:
    """Return the facts of one property, each with its passages."""
    inside = tuple(
        Block(
            fact_line(one.fact) if given.inverse else node(one.fact.object),
            _basis(one, lang),
            Frame.STATED,
        )
        for one in given.facts
    )
    return Block((label(given.property, Look.STRONG),), inside)


def count(given: Count, lang: str) -> Block:
    """Return a count as stated: of what, how many, when, and the claim's passages."""
    head = line(
        mark_run(given.claim),
        *([names(given.subjects)] if given.subjects else []),
        *([label(given.counted)] if given.counted else []),
        quantity(given.quantity, lang),
        *([label(given.unit)] if given.unit else []),
        *([listed(time(one, lang) for one in given.times)] if given.times else []),
    )
    return Block(head, passages(given.claim.passages, lang), Frame.STATED)


def gap(given: Gap, lang: str) -> Block:
    """Return what a source could have said and does not, with the silent passages."""
    owner = short(given.claim) if given.claim else run(say(lang, _THING), Look.QUIET)
    reason = [literal(given.reason)] if given.reason else []
    return Block(
        line(label(given.gap, Look.STRONG), owner, *reason), passages(given.passages, lang)
    )


def _triple(given: Fact) -> Block:
    return Block(fact_line(given))


def _identity(given: Description, lang: str) -> Iterator[Block]:
    if given.definition:
        yield Block(literal(given.definition))
    if given.names:
        told = listed(_name(one, lang) for one in given.names)
        yield Block(line(run(say(lang, NAMES), Look.QUIET), told))
    for one in given.identifiers:
        yield Block(identifier(one))
    for ref in given.references:
        yield Block(line(run(say(lang, FROM_REFERENCE), Look.QUIET), reference(ref).line))


def _name(given: Name, lang: str) -> Line:
    look = Look.STRONG if given.kind == "preferred" else Look.PLAIN
    text = Run(given.text, given.lang, look)
    return line(text, *([run(say(lang, _PRINTED), Look.QUIET)] if given.kind == "printed" else []))


def _basis(given: StatedFact, lang: str) -> tuple[Block, ...]:
    if not given.claims:
        basis = say(lang, BASES[given.basis]) if given.basis in BASES else given.basis
        return (Block((run(basis, Look.QUIET),)),)
    return tuple(_short_claim(one, lang) for one in given.claims)


def _short_claim(given: Claim, lang: str) -> Block:
    times = [listed(time(one, lang) for one in given.times)] if given.times else []
    head = line(mark_run(given), short(given.iri), *times)
    return Block(head, passages(given.passages, lang))


def _split(
    given: Iterable[Comparison], on_fact: set[str]
) -> tuple[list[Comparison], list[Comparison]]:
    found = list(given)
    return [c for c in found if c.iri in on_fact], [c for c in found if c.iri not in on_fact]


def _compared(given: Iterable[Comparison], lang: str) -> Iterator[Block]:
    return (comparison(one, lang) for one in given)


def _folded(
    wording: Both, inside: list[Block], lang: str
) -> Iterator[tuple[str, list[Block], Frame]]:
    yield f"{say(lang, wording)}{say(lang, COLON)}{len(inside)}", inside, Frame.FOLDED
