"""Facts, claims and comparisons: what is planned never looks like what has come about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bri_kg.answers.captions import NO_FACT
from bri_kg.answers.face_words import (
    ACCORDING_TO,
    DENIED,
    NOT_SAID,
    NUMBER,
    OPEN_LIST,
    OUTRANKED_BY,
    STANCES,
    TIME,
    Both,
    say,
)
from bri_kg.answers.model import Candidate, Claim, Comparison, Fact, Named, Outranking, Part, Text
from bri_kg.answers.standing import is_ahead
from bri_kg.names import PREFIXES, shorten
from bri_kg.notebook.blocks import Block, Frame, Line, Look, Run, Table, line, listed, marked, run
from bri_kg.notebook.told_passages import (
    label,
    literal,
    names,
    node,
    passages,
    quantity,
    short,
    time,
)

_NORMAL = PREFIXES["bri-rank"] + "normal"

_REASON: Both = ("editors' reason", "编者理由")
_NO_EVIDENCE: Both = ("no passage is given", "没有给出段落")
_WINS: Both = ("stands", "成立")
_LOSES: Both = ("is silenced", "被搁置")
_SIDE: Both = ("{n} of {total}", "第 {n} 条，共 {total} 条")


def mark(claim: Claim) -> str:
    """Return how far a claim has come about: `[planned]`."""
    return f"[{claim.factuality.label or shorten(claim.factuality.iri)}]"


def mark_run(claim: Claim) -> Run:
    """Return that mark, dotted where it has not come about."""
    return run(mark(claim), Look.MARK if is_ahead(claim) else Look.TAG)


def fact_line(fact: Fact, look: Look = Look.PLAIN) -> Line:
    """Return a fact as subject, property and object."""
    return line(label(fact.subject, Look.STRONG), label(fact.predicate, look), node(fact.object))


def claim(given: Claim, lang: str) -> Block:
    """Return a claim whole: how far it has come about, who vouches, its parts, its passages."""
    ahead = is_ahead(given)
    frame = Frame.AHEAD if ahead else Frame.STATED if given.live else Frame.SILENCED
    inside = tuple(_body(given, lang))
    return Block(_head(given, lang), marked(mark(given), inside) if ahead else inside, frame)


def claims(given: Iterable[Claim], lang: str) -> tuple[Block, ...]:
    """Return claims, one below the other."""
    return tuple(claim(one, lang) for one in given)


def part(given: Part) -> Line:
    """Return a part of a claim: its property and values."""
    return line(label(given.property, Look.QUIET), listed(map(node, given.values)))


def comparison(given: Comparison, lang: str) -> Block:
    """Return a comparison: its stance in a word, the natures, the reason, and every claim beside the others."""
    title = [Run(given.label, given.lang)] if given.label else []
    head = line(run(stance(given.stance, lang), Look.TAG), *title, names(given.natures, Look.QUIET))
    disputed = given.stance in ("contradicts", "differs")
    return Block(
        head,
        (*_reason(given.reason, lang), _sides(given.claims, lang)),
        Frame.DISPUTED if disputed else Frame.STATED,
    )


def stance(given: str, lang: str) -> str:
    """Return what a comparison comes to, in a word."""
    return say(lang, STANCES[given]).upper() if given in STANCES else given


def candidate(given: Candidate, lang: str) -> Block:
    """Return two claims that look alike, beside each other, with what found them."""
    head = line(run(given.check, Look.CODE), given.summary)
    return Block(head, (_sides(given.claims, lang),), Frame.DISPUTED)


def outranking(given: Outranking, lang: str) -> Block:
    """Return which claim silences which, and why."""
    inside = (
        *_reason(given.reason, lang),
        Block((run(say(lang, _WINS), Look.TAG),), (claim(given.winner, lang),)),
        Block((run(say(lang, _LOSES), Look.MARK),), (claim(given.loser, lang),)),
    )
    return Block((), inside, Frame.DISPUTED)


def _head(given: Claim, lang: str) -> Line:
    marks = [mark_run(given)]
    if given.negated:
        marks.append(run(say(lang, DENIED), Look.MARK))
    if not given.live and not is_ahead(given):
        marks.append(run(say(lang, NO_FACT), Look.MARK))
    ranked = (given.rank,) if given.rank.iri != _NORMAL else ()
    about = names((*given.modality, *ranked))
    return line(
        *marks, label(given.cls, Look.STRONG), *([about] if about else []), short(given.iri)
    )


def _body(given: Claim, lang: str) -> Iterator[Block | Table]:
    if given.summary:
        yield Block(literal(given.summary))
    for one in given.parts:
        yield Block(part(one))
    for amount in given.quantities:
        yield Block(line(run(say(lang, NUMBER), Look.QUIET), quantity(amount, lang)))
    for span in given.times:
        yield Block(line(run(say(lang, TIME), Look.QUIET), time(span, lang)))
    if given.open_list:
        yield Block((run(say(lang, OPEN_LIST)),))
    yield from _named(NOT_SAID, given.left_open, lang)
    yield from _named(ACCORDING_TO, given.speakers, lang)
    yield from _named(OUTRANKED_BY, map(Named, given.outranked_by), lang)
    yield from _reason(given.reason, lang)
    yield from passages(given.passages, lang) or (Block((run(say(lang, _NO_EVIDENCE)),)),)


def _named(wording: Both, values: Iterable[Named], lang: str) -> Iterator[Block]:
    if found := names(values):
        yield Block(line(run(say(lang, wording), Look.QUIET), found))


def _reason(given: Text | None, lang: str) -> Iterator[Block]:
    if given:
        yield Block(line(run(say(lang, _REASON), Look.QUIET), literal(given)))


def _sides(given: tuple[Claim, ...], lang: str) -> Block:
    total = len(given)
    sides = tuple(
        Block((run(say(lang, _SIDE, n=n, total=total), Look.QUIET),), (claim(one, lang),))
        for n, one in enumerate(given, 1)
    )
    return Block((), sides, Frame.BESIDE)
