"""What the terminal and the notebook both say, in English and Chinese: each wording has its home here.

Nothing of the model is imported, so that an answer is shown without loading it.
"""

from __future__ import annotations

from typing import Final, Protocol

Both = tuple[str, str]  # a wording in English and in Chinese, with fields for `str.format`
Number = tuple[Both, Both]  # wordings for one and for any other number, `{count}`


class Speaker(Protocol):
    """A page of any face: it speaks one language."""

    @property
    def lang(self) -> str:
        """The language, `en` or `zh`."""

    def say(self, wording: Both, **values: object) -> str:
        """Return a wording in the language, with its fields filled."""


AND: Final[Both] = (", ", "、")
COMMA: Final[Both] = (", ", "，")
THEN: Final[Both] = ("; ", "；")
COLON: Final[Both] = (": ", "：")
TRY: Final[Both] = ("try", "可试")  # before a command

SOURCES: Final[Number] = (("1 source", "1 个来源"), ("{count} sources", "{count} 个来源"))
ROWS: Final[Number] = (("1 row", "共 1 行"), ("{count} rows", "共 {count} 行"))
QUESTIONS: Final[Number] = (
    ("1 question", "共 1 个问题"),
    ("{count} questions", "共 {count} 个问题"),
)

# What a comparison comes to, gravest first, by `Comparison.stance`.
STANCES: Final[dict[str, Both]] = {
    "contradicts": ("contradicts", "矛盾"),
    "differs": ("differs", "有差异"),
    "agrees": ("agrees", "一致"),
    "related": ("related", "相关"),
}
# What is known of the digest of a passage, by `Passage.state`.
STATES: Final[dict[str, Both]] = {
    "verified": ("verified", "已核对"),
    "changed": ("the text has changed", "文本已改动"),
    "unsealed": ("without a digest", "没有摘要值"),
    "source-missing": ("text not at hand", "手头没有文本"),
    "unchecked": ("not checked against the text", "未与文本核对"),
}
# What a fact rests on where no claim says it, by `StatedFact.basis`.
BASES: Final[dict[str, Both]] = {
    "reference": ("from a reference", "据参考资料"),
    "inferred": ("inferred", "推断"),
}
FROM_REFERENCE: Final[Both] = ("from a reference, not from a source", "据参考资料，非据来源")

# Of a claim.
DENIED: Final[Both] = ("denied", "否认")
OPEN_LIST: Final[Both] = ("the list is open", "清单未完")
NOT_SAID: Final[Both] = ("not said", "未言明")
ACCORDING_TO: Final[Both] = ("according to", "据")
OUTRANKED_BY: Final[Both] = ("outranked by", "让位于")
TIME: Final[Both] = ("time", "时间")
NUMBER: Final[Both] = ("number", "数量")

# What a part of a claim is called, by the local name of its property.
PART_WORDS: Final[dict[str, Both]] = {
    "hasSubject": ("subject", "主体"),
    "hasAgent": ("who does it", "行为者"),
    "hasObject": ("counterpart", "对象"),
    "hasParty": ("parties", "参与方"),
    "hasBeneficiary": ("for", "受益者"),
    "hasFramework": ("under", "框架"),
    "hasPlace": ("place", "地点"),
    "hasTime": TIME,
    "hasQuantity": NUMBER,
    "isSaidAt": ("said at", "发言场合"),
    "factuality": ("status", "状态"),
}
# The parts of a description.
NAMES: Final[Both] = ("names", "名称")
FACTS: Final[Both] = ("FACTS", "事实")
COUNTS: Final[Both] = ("COUNTS, AS STATED", "数量（按原文所述）")
ALSO_SAID: Final[Both] = ("ALSO SAID", "其他说法")
AHEAD: Final[Both] = (
    "NOT COME ABOUT, IN NO FACT OR COUNT ABOVE",
    "尚未实现，未计入以上事实与数量",
)
NOT_YET: Final[Both] = ("NOT COME ABOUT", "尚未实现")
SILENCED: Final[Both] = ("SILENCED, BY RANK OR FOR ANOTHER CLAIM", "因等级或其他说法而被搁置")
LEFT_OPEN: Final[Both] = ("LEFT OPEN", "未言明")
PROPERTIES: Final[Both] = ("PROPERTIES AND VALUES", "属性与取值")
COMPARED: Final[Both] = ("COMPARED", "比较")

# What a search finds, by `Hit.kind`: one such thing, and several.
HITS: Final[dict[str, tuple[Both, Both]]] = {
    "thing": (("thing", "事物"), ("things", "事物")),
    "concept": (("concept", "概念"), ("concepts", "概念")),
    "term": (("term of the ontology", "本体术语"), ("terms of the ontology", "本体术语")),
    "question": (("question", "问题"), ("questions", "问题")),
    "comparison": (("comparison", "比较"), ("comparisons", "比较")),
    "claim": (("claim", "说法"), ("claims", "说法")),
}

NEAREST_SPELLING: Final[Both] = (
    "No exact hit; nearest spelling: {words}",
    "没有完全匹配；最接近的写法：{words}",
)
SOME_OF_THE_WORDS: Final[Both] = (
    "No name has all these words; these have some of them.",
    "没有名称包含所有这些词；以下名称包含其中一部分。",
)
MATCHED: Final[Both] = ("matched: {text}", "匹配：{text}")
NOTHING_FOUND: Final[Both] = (
    "0 rows: no name has these words",
    "没有找到：没有名称包含这些词",
)

# Of a stored question.
PARAMETERS: Final[Both] = ("parameters", "参数")
TAGS: Final[Both] = ("tags", "标签")

NOT_A_NO: Final[Both] = ('That is "not known", not "no".', "这是“未知”，不是“否”。")


def say(lang: str, wording: Both, **values: object) -> str:
    """Return a wording in English or Chinese, with its fields filled."""
    return wording[lang == "zh"].format(**values)


def counted(lang: str, wordings: Number, count: int) -> str:
    """Return a number with what it counts."""
    return say(lang, wordings[count != 1], count=count)
