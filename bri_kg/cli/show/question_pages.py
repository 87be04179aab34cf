"""What can be asked: questions by their subject, and one question with its parameters."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from bri_kg.answers.column_names import column_name
from bri_kg.answers.face_words import AND, HITS, PARAMETERS, QUESTIONS, TAGS, TRY, Both, counted
from bri_kg.answers.node_lookups import instances_of, label_of
from bri_kg.cli.show.commands_shown import command_line, quoted
from bri_kg.cli.show.layout import Page
from bri_kg.cli.show.pages import page_for
from bri_kg.dataset.question_tags import tag_name, tag_named
from bri_kg.dataset.questions import Parameter, Question
from bri_kg.knowledge import KnowledgeGraph
from bri_kg.names import PREFIXES, expand, shorten
from bri_kg.plain import display_width

_FEW: Final = 12  # more choices are looked up by name
_NOTHING: Final[Both] = ("0 questions have these words.", "没有问题包含这些词。")
_NARROW: Final[Both] = (
    "bri-kg questions NAME tells of one; --tag TAG or words choose some",
    "bri-kg questions NAME -l zh 查看其中一个；可用 --tag TAG 或词语筛选",
)
_DEFAULT: Final[Both] = ("default: {value}", "默认：{value}")
_NEEDED: Final[Both] = ("must be given", "必须给出")
_TYPES: Final[dict[str, Both]] = {
    "string": ("text", "文本"),
    "integer": ("a whole number", "整数"),
    "decimal": ("a number", "数"),
    "boolean": ("true or false", "true 或 false"),
    "iri": ("the name of anything in the graph", "图谱中任何事物的名称"),
}
_CLASS: Final[Both] = ("{cls}, by name", "{cls}，按名称给出")
_CHOICES: Final[Both] = ("one of: {names}", "其中之一：{names}")
_MANY: Final[Both] = (
    "{n} to choose from: bri-kg search WORDS",
    "有 {n} 个可选：bri-kg search WORDS -l zh",
)
_COLUMNS: Final[Both] = ("ANSWER", "答案")
_EXAMPLE: Final[Both] = ("EXAMPLE", "示例")


def list_page(args: Namespace, questions: Sequence[Question]) -> list[str]:
    """Return the questions by the tag asked for, or else by their first, with wordings and parameters."""
    page = page_for(args)
    if not questions:
        search = command_line(page.lang, "search", *args.name) if args.name else None
        tries = [search, command_line(page.lang, "questions")]
        told = [line for each in tries if each for line in page.lines(each, indent=2)]
        return [page.say(_NOTHING), page.say(TRY), *told]
    lines: list[str] = []
    asked = tag_named(args.tag) if args.tag else None
    tags = {asked} if asked else {question.tags[0] for question in questions}
    for tag in sorted(tags):
        of_tag = [question for question in questions if tag in (asked, question.tags[0])]
        lines += [
            page.safe(tag_name(tag, page.lang).upper()),
            *page.pairs(_entries(page, of_tag), indent=2),
            "",
        ]
    count = counted(page.lang, QUESTIONS, len(questions))
    return [*lines, count, *page.lines(page.say(_NARROW))]


def _entries(page: Page, questions: Sequence[Question]) -> Iterator[tuple[str, str]]:
    for question in questions:
        names = ", ".join(parameter.name for parameter in question.params)
        wording = question.wording(page.lang)
        yield question.name, f"{wording}  ({names})" if names else wording


def question_page(
    args: Namespace, question: Question, opened: Callable[[], KnowledgeGraph]
) -> list[str]:
    """Return what one question asks, what it takes, what it answers, and how it is asked."""
    page = page_for(args)
    kg = opened()
    lines = [question.name, *page.lines(question.wording(page.lang), indent=2)]
    if page.lang == "en" and question.description:
        lines += ["", *page.lines(question.description, indent=2)]
    if question.params:
        lines += ["", page.say(PARAMETERS).upper()]
        for parameter in question.params:
            lines += _parameter(page, kg, parameter)
    columns = [name for name in question.columns if not _is_label(name, question)]
    named = page.say(AND).join(column_name(page, name.removesuffix("Label")) for name in columns)
    lines += ["", page.say(_COLUMNS), *page.lines(named, indent=2)]
    tags = page.say(AND).join(tag_name(tag, page.lang) for tag in question.tags)
    lines += ["", page.say(TAGS).upper(), *page.lines(tags, indent=2)]
    return [*lines, "", page.say(_EXAMPLE), *_examples(page, question)]


def _is_label(name: str, question: Question) -> bool:
    return name.endswith("Label") and name.removesuffix("Label") in question.columns


def _parameter(page: Page, kg: KnowledgeGraph, parameter: Parameter) -> list[str]:
    def named(iri: str) -> str:
        label = label_of(kg.guarded.quads, iri, page.lang)
        return f"{label}  {shorten(iri)}" if label else shorten(iri)

    lines = page.lines(f"{parameter.name}  {_meaning(page, parameter)}", indent=2)
    cls = expand(parameter.cls) if parameter.cls else None
    if cls:
        is_concept = cls == PREFIXES["skos"] + "Concept"
        label = (
            page.say(HITS["concept"][0])
            if is_concept
            else label_of(kg.guarded.quads, cls, page.lang)
        )
        told = label or shorten(cls)
        lines += page.lines(page.say(_CLASS, cls=told), indent=4)
        lines += _choices(page, kg, parameter, cls)
    else:
        lines += page.lines(page.say(_TYPES[parameter.type]), indent=4)
    if parameter.default is None:
        return lines + page.lines(page.say(_NEEDED), indent=4)
    default = expand(parameter.default) if parameter.type == "iri" else None
    value = named(default) if default else parameter.default
    return lines + page.lines(page.say(_DEFAULT, value=value), indent=4)


def _choices(page: Page, kg: KnowledgeGraph, parameter: Parameter, cls: str) -> list[str]:
    """Return what the parameter may be: of concepts, those of the vocabulary that the default is of."""
    found = instances_of(kg.guarded.quads, cls)
    if cls.endswith("#Concept") and parameter.default and (default := expand(parameter.default)):
        vocabulary = default.rpartition("/")[0] + "/"
        found = [iri for iri in found if iri.startswith(vocabulary)]
    if len(found) > _FEW:
        return page.lines(page.say(_MANY, n=len(found)), indent=4)
    names = ", ".join(shorten(iri) for iri in found)
    return page.lines(page.say(_CHOICES, names=names), indent=4) if names else []


def _meaning(page: Page, parameter: Parameter) -> str:
    return parameter.label.get(page.lang, parameter.label["en"])


def _examples(page: Page, question: Question) -> Iterator[str]:
    """Yield commands that can be copied: where a line ends, the shell reads on."""
    values = [f"{p.name}={p.default}" for p in question.params if p.default is not None]
    given = [f"--param {quoted(value)}" for value in values]
    ask = "  " + command_line(page.lang, "ask", question.name)
    yield ask
    whole = " ".join((ask, *given))
    if display_width(whole) <= page.width:
        yield from [whole] if given else []
        return
    yield f"{ask} \\"
    yield from (f"    {part} \\" for part in given[:-1])
    yield f"    {given[-1]}"
