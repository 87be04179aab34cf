"""How a workbook looks: the first rows of each sheet, the lists behind its columns, and a guide to the claims.

The sheets are the same in `.xlsx` and in tables of text: a row of titles, one of help, one example. What stands
in the first column leaves a row out, as the help and the example are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bri_kg.names import BRI, PREFIXES
from bri_kg.texts.workbook.fields import Both, Field, Form, Sheet
from bri_kg.texts.workbook.known import Known

Table = list[list[str]]

OUT: Final = "out"
NAME: Final = "id"
KIND: Final = "class"
# The columns that no shape asks for, by key: title and help.
OWN: Final[dict[str, tuple[Both, Both]]] = {
    OUT: (
        ("left out", "略去"),
        ("Anything written here leaves the row out.", "此处写有任何内容，该行即略去。"),
    ),
    NAME: (
        ("short name", "短名"),
        (
            "May stay empty. A name in small letters, digits and hyphens, by which other rows can call this one.",
            "可留空。由小写字母、数字和连字符组成，供其他行引用本行。",
        ),
    ),
    KIND: (
        ("class", "类别"),
        ("Of what class it is; choose from the list.", "所属类别；从列表中选取。"),
    ),
}
_FORMS: Final[dict[Form, Both]] = {
    Form.THING: (
        "Names, separated by ; — known ones, or those of the sheet of new things.",
        "名称，以分号隔开：已知者，或“新事物”表中所列者。",
    ),
    Form.CONCEPT: (
        "Names of concepts, separated by ; — from the list, or from the sheet of new concepts.",
        "概念名称，以分号隔开：取自列表，或“新概念”表。",
    ),
    Form.SCHEME: ("One of the list.", "从列表中选取一项。"),
    Form.CLAIM: (
        "Short names of rows, or names of claims, separated by ;",
        "各行短名或主张名称，以分号隔开。",
    ),
    Form.TIME: (
        "2018, 2018-05, 2018-05-25, 2014/2019, since 2013, until 2023-06.",
        "写作 2018、2018-05、2018-05-25、2014/2019、since 2013 或 until 2023-06。",
    ),
    Form.AMOUNT: (
        "40, more than 80, at least 80, about 75, between 5 and 10; the unit has its own column.",
        "写作 40、超过 80、至少 80、约 75、between 5 and 10；单位另有一列。",
    ),
    Form.WORDS: (
        "Paste the words of the text; of many, the first ... the last. Several passages: || between them.",
        "粘贴原文；文字较长时写“开头 ... 结尾”。多个段落之间用 || 隔开。",
    ),
    Form.TEXT: ("Text.", "文字。"),
    Form.YES: ("yes or no.", "填“是”或“否”。"),
    Form.LINK: (
        "An item of Wikidata such as Q42, or an address; separated by ;",
        "Wikidata 条目如 Q42，或网址；以分号隔开。",
    ),
}
_EXAMPLES: Final[dict[str, dict[str, Both]]] = {
    "claims": {
        KIND: ("creation claim", "创建主张"),
        "evidence": (
            "The centre was set up by the academy in 2018",
            "该中心由科学院于 2018 年设立",
        ),
        "factuality": ("achieved", "已实现"),
        "hasSubject": ("the centre", "该中心"),
        "role": ("founder", "创立者"),
        "hasAgent": ("the academy", "科学院"),
        "hasTime": ("2018", "2018"),
    },
    "things": {
        KIND: ("organization", "组织"),
        "prefLabel@en": ("the centre", "the centre"),
        "prefLabel@zh": ("该中心", "该中心"),
    },
    "concepts": {
        "inScheme": ("Themes", "主题"),
        "prefLabel@en": ("lake health", "lake health"),
        "prefLabel@zh": ("湖泊健康", "湖泊健康"),
        "definition@en": ("The state of the waters of lakes.", "The state of the waters of lakes."),
        "definition@zh": ("湖泊水体的状况。", "湖泊水体的状况。"),
    },
    "comparisons": {},
}
_GUIDE: Final[tuple[Both, ...]] = (
    ("kind of claim", "主张类别"),
    ("when it is used", "何时使用"),
    ("what it needs", "必填"),
    ("what it may say besides", "可填"),
)
GUIDE_TITLE: Final[Both] = ("guide", "说明")
_NOTES: Final = """SELECT ?en ?zh WHERE { ?term skos:scopeNote ?en , ?zh .
  FILTER (LANG(?en) = "en" && LANG(?zh) = "zh") }"""


@dataclass(frozen=True)
class Column:
    """A column as it is written: its key, title and help, and what its list offers."""

    key: str
    title: str
    help: str
    choices: tuple[str, ...]


def columns(sheet: Sheet, known: Known, lang: str) -> tuple[Column, ...]:
    """Return the columns of a sheet in a language, our own first."""
    at = int(lang == "zh")
    own = [OUT, NAME, *([KIND] if len(sheet.kinds) > 1 else [])]
    kinds = tuple(kind.label[at] for kind in sheet.kinds)
    first = (
        Column(key, OWN[key][0][at], OWN[key][1][at], kinds if key == KIND else ()) for key in own
    )
    return (*first, *(_column(field, known, at) for field in sheet.fields))


def _column(field: Field, known: Known, at: int) -> Column:
    return Column(
        field.key,
        field.title[at],
        " ".join(filter(None, (field.note[at], _FORMS[field.form][at]))),
        tuple(_choices(field, known, at)),
    )


def _choices(field: Field, known: Known, at: int) -> Iterable[str]:
    lang = ("en", "zh")[at]
    if field.form is Form.YES:
        return (("yes", "no"), ("是", "否"))[at]
    if field.form is Form.SCHEME:
        return known.labels_of(known.schemes, lang)
    if field.form is Form.CONCEPT:
        wanted = frozenset(scheme for found in field.schemes.values() for scheme in found)
        return known.labels_of(known.concepts(wanted), lang)
    if field.form is Form.THING:
        wanted = frozenset(cls for found in field.of.values() for cls in found)
        is_open = not field.of or set(field.of) != set(field.asked_by)
        return known.labels_of(known.things(frozenset() if is_open else wanted), lang)
    return ()


def head(sheet: Sheet, shown: Sequence[Column], lang: str) -> Table:
    """Return the titles, the help and, where there is one, an example row."""
    at = int(lang == "zh")
    marks = (("help", "example"), ("帮助", "示例"))[at]
    help_row = [marks[0], *(column.help for column in shown[1:])]
    example = {key: both[at] for key, both in _EXAMPLES[sheet.key].items()}
    rows = [[column.title for column in shown], help_row]
    if example:
        rows.append([marks[1], *(example.get(column.key, "") for column in shown[1:])])
    return rows


def first_row(sheet: Sheet) -> int:
    """Return the number of the first row to be filled in, below titles, help and example."""
    return 4 if _EXAMPLES[sheet.key] else 3


def guide(claims: Sheet, notes: Mapping[str, Both], lang: str) -> Table:
    """Return what each kind of claim is for, needs and may say besides, from ontology and shapes."""
    at = int(lang == "zh")
    between = ("; ", "；")[at]
    rows = [[title[at] for title in _GUIDE]]
    for kind in claims.kinds:
        needed = [field.title[at] for field in claims.fields if kind.iri in field.needed_by]
        besides = [
            field.title[at]
            for field in claims.fields
            if kind.iri in field.asked_by and kind.iri not in field.needed_by
        ]
        note = notes.get(kind.iri, ("", ""))[at]
        rows.append([kind.label[at], note, between.join(needed), between.join(besides)])
    return rows


def scope_notes(known: Known, claims: Sheet) -> dict[str, Both]:
    """Return the scope note of each kind of claim."""
    return {kind.iri: known.said(kind.iri, _NOTES) for kind in claims.kinds}


def matched(sheet: Sheet, titles: Sequence[str]) -> tuple[dict[int, str], list[int]]:
    """Return the key of each column by its place, from titles in either language, and the places of unknown ones."""
    keys = {title.casefold(): key for key, (both, _) in OWN.items() for title in (key, *both)}
    for field in sheet.fields:
        keys |= {name.casefold(): field.key for name in (field.key, *field.title)}
    found, strange = {}, []
    for place, title in enumerate(titles):
        text = " ".join(title.split()).casefold()
        if text in keys:
            found[place] = keys[text]
        elif text:
            strange.append(place)
    return found, strange


def key_of_thing(cls: str, ancestors: Iterable[str]) -> str:
    """Return under which kind of name a new thing stands: `org` of an organization, `place` of a city."""
    for one in (cls, *ancestors):
        local = one.removeprefix(BRI)
        for kind in (_NAMED_AS.get(local), local.lower()):
            if kind and f"bri-{kind}" in PREFIXES:
                return kind
    return "collection"


_NAMED_AS: Final = {
    "Organization": "org",
    "ActorGroup": "group",
    "Actor": "group",
    "Undertaking": "project",
}
