"""What a search found, what a validation finds, and any other result by its fields."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass

import pyoxigraph as ox

from bri_kg.answers.face_words import HITS, Both, say
from bri_kg.answers.search import Hit, Hits
from bri_kg.findings import Finding
from bri_kg.names import expand, shorten
from bri_kg.notebook.blocks import Block, Frame, Line, Look, Run, Table, line, run, spaced
from bri_kg.notebook.told_passages import short
from bri_kg.notebook.told_rows import term_line
from bri_kg.plain import Plain, plain
from bri_kg.rdf.terms import Term

_MOST = 200  # items of a long list
_HITS: Both = ("{n} of {total} found for “{words}”", "“{words}”：找到 {total} 项，列出 {n} 项")
_NO_HITS: Both = (
    "0 found for “{words}”. The graph knows no such name; that is no denial.",
    "“{words}”：找到 0 项。图谱中没有这个名称；这并非否认。",
)
_AT: Both = ("at", "位置")
_FIX: Both = ("fix", "建议")
_MORE: Both = ("{n} more are not shown", "另有 {n} 项未显示")
_SOUND: Both = ("conforms: no error was found", "符合：未发现错误")
_UNSOUND: Both = ("does not conform", "不符合")
_RAN: Both = ("stages that ran", "已运行的阶段")
_NOT_RUN: Both = ("not run, since the ones before found errors", "因前面阶段有错而未运行")


def hits(given: Hits, lang: str) -> Block:
    """Return what was found, the best first, and how many there are."""
    wording = _HITS if given.hits else _NO_HITS
    told = say(lang, wording, n=len(given), total=given.total, words=given.words)
    return Block((run(told, Look.QUIET),), tuple(hit(one, lang) for one in given))


def hit(given: Hit, lang: str) -> Block:
    """Return something that was found: its label, the name that matched and how, what it is, its prefixed name."""
    kind = say(lang, HITS[given.kind][0]) if given.kind in HITS else given.kind
    what = given.cls_label or (shorten(given.cls) if given.cls else kind)
    matched = f"{given.reason}: {given.matched}" if given.matched != given.label else given.reason
    return Block(
        spaced(
            run(given.label, Look.STRONG),
            run(what, Look.QUIET),
            Run(shorten(given.node), look=Look.CODE, hint=given.node),
            run(matched, Look.QUIET),
        )
    )


def finding(given: Finding, lang: str) -> Block:
    """Return a finding: where, what, and how to mend it."""
    place = f"{given.file}:{given.line}" if given.file and given.line else given.file
    about = [short(part) for part in (given.focus, given.path, given.value) if part]
    told = (
        (_AT, line(*about)),
        (_FIX, (run(given.fix),) if given.fix else ()),
    )
    return Block(
        line(
            *([run(place, Look.CODE)] if place else []),
            run(f"{given.severity}[{given.code}]", Look.TAG),
            given.message,
        ),
        tuple(Block(line(run(say(lang, w), Look.QUIET), text)) for w, text in told if text),
        Frame.DISPUTED,
    )


def report(given: object, lang: str) -> Block:
    """Return a report: whether all is as it should be, what ran and what did not, then the findings."""
    sound = getattr(given, "conforms", True)
    found = getattr(given, "findings", ())
    rest = (("stages", _RAN), ("not_run", _NOT_RUN))
    told = ((wording, ", ".join(getattr(given, name, ()))) for name, wording in rest)
    return Block(
        (run(say(lang, _SOUND if sound else _UNSOUND), Look.STRONG),),
        (
            *(Block(line(run(say(lang, w), Look.QUIET), text)) for w, text in told if text),
            *_some((finding(one, lang) for one in found), lang),
            *_fields(given, lang, leave_out=("stages", "not_run", "findings", "conforms")),
        ),
    )


def by_fields(given: object, lang: str) -> Block:
    """Return any other result: the name of its class, a line for each field."""
    return Block((run(type(given).__name__, Look.STRONG),), tuple(_fields(given, lang)))


def _fields(given: object, lang: str, leave_out: Iterable[str] = ()) -> Iterator[Block | Table]:
    if not is_dataclass(given):
        return
    also = given.also_plain if isinstance(given, Plain) else ()
    for name in (*(field.name for field in fields(given) if field.repr), *also):
        if name not in leave_out:
            yield from _field(name, getattr(given, name), lang)


def _field(name: str, value: object, lang: str) -> Iterator[Block]:
    head = run(name, Look.QUIET)
    if value is None:
        return
    if isinstance(value, str | bool | int | float) or _is_term(value):
        yield Block(line(head, _value(value)))
    elif isinstance(value, Mapping):
        yield Block((head,), tuple(Block(line(str(key), str(v))) for key, v in value.items()))
    elif is_dataclass(value) and not isinstance(value, Iterable):
        yield Block((head,), tuple(_fields(value, lang)))
    elif isinstance(value, Iterable):
        items = tuple(_some((_item(one, lang) for one in value), lang))
        yield Block(line(head, *([] if items else ["0"])), items)
    else:
        yield Block(line(head, str(plain(value))))


def _item(value: object, lang: str) -> Block:
    if isinstance(value, Finding):
        return finding(value, lang)
    if is_dataclass(value):
        return Block((), tuple(_fields(value, lang)), Frame.STATED)
    return Block(_value(value))


def _value(value: object) -> Line:
    if isinstance(value, ox.Triple | ox.Quad):
        return line(*map(term_line, (value.subject, value.predicate, value.object)))
    if isinstance(value, Term):
        return term_line(value)
    text = str(value)
    return (short(text),) if expand(shorten(text)) == text else (run(text),)


def _is_term(value: object) -> bool:
    return isinstance(value, Term | ox.Triple | ox.Quad)


def _some(blocks: Iterable[Block], lang: str) -> Iterator[Block]:
    """Yield the first blocks, and how many more there are."""
    left = 0
    for number, block in enumerate(blocks):
        if number < _MOST:
            yield block
        else:
            left += 1
    if left:
        yield Block((run(say(lang, _MORE, n=left), Look.QUIET),))
