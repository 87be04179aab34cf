"""The prompts: how the three usual tasks are put to a model, with a thing for each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from bri_kg.answers.face_words import Both, say
from bri_kg.assistant.result_frame import said_brief
from bri_kg.errors import UsageError

_THING: Final = "a name, such as ANSO, or an id from `search`"
_LANG: Final = "en (default) or zh"
_RULES: Final[Both] = (
    "Use the tools of bri-kg alone. Cite each statement by its passages, as `cite` has them. Write planned, pledged, "
    "targeted, expected and proposed as what they are. Where the tools say not_known, write that no source says it.",
    "只使用 bri-kg 的工具。每个陈述都按 cite 的形式注明段落。计划、承诺、目标、预期和提议的内容，照实写明其状态。"
    "工具给出 not_known 时，写明没有来源说到。",
)


@dataclass(frozen=True)
class TaskPrompt:
    """A prompt: its name, what it is for, and its wording, in which `{thing}` stands for the thing."""

    name: str
    about: str
    wording: Both


PROMPTS: Final = (
    TaskPrompt(
        "brief",
        "A short brief on a thing, every statement cited",
        (
            "Write a brief of at most 300 words on {thing}: what it is, what has come about, the numbers as stated, "
            "what is only planned (apart), where sources differ, what they leave open.",
            "就{thing}写一份不超过 600 字的简报：它是什么，已经实现了什么，数字照原文所述，仅为计划的内容另列，"
            "来源之间有何差异，有何未言明。",
        ),
    ),
    TaskPrompt(
        "disagreements",
        "Where sources contradict or differ on a thing, both sides",
        (
            "Compare what the sources say of {thing}: contradictions first, then other differences, each with both "
            "sides, their passages and the editors' reason; then what they agree on. Silence is no denial.",
            "比较各来源对{thing}的说法：先列矛盾，再列其他差异，每处写出双方、各自段落和编者的理由；最后列一致之处。"
            "未提及并非否认。",
        ),
    ),
    TaskPrompt(
        "planned_and_achieved",
        "What has come about of a thing, and what is only planned",
        (
            "Set apart for {thing} what has been achieved or is under way and what is planned, pledged, targeted, "
            "expected or proposed, with dates where a source gives them. Add no number of the one to one of the other.",
            "就{thing}分列：已经实现或正在进行的，以及计划、承诺、目标、预期或提议的，来源给出日期的写明日期。"
            "两类数字不可相加。",
        ),
    ),
)
BY_PROMPT: Final = {one.name: one for one in PROMPTS}
ARGUMENTS: Final = (("thing", _THING, True), ("lang", _LANG, False))


def prompt_text(name: str, given: dict[str, Any]) -> str:
    """Return the text of a prompt. Raise UsageError for an unknown one, and where the thing is missing."""
    prompt = BY_PROMPT.get(name)
    if prompt is None:
        raise UsageError(
            "BRI855", f"there is no prompt {name[:100]!r}", fix=f"use {', '.join(BY_PROMPT)}"
        )
    thing = str(given.get("thing") or "")
    if not thing.strip():
        raise UsageError("BRI855", f"the prompt {name!r} needs `thing`", fix="give a name or an id")
    lang = str(given.get("lang"))
    return f"{say(lang, prompt.wording, thing=said_brief(thing))}\n\n{say(lang, _RULES)}"
