"""Nodes, sources and passages: the citation whole, the state of the digest, and the words or where they are."""

from __future__ import annotations

from collections.abc import Iterable

from bri_kg.answers.face_words import STATES, Both, say
from bri_kg.answers.model import Named, Node, Passage, Quantity, Reference, Source, Text, TimeSpan
from bri_kg.answers.phrases import number
from bri_kg.names import citation, is_named_here, shorten
from bri_kg.notebook.blocks import Block, Frame, Line, Look, Run, line, listed, run, spaced

_CONTEXT: Both = (
    "context: a date, speaker or heading",
    "上下文：日期、说话人或标题",
)
_BOUNDS: Both = ("bounds", "界限")
_FROM: tuple[Both, Both] = (("above {n}", "大于 {n}"), ("at least {n}", "不少于 {n}"))
_TO: tuple[Both, Both] = (("below {n}", "小于 {n}"), ("at most {n}", "不多于 {n}"))
_NO_BOUND: Both = ("no date follows from it", "由此推不出日期")


def cite(passage: Passage) -> str:
    """Return `cas-decade 3036–3249`: code points, the end exclusive."""
    return citation(passage.source.slug, passage.begin, passage.end)


def short(iri: str) -> Run:
    """Return an IRI as a prefixed name where there is one, else whole."""
    return Run(shorten(iri), look=Look.CODE, hint=iri)


def label(named: Named, look: Look = Look.PLAIN) -> Run:
    """Return the label of a node, or its prefixed name where it has none."""
    if named.label is None:
        return short(named.iri)
    return Run(named.label, named.lang, look, hint=named.iri)


def node(value: Node) -> Line:
    """Return a node or a literal; of a literal that is no plain text, its type."""
    if isinstance(value, Named):
        where = value.iri if value.label is None and not is_named_here(value.iri) else None
        given = label(value)
        return (Run(given.text, given.lang, given.look, where, given.hint),)
    return literal(value)


def literal(value: Text) -> Line:
    """Return a literal's text, with its type where it has one."""
    return line(Run(value.value, value.lang), *([short(value.datatype)] if value.datatype else []))


def names(values: Iterable[Named], look: Look = Look.PLAIN) -> Line:
    """Return labels with commas between them."""
    return listed((label(value, look),) for value in values)


def source(given: Source) -> Block:
    """Return a source: title, slug, address."""
    return Block(_source(given), tuple(_address(given)))


def passage(given: Passage, lang: str) -> Block:
    """Return a passage: source, offsets, state of the digest; below it the words, or the address of the source."""
    state = say(lang, STATES[given.state]) if given.state in STATES else given.state
    title = given.source.title
    head = spaced(
        Run(cite(given), look=Look.STRONG, hint=_digest(given)),
        run(state, Look.QUIET),
        (run(say(lang, _CONTEXT), Look.QUIET),) if given.role != "evidence" else (),
        (Run(title, given.source.lang, Look.QUIET),) if title else (),
    )
    if given.words is not None:
        return Block(head, (Block((Run(" ".join(given.words.split())),), frame=Frame.WORDS),))
    return Block(head, tuple(_address(given.source)))


def passages(given: Iterable[Passage], lang: str) -> tuple[Block, ...]:
    """Return passages, one below the other."""
    return tuple(passage(one, lang) for one in given)


def reference(given: Reference) -> Block:
    """Return where identity data or a term comes from, with its address."""
    title = Run(given.label, given.lang) if given.label else short(given.iri)
    address = given.page or (given.iri if not is_named_here(given.iri) else None)
    return Block(line(title, *([Run(address, href=address, look=Look.QUIET)] if address else [])))


def quantity(given: Quantity, lang: str) -> Line:
    """Return a quantity in the words of the text, and the bounds that follow from it."""
    bounds = [
        say(lang, wording[inclusive is True], n=number(bound))
        for wording, bound, inclusive in (
            (_FROM, given.lower, given.lower_inclusive),
            (_TO, given.upper, given.upper_inclusive),
        )
        if bound is not None
    ]
    same = given.lower is not None and given.lower == given.upper
    told = [] if same or not bounds else [f"{say(lang, _BOUNDS)}: {', '.join(bounds)}"]
    return line(run(given.label, Look.STRONG), *(run(text, Look.QUIET) for text in told))


def time(given: TimeSpan, lang: str) -> Line:
    """Return a time in the words of the text, and its EDTF form, or that no date follows."""
    vague = given.not_before is None and given.not_after is None
    exact = say(lang, _NO_BOUND) if vague else given.edtf
    told = [run(exact, Look.QUIET)] if exact and exact != given.label else []
    return line(run(given.label, Look.STRONG), *told)


def _source(given: Source) -> Line:
    title = [Run(given.title, given.lang, Look.STRONG)] if given.title else []
    return line(*title, Run(given.slug, look=Look.CODE, hint=given.iri))


def _address(given: Source) -> Iterable[Block]:
    if given.page:
        yield Block((Run(given.page, look=Look.QUIET, href=given.page),))


def _digest(given: Passage) -> str:
    return f"{given.iri} SHA-256 {given.sha256}" if given.sha256 else given.iri
