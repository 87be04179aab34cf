"""What a store gave beside the release, for people: what it holds, then its answers, then what to set."""

from __future__ import annotations

from collections.abc import Iterator

from bri_kg import __version__
from bri_kg.answers.face_words import Both
from bri_kg.checking.store_certificates import Certificate, Held
from bri_kg.cli.messages.speaking import in_language
from bri_kg.cli.show.layout import Page

_STORE: Both = ("{name}; its server says: {server}", "{name}；其服务器自称：{server}")
_RELEASE: Both = ("beside the release of bri-kg {version}", "对照 bri-kg {version} 的发布数据")
_HOLDS: Both = ("WHAT IT HOLDS", "所存内容")
_ANSWERS: Both = ("WHAT IT ANSWERS", "所答内容")
_TO_SET: Both = ("TO SET", "应作的设置")
_SAME: Both = ("{what}: {there}, the same", "{what}：{there}，相同")
_OTHER: Both = ("{what}: {there} for {here}; {note}", "{what}：{there}（应为 {here}）；{note}")
_AS_HERE: Both = (
    "{same} of {all} questions as here",
    "{all} 个问题中 {same} 个的回答与此处相同",
)
_LISTED: Both = (
    "{met} of {listed} departures met that docs/stores.md lists",
    "docs/stores.md 所列的 {listed} 处差异中遇到 {met} 处",
)
_IN_CHINESE = {
    "default graph": "默认图",
    "graphs of claims": "主张的图",
    "texts in a language": "带语言标记的文本",
    "triple": "个三元组",
    "letter": "个字符",
    "row": "行",
    "no answer": "没有回答",
    "nothing": "无",
}
_DEPARTURE: Both = ("{what}: {why}; {way}", "{what}：{why}；{way}")


def certificate_lines(page: Page, certificate: Certificate, *, everything: bool) -> list[str]:
    """Return a certificate as lines that fit the page; with `everything` also the questions answered as here."""
    known = certificate.known
    lines = [
        *page.lines(
            page.say(_STORE, name=known.name, server=certificate.server)
            if certificate.server
            else known.name
        ),
        *page.lines(page.say(_RELEASE, version=__version__)),
        "",
        page.say(_HOLDS),
        *(line for held in certificate.counts for line in _held(page, held)),
        "",
        page.say(_ANSWERS),
        *page.lines(
            page.say(_AS_HERE, same=certificate.answered, all=len(certificate.questions)), indent=2
        ),
    ]
    if known.met:
        told = page.say(_LISTED, met=certificate.met, listed=len(known.met))
        lines += page.lines(told, indent=2)
    for held in certificate.questions:
        if everything or held.difference:
            lines += _held(page, held)
    lines += ["", page.say(_TO_SET)]
    for setting in known.to_set:
        lines += page.lines(_put(page, setting), indent=2)
    return lines


def _held(page: Page, held: Held) -> Iterator[str]:
    what = _put(page, held.what)
    if not held.difference:
        told = page.say(_SAME, what=what, there=_amount(page, held.there))
    elif held.departure:
        why, way = (
            in_language(t, page.lang) for t in (held.departure.why, held.departure.way_round)
        )
        told = page.say(_DEPARTURE, what=what, why=why, way=way)
    else:
        here, there = (_amount(page, text) for text in (held.here, held.there))
        told = page.say(_OTHER, what=what, here=here, there=there, note=held.difference)
    yield from page.lines(told, indent=2)


def _put(page: Page, text: str) -> str:
    return _IN_CHINESE.get(text, text) if page.lang == "zh" else text


def _amount(page: Page, text: str) -> str:
    """Return `20005 triples` as the language has it."""
    number, _, noun = text.partition(" ")
    if page.lang != "zh" or not number.isdigit():
        return _put(page, text)
    return f"{number} {_put(page, noun.removesuffix('s'))}"
