"""Mismatches of claims and words as findings, in English and Chinese, each with its mend."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bri_kg.findings import Finding
from bri_kg.names import shorten
from bri_kg.texts.mismatches import Mismatch

_CITE = (
    "cite the passage that says it as bri:evidence, or as bri:hasContext where it stands elsewhere"
)
_CITE_ZH = "以 bri:evidence 引用说出该内容的段落；位于他处者用 bri:hasContext"

# kind -> (what is wrong, how to mend it), in English and in Chinese.
_WORDING = {
    "number": (
        ("states the number {0}, and none of its passages says it", _CITE),
        ("陈述了数字 {0}，而其段落均未说出", _CITE_ZH),
    ),
    "year": (
        ("states the year {0}, and none of its passages says it", _CITE),
        ("陈述了年份 {0}，而其段落均未说出", _CITE_ZH),
    ),
    "month": (
        ("states the month {0}, and none of its passages says it", f"mend the month, or {_CITE}"),
        ("陈述了月份 {0}，而其段落均未说出", f"改正月份，或{_CITE_ZH}"),
    ),
    "day": (
        ("states the day {0}, and none of its passages says it", f"mend the day, or {_CITE}"),
        ("陈述了日期 {0}，而其段落均未说出", f"改正日期，或{_CITE_ZH}"),
    ),
    "speaker": (
        ("states the speaker {0}, and none of its passages says it", _CITE),
        ("陈述了发言者 {0}，而其段落均未提及", _CITE_ZH),
    ),
    "name": (
        (
            "states the name “{0}”, and none of its passages prints it",
            f"write bri:name as it is printed, or {_CITE}",
        ),
        ("陈述了名称“{0}”，而其段落均未印有", f"按所印写出 bri:name，或{_CITE_ZH}"),
    ),
    "comparator": (
        (
            "states {0}, and the words beside the number say another comparator",
            "name the quantity as the words have it: more-than-80, at-least-80, about-80, exactly-80",
        ),
        (
            "陈述为 {0}，而数字旁的文字表示另一种比较关系",
            "按原文命名数量：more-than-80、at-least-80、about-80、exactly-80",
        ),
    ),
    "unit": (
        (
            "states the unit {0}, and its passages do not give it to the number",
            "name the unit that the passage prints, a concept of ontology/vocabularies/units.ttl",
        ),
        (
            "陈述了单位 {0}，而其段落中该数字不带此单位",
            "写明段落所印的单位，即 ontology/vocabularies/units.ttl 中的概念",
        ),
    ),
    "unit dropped": (
        (
            "states a number without a unit, and its passages give it one: {0}",
            "add bri:unit with a concept of ontology/vocabularies/units.ttl; add the concept where it is missing",
        ),
        (
            "陈述的数字无单位，而其段落注明：{0}",
            "以 ontology/vocabularies/units.ttl 的概念写明 bri:unit；缺少的概念请补入",
        ),
    ),
    "factuality": (
        (
            "is achieved or ongoing, and its evidence speaks of the future: “{0}”",
            "write bri-factuality:planned, pledged, target, expected or proposed; "
            "or cite only the words that say what holds",
        ),
        (
            "称已实现或进行中，而其证据用将来语气：“{0}”",
            "改为 bri-factuality:planned、pledged、target、expected 或 proposed；或仅引用说明现状的文字",
        ),
    ),
    "class": (
        (
            "is of another class than its words speak for: {0}",
            "write it in that class (bri-kg source skeleton shows what it asks for)",
        ),
        (
            "所属之类与其文字不符，文字所述属于 {0}",
            "改写为该类（bri-kg source skeleton 列出所需内容）",
        ),
    ),
    "order": (
        (
            "has its parts the other way round than its evidence: “{0}”",
            "let the subject be who joins, belongs or is made, and the object or agent the other; "
            "`bri-kg evidence show CLAIM` prints the words",
        ),
        (
            "各部分的方向与其证据相反：“{0}”",
            "主体应为加入、隶属或被创建者，客体或施动者为另一方；`bri-kg evidence show CLAIM` 打印原文",
        ),
    ),
    "parties": (
        (
            "cites words that do not name {0}, nor what is said of it",
            f"{_CITE}; where the evidence has a pronoun, bri:hasContext names whom it means",
        ),
        (
            "引用的文字未提及 {0}，也未提及就其所述之事",
            f"{_CITE_ZH}；证据用代词者，以 bri:hasContext 指明所指",
        ),
    ),
    "cut": (
        (
            "cites a passage that begins or ends within a word: {0}",
            'mend the offsets; `bri-kg evidence find SOURCE "words"` prints the passage of whole words',
        ),
        (
            "引用的段落起止于单词之中：{0}",
            '改正起止位置；`bri-kg evidence find SOURCE "文字"` 给出完整单词的段落',
        ),
    ),
    "copied": (
        (
            "has a text of the editors that repeats its source: “{0}”",
            "say it in words of your own: no sentence of a source stands in the graph",
        ),
        ("其编者文字照录了来源：“{0}”", "以自己的话表述：图谱中不收录来源的语句"),
    ),
}
_DESPITE = {
    "en": "{0}. Where it is so, say it: bri:acceptedDespite bri-check:{1} with a bri:reason.",
    "zh": "{0}。确实如此者，请写明 bri:acceptedDespite bri-check:{1} 与 bri:reason。",
}


def as_findings(mismatches: Iterable[Mismatch], lang: str) -> Iterator[Finding]:
    """Yield mismatches as findings of the stage `words`, named for the check."""
    chosen = "zh" if lang == "zh" else "en"
    for found in mismatches:
        message, fix = _WORDING[found.kind][chosen == "zh"]
        yield Finding(
            stage="words",
            code=found.code,
            severity=found.severity,
            message=f"{shorten(found.claim)} {message.replace('{0}', shorten(found.value))}",
            fix=_DESPITE[chosen].replace("{1}", found.code).replace("{0}", fix),
            focus=found.claim,
            value=found.value,
        )
