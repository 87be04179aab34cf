"""What must hold of the pages of `explain`, `describe` and `conflicts`, as faults in words: tests and mutants ask it.

Answers are read once, in both languages, with the texts at hand and without; a page is then only
laid out, which takes milliseconds.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from bri_kg.answers.count_words import grouped
from bri_kg.answers.description_model import Description, FactGroup, StatedFact
from bri_kg.answers.model import Claim, Comparison, Explanation, Named, Passage
from bri_kg.cli.show import compared, described, explained
from bri_kg.cli.show.layout import Page
from bri_kg.knowledge import KnowledgeGraph
from bri_kg.plain import display_width

THINGS = (
    "CAS", "ANSO", "Beijing", "Bai Chunli", "bri:Country", "bri:isFoundedBy", "bri-theme:climate-change",
    "bri-claim:anso-pakistan-members-count", "https://w3id.org/bri-kg/source/cas-decade",
    "https://w3id.org/bri-kg/source/cas-decade#char=3036,3249", "bri-quantity:more-than-80",
    "bri-time:2018", "bri-comparison:anso-founding", "bri-factuality:planned",
    "bri-collection:cas-overseas-centres-and-platforms",
)  # fmt: skip
EXPLAINED = (
    ("ANSO", "isFoundedBy", "RAS"),
    ("ANSO", "isFoundedBy", "CAS"),
    ("ANSO", "schema:founder", "RAS"),
    ("Beijing", "isWithin", "Asia"),
    ("CAS", "isBasedIn", "Beijing"),
    ("bri-claim:anso-pakistan-members-count",),
    ("bri-claim:casted-slides-network-under-parks",),
    ("bri-claim:std-decade-laboratories-count",),
)
SHORT = {"explain": 48, "describe": 72, "conflicts": 144}
CITATION = re.compile(r"(?<![\w-])([a-z][a-z0-9-]*) (\d+)–(\d+)(?!\d)")
_SPAN = re.compile(r"\d+–\d+")
_MARKED = re.compile(r"^ *\| ")


@dataclass(frozen=True)
class Answer:
    """One answer of a verb, in a language, with the texts at hand or without."""

    verb: str
    of: str
    lang: str
    has_texts: bool
    given: Any

    def page(self, columns: int = 80, *, everything: bool = False) -> list[str]:
        """Return its lines."""
        page = Page(columns, lang=self.lang)
        if self.verb == "explain":
            return explained.explanation_lines(page, self.given, everything=everything)
        if self.verb == "describe":
            return described.description_lines(page, self.given, everything=everything)
        return compared.comparison_lines(page, self.given, everything=everything)

    @property
    def name(self) -> str:
        return f"{self.verb} {self.of} [{self.lang}{', texts' if self.has_texts else ''}]"


Asked = tuple[str, str]
EVERY: tuple[Asked, ...] = (
    *(("explain", " ".join(what)) for what in EXPLAINED),
    *(("describe", thing) for thing in THINGS),
    ("conflicts", ""),
    ("conflicts", "contradiction"),
)


def answers(
    kg: KnowledgeGraph, texts: str, lang: str, asked: tuple[Asked, ...] = EVERY
) -> Iterator[Answer]:
    """Yield answers, each read with the texts, and then as it is without them."""
    for verb, of in asked:
        found = _read(kg, verb, of, {"lang": lang, "texts": texts})
        yield Answer(verb, of, lang, True, found)
        yield Answer(verb, of, lang, False, without_texts(found))


def _read(kg: KnowledgeGraph, verb: str, of: str, given: dict[str, Any]) -> Any:
    if verb == "explain":
        return kg.explain(*of.split(), **given)
    if verb == "describe":
        return kg.describe(of, **given)
    found = kg.conflicts(**given)
    return with_contradiction(found) if of else found


def with_contradiction(given: tuple[Comparison, ...]) -> tuple[Comparison, ...]:
    """Return some comparisons, the last of which is held to be a contradiction: the graph has none.

    Those of a number that is aimed at are among them.
    """
    differing = [one for one in given if one.stance == "differs"]
    *others, last = sorted(differing, key=lambda one: not any(map(_aims_at, one.claims)))[:9]
    nature = Named("https://w3id.org/bri-kg/vocab/nature/contradiction", "contradiction")
    given = (*others, replace(last, stance="contradicts", natures=(nature,), leading=nature))
    return (*given, *(one for one in given if one.stance == "agrees"))


def _aims_at(claim: Claim) -> bool:
    return bool(claim.quantities) and claim.factuality.iri.endswith("/target")


def without_texts(given: Any) -> Any:
    """Return an answer as it is where no texts are at hand."""
    if isinstance(given, Passage):
        return replace(given, state="unchecked", words=None)
    if isinstance(given, tuple):
        return tuple(map(without_texts, given))
    if is_dataclass(given) and not isinstance(given, type):
        inner = {field.name: without_texts(getattr(given, field.name)) for field in fields(given)}
        return replace(given, **inner)
    return given


def cited(given: object) -> dict[str, Passage]:
    """Return what passages stand anywhere in an answer, by their citation."""
    found: dict[str, Passage] = {}
    todo: list[object] = [given]
    while todo:
        one = todo.pop()
        if isinstance(one, Passage):
            found[f"{one.source.slug} {one.begin}–{one.end}"] = one
        elif isinstance(one, tuple | list):
            todo += one
        elif hasattr(one, "__dataclass_fields__"):
            todo += [getattr(one, name) for name in one.__dataclass_fields__]
    return found


def layout_faults(answer: Answer, columns: int, *, everything: bool = False) -> Iterator[str]:
    """Yield what is wrong with the form of a page: its width, cut marks, broken citations, words."""
    lines = answer.page(columns, everything=everything)
    for line in lines:
        if display_width(line) > columns:
            yield f"wider than {columns}: {line}"
        if line != line.rstrip():
            yield f"spaces at the end: {line!r}"
    own = [line for line in lines if not _MARKED.match(line)]
    text = "\n".join(own)
    if "..." in text or "…" in text.replace("……", ""):  # ……: the gap of a Chinese relation
        yield "a cut mark"
    known = cited(answer.given)
    shown = ["{} {}–{}".format(*found) for found in CITATION.findall(text)]
    if len(shown) != len(_SPAN.findall(text)):
        yield "a span stands without its source"
    yield from (f"no such passage: {one}" for one in shown if one not in known)
    yield from _word_faults(answer, lines, [known[one] for one in shown if one in known])
    if "\n\n\n" in "\n".join(lines) or lines[-1] == "":
        yield "empty lines"


def _word_faults(answer: Answer, lines: list[str], shown: list[Passage]) -> Iterator[str]:
    marked = [_MARKED.sub("", line) for line in lines if _MARKED.match(line)]
    words = _bare("".join(marked))
    if not answer.has_texts:
        if marked:
            yield "words without texts"
        pages = {passage.source.page for passage in shown if passage.source.page}
        whole = _bare("".join(lines))
        yield from (f"no address: {page}" for page in pages if _bare(page) not in whole)
        if shown and "--sources" not in "".join(lines):
            yield "no word on how to see the words"
        return
    for passage in shown:
        if passage.words is None or _bare(passage.words) not in words:
            yield f"no words of {passage.iri}"
    once = {passage.iri: passage for passage in shown}.values()
    outer = [passage for passage in once if not _within(passage, once)]
    least, most = (sum(len(_bare(p.words or "")) for p in of) for of in (outer, once))
    if not least <= len(words) <= most:
        yield "words twice, or of what is not cited"


def _within(passage: Passage, others: Iterable[Passage]) -> bool:
    return any(
        other.source == passage.source
        and other.begin <= passage.begin
        and passage.end <= other.end
        and other.iri != passage.iri
        for other in others
    )


def _bare(text: str) -> str:
    return "".join(text.split())


def whole_faults(answer: Answer) -> Iterator[str]:
    """Yield what `--all` leaves out, and what the short form leaves out without counting it."""
    every = "\n".join(answer.page(everything=True))
    if "--all" in every:
        yield "--all leaves something out"
    for citation, passage in cited(_told(answer.given)).items():
        if passage.role == "evidence" and citation not in every:
            yield f"--all leaves {citation} out"
    short = answer.page()
    if len(short) > SHORT[answer.verb]:
        yield f"{len(short)} lines"
    text = "\n".join(short)
    if isinstance(answer.given, Description):
        [planned] = _sections(short, ("NOT COME ABOUT", "尚未实现"))
        counted = sum(
            int(count) for count in re.findall(r"(\d+)(?: more| 项)：?:? ?--all", planned)
        )
        told = len(re.findall(r"^  \[", planned, re.MULTILINE))
        if told + counted != len([one for one in answer.given.ahead if one != answer.given.claim]):
            yield "the plans left out are not counted"
    if isinstance(answer.given, Description):
        yield from _cut_lists(answer.given, short)
    if isinstance(answer.given, tuple):
        for one in answer.given:
            is_whole = one.reason is not None and _bare(one.reason.value) in _bare(text)
            if one.stance == "contradicts" and not (is_whole and one.label in short[3]):
                yield "a contradiction is not whole, or not first"
    if "--all" not in text and "--nature" not in text and _cited_in(every) != _cited_in(text):
        yield "left out and not counted"


def _cut_lists(given: Description, lines: list[str]) -> Iterator[str]:
    """Yield the properties with few values of which some are shown and some left out."""
    [facts] = _sections(lines, ("FACTS", "事实"))
    own = _bare("".join(line for line in facts.split("\n") if not _MARKED.match(line)))
    others = Counter(
        label for group in given.facts for label in _values(group) if label in _bare(own)
    )
    for group in given.facts:
        labels = [label for label in _values(group) if others[label] == 1 or label not in own]
        shown = [label for label in labels if label in own]
        if len(group.facts) <= 6 and shown and len(shown) < len(labels):
            yield f"some of {group.property.iri} are left out"


def _values(group: FactGroup) -> list[str]:
    values = (one.fact.subject if group.inverse else one.fact.object for one in group.facts)
    return [_bare(getattr(value, "label", None) or "") for value in values]


def _cited_in(text: str) -> set[tuple[str, str, str]]:
    return set(CITATION.findall(text))


def _told(given: object) -> object:
    """Return what of an answer is told with its evidence: all but the comparisons of a description."""
    if not isinstance(given, Description):
        return given
    described = [*given.facts, *given.quantities, *given.ahead, *given.statements, *given.silenced]
    return [*described, *given.left_open, given.claim]


def said_faults(answer: Answer) -> Iterator[str]:
    """Yield what a page does not say that it must."""
    given, lines = answer.given, answer.page(9000, everything=True)
    if isinstance(given, Explanation):
        yield from _explained_faults(given, lines)
    elif isinstance(given, Description):
        yield from _described_faults(given, lines)
    else:
        yield from _compared_faults(given, answer.lang, lines)


def _explained_faults(given: Explanation, lines: list[str]) -> Iterator[str]:
    text = "\n".join(lines)
    is_zh = "出自" in text or "参考资料" in text or "推断" in text
    if given.fact and lines[0] != given.fact.subject.label:
        yield "the fact does not come first"
    for claim in given.said_by:
        head = next(line for line in lines if "[" in line)
        if f"[{claim.factuality.label}" not in head:
            yield "the fact is shown without its factuality"
        for passage in claim.evidence:
            if passage.source.title not in _sections(lines, ("SAID BY", "出自"))[0]:
                yield "the title of a source is missing"
        if claim.iri.rsplit("/", 1)[-1] not in text:
            yield "the name of the claim is missing"
    for stance, words in (
        ("agrees", ("agrees", "一致")),
        ("differs", ("differs", "有差异")),
        ("related", ("related", "相关")),
    ):
        compared = [
            c for c in (*given.agrees, *given.differs, *given.related) if c.stance == stance
        ]
        for one in compared:
            own = [line for line in lines if one.label and one.label in line]
            if not any(line.startswith(f"  {words[is_zh]} ") for line in own):
                yield f"{one.label} is not shown as what {stance}"
            if one.reason and one.reason.value not in text:
                yield f"{one.label} has no reason"
    on, others = _sections(lines, ("ABOUT THE TWO", "关于二者"), ("SAME CLAIM", "同一说法"))
    for one in (*given.agrees, *given.differs, *given.related):
        place = on if one.iri in given.on_fact else others
        if given.fact and one.label and one.label not in place:
            yield f"{one.label} is in the wrong place"
    if given.silent and not re.search(rf"{len(given.silent)} (?:claims|条说法)", on):
        yield "who is silent is not counted"
    for reference in given.references:
        if f"  {reference.label}" not in lines:
            yield "a reference is not named"
    [steps] = _sections(lines, ("FOLLOWS FROM", "推断依据"))
    for premise in (premise for step in given.steps for premise in step.premises):
        ends = premise.subject.label, premise.object.label
        if not any(all(end in line for end in ends) for line in steps.split("\n")):
            yield "a premise is missing"
    if given.steps and not ("since" in text or "因为" in text):
        yield "a step has no axiom"
    if (given.differs or given.agrees) and "bri-kg conflicts bri-" not in text:
        yield "no next command"


def _sections(lines: list[str], *headings: tuple[str, str]) -> list[str]:
    """Return what stands below each heading, up to the next empty line."""
    texts = "\n".join(lines).split("\n\n")
    return [next((t for t in texts if t.startswith(heading)), "") for heading in headings]


_ORDER = (
    ("FACTS", "事实"), ("COUNTS, AS STATED", "数量"), ("ALSO SAID", "其他说法"), ("NOT COME ABOUT", "尚未实现"),
    ("SILENCED", "因等级"), ("LEFT OPEN", "未言明"), ("PROPERTIES", "属性与取值"), ("COMPARED", "比较"),
    ("SOURCES", "来源"),
)  # fmt: skip


def _described_faults(given: Description, lines: list[str]) -> Iterator[str]:
    text = "\n".join(lines)
    facts, counts, said, planned, aside, left, triples, compared, _ = _sections(lines, *_ORDER)
    places = [
        text.find(f"\n\n{part}") for part in (facts, counts, said, planned, left, compared) if part
    ]
    if places != sorted(places):
        yield "the parts are not in their order"
    own = (facts, given.facts), (counts, given.quantities), (said, given.statements)
    more = (aside, given.silenced), (left, given.left_open), (triples, given.triples)
    if any(bool(part) != bool(of) for part, of in (*own, *more)):
        yield "an empty part, or none where there is something"
    names = {name.text.replace("…", "……"): name.kind for name in given.names}
    if any(name not in lines[0] for name, kind in names.items() if kind == "preferred"):
        yield "the names do not come first"
    if any(name not in text.split("\n\n")[0] for name in names):
        yield "a name is missing"
    for group in given.facts:
        for stated in group.facts:
            value = stated.fact.subject if group.inverse else stated.fact.object
            label = getattr(value, "label", None)
            if label and not any(label in line for line in facts.split("\n")):
                yield f"the fact about {label} is missing"
        if any(one.basis == "reference" for one in group.facts) and "[" not in facts:
            yield "what comes from a reference does not say so"
    contested = sum(_is_contested(given, one) for group in given.facts for one in group.facts)
    if len(re.findall(r"\(differs\)(?!:)|（有差异）(?!：)", facts)) != contested:
        yield "what is told otherwise is not marked"
    if "  bri-time:" in facts:
        yield "a time is not in words"
    for count in given.quantities:
        line = next((line for line in counts.split("\n") if count.quantity.label in line), "")
        if f"[{count.claim.factuality.label}" not in line:
            yield f"{count.quantity.label} is not as stated"
    ahead = [claim for claim in given.ahead if claim != given.claim]
    for claim in ahead:
        mark = f"[{claim.factuality.label}]"
        if planned.count(f"  {mark}") != sum(c.factuality == claim.factuality for c in ahead):
            yield f"not each plan says {mark}"
    outside = text.replace(planned, "")
    for claim in ahead:
        if not given.claim and f"[{claim.factuality.label}" in outside:
            yield "a plan stands among what has come about"
    if bool(compared) != bool(given.compared or given.nearby):
        yield "comparisons are not counted"
    stances = [one.stance for one in (*given.compared, *given.nearby)]
    if stances and str(stances.count("differs")) not in compared and "differs" in stances:
        yield "comparisons are counted wrongly"
    if stances and "bri-kg conflicts" not in compared:
        yield "no command shows the comparisons"


def _is_contested(given: Description, one: StatedFact) -> bool:
    """Return whether a claim of a fact is held against another that names both its ends."""
    own = {claim.iri for claim in one.claims}
    ends = one.fact.subject, one.fact.object
    differing = (
        {claim.iri for claim in compared.claims if all(map(claim.names, ends))}
        for compared in (*given.compared, *given.nearby)
        if compared.stance in ("contradicts", "differs")
        and own & {claim.iri for claim in compared.claims}
    )
    return any(len(claims) > 1 for claims in differing)


def _compared_faults(given: tuple[Comparison, ...], lang: str, lines: list[str]) -> Iterator[str]:
    text = "\n".join(lines)
    stances = [one.stance for one in given]
    head = [str(len(given)), str(stances.count("contradicts")), str(stances.count("differs"))]
    if re.findall(r"\d+", lines[0])[:3] != head:
        yield "the first line does not count"
    for one in given:
        # The label of a comparison stands once, by itself or before its other natures or citations.
        pattern = rf"^ *{re.escape(one.label or '')}(?:$|  |（另有)"
        if len(re.findall(pattern, text, re.MULTILINE)) != sum(o.label == one.label for o in given):
            yield f"{one.label} does not stand once"
        if one.reason and text.count(one.reason.value) < 1:
            yield f"{one.label} has no reason"
    for claim in {claim.iri: claim for one in given for claim in one.claims}.values():
        yield from _side_faults(claim, text, lang)
    places = [
        text.find(word[lang == "zh"])
        for word in (
            ("\nCONTRADICTION", "\n矛盾  "),
            ("\nDIFFER", "\n有差异  "),
            ("\nNO CONFLICT", "\n并无冲突  "),
        )
        if word[lang == "zh"] in text
    ]
    if places != sorted(places):
        yield "the parts are not in their order"


def _side_faults(claim: Claim, text: str, lang: str) -> Iterator[str]:
    for one in claim.quantities:
        value = one.label
        if one.comparator and one.stated is not None:
            word = "" if one.comparator.iri.endswith("/exactly") else f"{one.comparator.label} "
            value = f"{word}{grouped(lang, one.stated)}"
        if claim.factuality.iri.endswith("/target"):
            value = f"目标为 {value}" if lang == "zh" else f"a target of {value}"
        if value not in text:
            yield f"{claim.iri} is shown without its value"
    if f"[{claim.factuality.label}" not in text:
        yield f"{claim.iri} is shown without its factuality"
