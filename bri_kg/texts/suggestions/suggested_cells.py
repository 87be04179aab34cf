"""What a suggestion is written as in the cells of a workbook, so that it is read there as it is meant here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from bri_kg.dataset import times
from bri_kg.names import QUANTITY, TIME, shorten
from bri_kg.texts.originals import LONGEST_PASSAGE
from bri_kg.texts.suggestions.found_words import Kind, Suggestion
from bri_kg.texts.workbook.known import Known

_STATED: Final = (
    "exactly-",
    "at-least-",
    "more-than-",
    "at-most-",
    "fewer-than-",
    "about-",
    "between-",
)


def node_text(node: str, known: Known, lang: str) -> str:
    """Return what names a thing, time or amount in a cell: its label, where that names nothing else."""
    if node.startswith(TIME) and times.edtf(node.removeprefix(TIME)):
        return node.removeprefix(TIME)
    name = node.removeprefix(QUANTITY)
    if node.startswith(QUANTITY) and name.startswith(_STATED):
        return name.removeprefix("exactly-").replace("-", " ")
    label = known.label(node, lang)
    return label if known.find(label) == {node} else shorten(node)


def cell_text(one: Suggestion, known: Known, lang: str) -> str:
    """Return what is to be written for a suggestion; empty where several are meant, of which a person chooses."""
    meant = [
        *(node_text(node, known, lang) for node in one.nodes),
        *([one.name] if one.name else []),
    ]
    return meant[0] if len(meant) == 1 else ""


def all_meant(one: Suggestion, known: Known, lang: str) -> list[str]:
    """Return all that can be meant, each so that it can be told from the others."""
    texts = [(node_text(node, known, lang), shorten(node)) for node in one.nodes]
    listed = [text if short.endswith(text) else f"{text} ({short})" for text, short in texts]
    return [*listed, *([one.name] if one.name else [])]


def edtf_of(one: Suggestion) -> tuple[str, ...]:
    """Return the EDTF strings of the times of a date."""
    if one.kind is not Kind.DATE:
        return ()
    found = (times.edtf(node.removeprefix(TIME)) for node in one.nodes)
    return tuple(dict.fromkeys(text or "../.." for text in found))


def evidence_text(text: str, sentence: tuple[int, int], one: Suggestion) -> str:
    """Return the words around a suggestion as they are pasted as evidence: the sentence, or as much as is allowed."""
    begin, end = sentence
    if end - begin > LONGEST_PASSAGE:
        spare = max(0, LONGEST_PASSAGE - (one.end - one.begin)) // 2
        begin, end = max(begin, one.begin - spare), min(end, one.end + spare)
        begin, end = _at_words(text, begin, end, sentence)
    return " ".join(text[begin:end].split())


def _at_words(text: str, begin: int, end: int, within: tuple[int, int]) -> tuple[int, int]:
    if begin > within[0]:
        blank = next((at for at in range(begin, end) if text[at].isspace()), begin)
        begin = blank + 1 if blank > begin else begin
    if end < within[1]:
        blank = next((at for at in range(end - 1, begin, -1) if text[at].isspace()), end)
        end = blank
    return begin, end


def likened(nodes: Iterable[str], known: Known, lang: str) -> list[str]:
    """Return known things by label and name."""
    return [f"{known.label(node, lang)} ({shorten(node)})" for node in nodes]
