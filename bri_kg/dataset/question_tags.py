"""What the tags of stored questions are called in Chinese: their one home; a tag of a user's own keeps its name."""

from __future__ import annotations

from typing import Final

_CHINESE: Final = {
    "absence": "未言明",
    "actor": "行为者",
    "cooperation": "合作",
    "count": "数量",
    "creation": "创建",
    "disagreement": "分歧",
    "place": "地点",
    "plan": "未来计划",
    "source": "来源",
    "statement": "陈述",
    "theme": "主题",
    "time": "时间",
}
_ENGLISH: Final = {chinese: english for english, chinese in _CHINESE.items()}


def tag_name(tag: str, lang: str) -> str:
    """Return what a tag is called in a language."""
    return _CHINESE.get(tag, tag) if lang == "zh" else tag


def tag_named(text: str) -> str:
    """Return the tag that is called so in either language; the text where none is."""
    return _ENGLISH.get(text, text)
