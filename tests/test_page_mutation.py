"""Whatever is changed in the code that lays out pages, a check on the pages tells."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

import answer_pages
import pytest
from answer_pages import Answer, answers, layout_faults, said_faults, whole_faults

from bri_kg.knowledge import KnowledgeGraph

# In the order of their imports, so that what is run again holds what was changed below it.
ROOMS = (
    "layout", "passages", "claim_words", "count_words", "claim_sentences", "side_by_side", "cited",
    "explained", "fact_order", "described", "compared",
)  # fmt: skip
HOMES = dict.fromkeys(("claim_words", "count_words", "claim_sentences"), "bri_kg.answers")
ASKED = (
    ("explain", "ANSO isFoundedBy RAS"), ("explain", "Beijing isWithin Asia"), ("explain", "CAS isBasedIn Beijing"),
    ("explain", "bri-claim:casted-slides-network-under-parks"), ("describe", "CAS"), ("describe", "bri:Country"),
    ("describe", "Bai Chunli"), ("describe", "bri:isFoundedBy"), ("describe", "bri-time:2018"),
    ("describe", "ANSO"), ("conflicts", "contradiction"),
)  # fmt: skip
# What is changed where: cut marks, widths, order, repeats, counts, words, addresses, marks, natures.
MUTANTS = {
    ("layout", "SPARE = 4", "SPARE = -4"),
    ("layout", "if used + display_width(piece) > width:", "if used + len(piece) > width + 9:"),
    ("cited", "return text if passage.role", "return text[:-1] if passage.role"),
    ("cited", "return text if passage.role", "return text[:12] + '…' if passage.role"),
    ("passages", '" ".join(passage.words.split())', "passage.words[:40]"),
    ("passages", '" ".join(passage.words.split())', "passage.words[:90] + '...'"),
    ("passages", 'first=_WORDS, rest=_WORDS', 'first="", rest=""'),
    ("claim_words", "for text in (name(claim.factuality), *shades(page, claim))", "for text in shades(page, claim)"),
    ("count_words", "return value if comparator.iri == _EXACTLY else", "return '' if comparator.iri == _EXACTLY else"),
    ("count_words", "if claim.factuality.iri != _TARGET:", "if True:"),
    ("claim_words", "return _GAP.sub(_ANY, text)", "return text"),
    ("side_by_side", "columns=page.columns - indent", "columns=page.columns"),
    ("side_by_side", 'if lines and display_width(f"{lines[-1]}{between}{part}") <= page.width:', "if lines:"),
    ("side_by_side", "lines += page.lines(part)", 'lines += page.lines(part.replace(" ", "\\n"))'),
    ("side_by_side", "<= budget", "<= budget + 2"),
    ("side_by_side", "return chosen | frozenset(items)", "return chosen | frozenset(items[:-1])"),
    ("side_by_side", "if display_width(joined) <= page.width:", "if True:"),
    ("cited", "self.with_words.add((passage.source.slug, passage.begin, passage.end))", "pass"),
    ("cited", "if passage.words is None or self._is_known(passage):", "if True:"),
    ("cited", "[*cited, *word_lines(", "[*word_lines("),
    ("cited", "self.without_words.add(passage.source.slug)", "pass"),
    ("cited", "return lines if with_words else", "return lines if True else"),
    ("passages", "if source.page else []", "if False else []"),
    ("cited", "return lines + cited\n", "return lines\n"),
    ("cited", "mark(page, [claim]), first", "'', first"),
    ("explained", "self._on_fact()\n        silent", "self._on_others()\n        silent"),
    ("explained", "page.say(STANCES[one.stance])", 'page.say(STANCES["differs"])'),
    ("explained", "return mark(self.page, self.given.said_by)", "return ''"),
    ("explained", "with_reason=self.everything", "with_reason=False"),
    ("explained", '(HITS["claim"][0], shorten(claim.iri)),', ""),
    ("explained", "count=len(silent)", "count=1"),
    ("explained", "cited.title(\n", "[] and cited.title(\n"),
    ("explained", "for premise in step.premises:", "for premise in step.premises[1:]:"),
    ("explained", "yield from self.page.lines(reference.label or shorten(reference.iri), indent=2)", "pass"),
    ("described", "*self._planned(cited, shown),\n", ""),
    ("described", "[{name(claim.factuality)}]", "[{name(claim.cls)}]"),
    ("described", "*self._facts(cited, shown),\n", "*self._compared(shown), *self._facts(cited, shown),\n"),
    ("described", "*self._counts(cited, shown),", "*self._planned(cited, shown), *self._counts(cited, shown),"),
    ("described", "mark(page, [count.claim])", "''"),
    ("described", "[count.quantity.label, *", "[str(count.quantity.stated), *"),
    ("described", 'one.kind == "preferred"', 'one.kind == "alternative"'),
    ("described", "lines += with_tail(page, text, f\"[{page.say(BASES[one.basis])}]\")", "lines += page.lines(text)"),
    ("described", "lines += cited.told(page, page.lines(text), one.passages)", "lines += page.lines(text)"),
    ("described", "left_out = len(items) - len(wanted)", "left_out = 0"),
    ("described", "        if items:\n", "        if True:\n"),
    ("fact_order", "if len(ids) <= _WHOLE", "if len(ids) <= 1"),
    ("described", "self._differs(one) else text", "False else text"),
    ("described", "one in (*self.given.compared, *self.given.nearby))", "one in self.given.compared)"),
    ("described", "name(worded(value, one.claims))", "name(value)"),
    ("compared", "elif (one.iri, False) in shown:", "if (one.iri, True) in shown or (one.iri, False) in shown:"),
    ("compared", "left_out.append(one)", "pass"),
    ("compared", "counts = Counter(map(_section, self.given))", "counts = Counter(map(_section, self.given[1:]))"),
    ("compared", '*((one.iri, True) for one in first),', ""),
    ("compared", "for one in of.comparisons:\n            label", "for one in of.comparisons[1:]:\n            label"),
    ("compared", "return one.stance if", 'return "none" if'),
    ("compared", "    if one.reason:\n", "    if False:\n"),
    ("compared", "        lines += cited.source_lines(self.page)\n", ""),
}  # fmt: skip


@pytest.fixture(scope="module")
def sample(kg: KnowledgeGraph, sources: Path) -> list[Answer]:
    chinese = answers(kg, str(sources), "zh", ASKED[-5:])
    return [*answers(kg, str(sources), "en", ASKED), *(one for one in chinese if one.has_texts)]


def faults(sample: list[Answer]) -> Iterator[str]:
    for answer in sample:
        yield from said_faults(answer)
        yield from layout_faults(answer, 80, everything=True)
    for answer in sample:
        yield from whole_faults(answer)
        yield from layout_faults(answer, 60)


@contextmanager
def changed(room: str, old: str, new: str) -> Iterator[None]:
    """Run a module again with a change, and those that stand on it; then all as they are."""
    modules = [
        importlib.import_module(f"{HOMES.get(name, 'bri_kg.cli.show')}.{name}") for name in ROOMS
    ]
    texts = [Path(str(module.__file__)).read_text(encoding="utf-8") for module in modules]
    place = ROOMS.index(room)
    assert old in texts[place], f"{room} has no such line: {old}"
    try:
        _run(modules[place], texts[place].replace(old, new))
        for module, text in zip(modules[place + 1 :], texts[place + 1 :], strict=True):
            _run(module, text)
        answer_pages.Page = modules[0].Page  # type: ignore[attr-defined]
        yield
    finally:
        for module, text in zip(modules, texts, strict=True):
            _run(module, text)
        answer_pages.Page = modules[0].Page  # type: ignore[attr-defined]


def _run(module: ModuleType, text: str) -> None:
    exec(compile(text, str(module.__file__), "exec"), module.__dict__)


@pytest.mark.slow
def test_no_mutant_of_the_pages_survives(sample: list[Answer]) -> None:
    assert list(faults(sample)) == []
    survived = []
    for mutant in sorted(MUTANTS):
        with changed(*mutant):
            try:
                found = next(faults(sample), None)
            except Exception as error:
                found = repr(error)
            if found is None:
                survived.append(mutant)
    assert survived == []
    assert list(faults(sample)) == []
