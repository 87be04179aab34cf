"""Terms that nothing describes: misspelt names, dangling IRIs, undeclared foreign terms."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from bri_kg.dataset.times import fault_of_time
from bri_kg.names import PREFIXES, QUANTITY, TIME, is_named_here, nearest, shorten, split_passage

_TYPE = PREFIXES["rdf"] + "type"
BUILT_IN = tuple(PREFIXES[p] for p in ("rdf", "rdfs", "owl", "xsd"))
# A version is named without being described in the file that names it.
NAMES_NO_NODE = {PREFIXES["owl"] + "versionIRI", PREFIXES["owl"] + "priorVersion"}


@dataclass(frozen=True)
class Unknown:
    """A term that nothing describes: where it is used first, by how many nodes, and how to mend it."""

    focus: str
    term: str
    uses: int
    message: str
    mend: str


@dataclass(frozen=True)
class Use:
    """A term that nothing describes as it is used: as a class or property or not, first where, by how many nodes."""

    term: str
    is_vocabulary: bool
    focus: str
    nodes: int


def unknown_terms(
    used: Iterable[ox.Quad], described: Iterable[ox.Quad], *, strict: bool, lang: str = "en"
) -> Iterator[Unknown]:
    """Yield each term in `used` that is no subject in `described`, once; see `told_unknown`."""
    known = {q.subject.value for q in described if isinstance(q.subject, ox.NamedNode)}
    return told_unknown(_uses(used, known), known, strict=strict, lang=lang)


def told_unknown(
    uses: Iterable[Use], known: Iterable[str], *, strict: bool, lang: str = "en"
) -> Iterator[Unknown]:
    """Yield what is said of terms that are not among the known names.

    Terms of ours must be described. Foreign classes and properties must be declared when
    `strict`; otherwise only those are reported that look like a misspelt declared one.
    """
    known = list(known)
    declared = [name for name in known if not is_named_here(name)]
    kin = _kin(known)
    for use in uses:
        if is_named_here(use.term):
            said = _said("nothing describes", use.term, use.nodes, lang)
            yield Unknown(use.focus, use.term, use.nodes, said, _mend(use.term, kin, lang))
        elif use.is_vocabulary and not use.term.startswith(BUILT_IN):
            near = nearest(use.term, declared, at_least=0.9)
            if near or strict:
                said = _said("no file declares", use.term, use.nodes, lang)
                yield Unknown(use.focus, use.term, use.nodes, said, _mend_foreign(near, lang))


def _uses(used: Iterable[ox.Quad], known: Container[str]) -> Iterator[Use]:
    """Yield how each unknown term is used, in the order of the first uses."""
    uses: dict[str, dict[str, None]] = {}
    words: set[str] = set()
    for quad in used:
        if not isinstance(quad.subject, ox.NamedNode | ox.BlankNode):
            continue
        for term, is_word in terms_in(quad):
            if term not in known:
                uses.setdefault(term, {})[quad.subject.value] = None
                words |= {term} if is_word else set()
    for term, users in uses.items():
        yield Use(term, term in words, next(iter(users)), len(users))


def terms_in(quad: ox.Quad) -> Iterator[tuple[str, bool]]:
    """Yield the IRIs that a triple uses beside its subject, each with whether it is used as a class or property."""
    predicate = quad.predicate.value
    yield predicate, True
    if isinstance(quad.object, ox.NamedNode) and predicate not in NAMES_NO_NODE:
        yield quad.object.value, predicate == _TYPE


_ZH = {"nothing describes": "没有任何内容描述", "no file declares": "没有文件声明"}


def _said(what: str, term: str, uses: int, lang: str) -> str:
    if lang == "zh":
        return f"{_ZH[what]} {_shown(term)}" + (f"（{uses} 处使用）" if uses > 1 else "")
    return f"{what} {_shown(term)}" + (f" (used by {uses} nodes)" if uses > 1 else "")


def _mend_foreign(near: str | None, lang: str) -> str:
    if near:
        return _did_you_mean(near, lang)
    if lang == "zh":
        return "在 ontology/modules/external.ttl 中声明，或改用已声明的术语"
    return "declare it in ontology/modules/external.ttl, or use a declared term"


def _mend(iri: str, kin: Mapping[str, set[str]], lang: str) -> str:
    zh = lang == "zh"
    if iri.startswith(QUANTITY):
        names = "exactly-10, more-than-80, at-most-5, about-700, between-3-and-5 or vague-many"
        return f"使用如下名称：{names}" if zh else f"use a name such as {names}"
    if iri.startswith(TIME):
        return _mend_time(iri.removeprefix(TIME), zh=zh)
    if is_named_here(iri, "source/") and "#" in iri and split_passage(iri) is None:
        form = "<source/SLUG#char=BEGIN,END>"
        return f"段落写作 {form}" if zh else f"write a passage as {form}"
    if near := _near(iri, kin):
        return _did_you_mean(near, lang)
    return "予以描述，或改正其名称" if zh else "describe it, or mend its name"


def _mend_time(name: str, *, zh: bool) -> str:
    if fault := fault_of_time(name):
        if fault == "reversed":
            return (
                "时段终点早于起点：先写较早的日期"
                if zh
                else "it ends before it begins: write the earlier date first"
            )
        return (
            "历法中无此日期：改正月或日"
            if zh
            else "no calendar has this date: mend the month or the day"
        )
    names = "2018, 2017-05, since-2013, until-2023-06, 2013--2023"
    if zh:
        return f"使用如下名称：{names}，或在 graph/entities/periods.ttl 中描述模糊时段"
    return f"use a name such as {names}, or describe a vague period in graph/entities/periods.ttl"


def _kin(known: Iterable[str]) -> dict[str, set[str]]:
    """Return the local names of each namespace of ours."""
    kin: dict[str, set[str]] = {}
    for name in known:
        if is_named_here(name):
            space, local = _split(name)
            kin.setdefault(space, set()).add(local)
    return kin


def _near(iri: str, kin: Mapping[str, set[str]]) -> str | None:
    """Return the name most like this one in its namespace, or one that is spelt the same in another."""
    space, local = _split(iri)
    if near := nearest(local, kin.get(space, ()), at_least=0.75):
        return space + near
    return min((other + local for other, names in kin.items() if local in names), default=None)


def _split(iri: str) -> tuple[str, str]:
    cut = max(iri.rfind("/"), iri.rfind("#")) + 1
    return iri[:cut], iri[cut:]


def _did_you_mean(near: str, lang: str) -> str:
    return f"是否指 {_shown(near)}？" if lang == "zh" else f"did you mean {_shown(near)}?"


def _shown(iri: str) -> str:
    short = shorten(iri)
    return short if short != iri else f"<{iri}>"
