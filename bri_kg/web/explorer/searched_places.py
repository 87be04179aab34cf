"""The pages of the whole graph that words ask for: "plans" or 计划 leads to what is planned."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bri_kg.answers.asked_words import without_filler
from bri_kg.answers.word_matching import words_of
from bri_kg.texts.spellings import singular

ASKED_BY: Final[Mapping[str, frozenset[str]]] = {
    "planned": frozenset(
        ("plan", "planned", "planning", "pledge", "promise", "promised", "target", "future", "hoped",
         "计划", "计划中", "规划", "承诺", "未来", "将来", "未来计划", "只是计划", "打算")
    ),
    "disagreements": frozenset(
        ("disagree", "disagreement", "difference", "differ", "contradiction", "conflict",
         "分歧", "不同", "差异", "矛盾", "说法不同", "来源不同")
    ),
    "sources": frozenset(("document", "source", "text", "来源", "文献", "文件")),
    "questions": frozenset(("question", "问题")),
}  # fmt: skip
"""What words alone ask for a page, by its key: all that mean something must be among these."""


def places_asked_for(text: str) -> tuple[str, ...]:
    """Return the keys of the pages that are asked for by words that ask for nothing else."""
    asked = {singular(word.joined) for word in without_filler(words_of(text))}
    return tuple(key for key, words in ASKED_BY.items() if asked and asked <= words)
