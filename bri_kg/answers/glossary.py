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


CLAIM: Final = Word(
    "claim",
    "主张",
    "What one or more passages say, with its time, how far it has come about, and who vouches for it.",
    "一个或多个段落所言，连同其时间、实现程度，以及由谁担保。",
    "bri:Claim",
)
WORDS: Final = (
    Word(
        "passage",
        "段落",
        "The characters of a source that say something, from an offset up to another: cas-decade 3036–3249.",
        "来源中言明某事的一段字符，自某一位置起，至另一位置止：cas-decade 3036–3249。",
        "bri:Passage",
    ),
    CLAIM,
    Word(
        "fact",
        "事实",
        "A plain statement: a thing, a relation and another thing; the claims that it comes from hold the passages.",
        "一条简明的断言，由事物、关系与另一事物构成；段落记在它所出自的主张上。",
    ),
    Word(
        "factuality",
        "事实性",
        "How far what is claimed has come about: achieved, ongoing, planned, pledged, a target, expected, "
        "proposed or cancelled.",
        "主张所说的事情实现到何种程度：已实现、进行中、计划中、已承诺、目标、预期、提议中或已取消。",
        "bri:factuality",
    ),
    Word(
        "live",
        "有效",
        "Of a claim: achieved or ongoing, not deprecated, and outranked by none.",
        "用于主张：已实现或进行中，未被弃用，也没有其他主张优先于它。",
        "bri-standing:live",
    ),
    Word(
        "projected",
        "投射",
        "Of a fact: written by a rule from a live claim, and saying no more than it.",
        "用于事实：由规则从有效的主张写出，所言不多于该主张。",
    ),
    Word(
        "leaves open",
        "未言明",
        "What a source could have said and does not, such as who or by when; it is recorded, not forgotten.",
        "来源本可说明而没有说明的事，如由谁、在何时之前；这是有意的记录，不是遗漏。",
        "bri:leavesOpen",
    ),
    Word(
        "verified",
        "已核对",
        "The characters at these offsets have the digest that the graph holds: the words stand there, true or not.",
        "用于段落：起止位置上的字符与图谱所存的摘要值相符。即原文确有这些文字，而不表示其内容属实。",
    ),
    Word(
        "inferred by the editors",
        "编者推断",
        "No passage says it in so many words; the editors conclude it from the passages named.",
        "用于主张：没有段落直接这样说，而由编者根据所列段落得出。",
    ),
    Word(
        "outranks",
        "优先于",
        "A claim outranks another that it silences, for a reason that is given; the silenced one makes no fact.",
        "一个主张使另一个主张被搁置，并附理由；被搁置的主张不产生事实。",
        "bri:outranks",
    ),
    Word(
        "comparison",
        "比较",
        "What the editors say of claims held against each other: they contradict, differ, agree or look alike.",
        "编者对照主张后的判断：相互矛盾、有差异、一致或仅仅相似。",
        "bri:Comparison",
    ),
    Word(
        "differs",
        "有差异",
        "Of claims compared: they tell of one thing in different ways, and both may hold.",
        "用于所比较的主张：对同一事物说法不同，而可以都成立。",
    ),
    Word(
        "question",
        "问题",
        "A stored query with its wording and parameters, which `bri-kg ask` answers.",
        "预存的查询，有文字表述和参数，由 `bri-kg ask` 回答。",
    ),
    Word(
        "doer",
        "施动者",
        "Whoever founds, signs, funds or does what a claim tells of.",
        "主张所说之事的行动方：由谁创立、签署、出资或进行。",
    ),
    Word(
        "open list",
        "清单未完",
        "The text names some and says that there are more.",
        "文本只举出其中一部分，并表明还有其他。",
        "bri:openList",
    ),
    Word(
        "planned",
        "计划中",
        "Someone has said that it will be done, without a promise to others.",
        "有人表示将要进行，但未向他人作出承诺。",
        "bri-factuality:planned",
    ),
    Word(
        "pledged",
        "已承诺",
        "Someone has promised it to others.",
        "有人已向他人作出承诺。",
        "bri-factuality:pledged",
    ),
    Word(
        "target",
        "目标",
        "Someone has named it as a level to be reached.",
        "有人将其定为要达到的水平。",
        "bri-factuality:target",
    ),
    Word(
        "expected",
        "预期",
        "Someone expects or hopes that it comes about.",
        "有人期望或希望其实现。",
        "bri-factuality:expected",
    ),
    Word(
        "proposed",
        "提议中",
        "Someone has put it forward and others have not taken it up.",
        "有人已提出，他人尚未采纳。",
        "bri-factuality:proposed",
    ),
)


def word_named(text: str) -> Word | None:
    """Return the word of this name in either language, whatever its capitals."""
    wanted = text.casefold().replace("-", " ")
    return next((word for word in WORDS if wanted in (word.en, word.zh)), None)
