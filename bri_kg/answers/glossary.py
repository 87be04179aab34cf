"""The words that answers use, each told in one line of English and of Chinese: their one home.

`term` is the name in the ontology, where a word has one; its formal definition stands there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Word:
    """A word and what it means, in both languages."""

    en: str
    zh: str
    meaning: str
    meaning_zh: str
    term: str | None = None

    def in_language(self, lang: str) -> tuple[str, str]:
        """Return the word and its meaning in a language."""
        return (self.zh, self.meaning_zh) if lang == "zh" else (self.en, self.meaning)


WORDS: Final = (
    Word(
        "passage",
        "段落",
        "The characters of a source that say something, from an offset up to another: cas-decade 3036–3249.",
        "来源中言明某事的一段字符，自某一位置起，至另一位置止：cas-decade 3036–3249。",
        "bri:Passage",
    ),
    Word(
        "claim",
        "主张",
        "What one or more passages say, with its time, how far it has come about, and who vouches for it.",
        "一个或多个段落所言，连同其时间、实现程度和担保者。",
        "bri:Claim",
    ),
    Word(
        "fact",
        "事实",
        "A plain statement, such as ANSO isFoundedBy RAS; the claims that it comes from hold the passages.",
        "一条简单陈述，如 ANSO isFoundedBy RAS；段落载于其所由来的主张。",
    ),
    Word(
        "factuality",
        "事实性",
        "How far what is claimed has come about: achieved, ongoing, planned, pledged, a target, expected, "
        "proposed or cancelled.",
        "所主张之事实现的程度：已实现、进行中、计划、承诺、目标、预期、提议或取消。",
        "bri:factuality",
    ),
    Word(
        "live",
        "有效",
        "Of a claim: achieved or ongoing, not deprecated, and outranked by none.",
        "指主张：已实现或进行中，未被弃用，也没有其他主张优先于它。",
        "bri-standing:live",
    ),
    Word(
        "projected",
        "投射",
        "Of a fact: written by a rule from a live claim, and saying no more than it.",
        "指事实：由规则从有效的主张写出，所言不多于该主张。",
    ),
    Word(
        "leaves open",
        "未言明",
        "What a source could have said and does not, such as who or by when; it is recorded, not forgotten.",
        "来源本可说明而未说明之事，如由谁、何时之前；这是记录，不是遗漏。",
        "bri:leavesOpen",
    ),
    Word(
        "outranks",
        "优先于",
        "A claim outranks another that it silences, for a reason that is given; the silenced one makes no fact.",
        "一个主张使另一个主张不再生效，并说明理由；被搁置的主张不产生事实。",
        "bri:outranks",
    ),
    Word(
        "comparison",
        "比较",
        "What the editors say of claims held against each other: they contradict, differ, agree or look alike.",
        "编者对照主张后的判断：相互矛盾、有差异、一致或仅仅相似。",
        "bri:Comparison",
    ),
)


def word_named(text: str) -> Word | None:
    """Return the word of this name in either language, whatever its capitals."""
    wanted = text.casefold().replace("-", " ")
    return next((word for word in WORDS if wanted in (word.en, word.zh)), None)
