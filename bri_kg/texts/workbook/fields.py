"""What a row of a workbook can say: read from the shapes, so that a new property is a new column by itself."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import pyoxigraph as ox

from bri_kg.names import BRI, PREFIXES, VOCABULARY
from bri_kg.rdf.rows import Row
from bri_kg.stores.memory import Store
from bri_kg.texts.skeletons import asked_of

Both = tuple[str, str]
"""A text in English and in Chinese."""

_SKOS: Final = PREFIXES["skos"]
_LANGUAGES: Final = ("en", "zh")
_CLASSES: Final = """SELECT DISTINCT ?class ?en ?zh WHERE {
  ?class rdfs:subClassOf* ?root ; skos:prefLabel ?en , ?zh .
  FILTER (LANG(?en) = "en" && LANG(?zh) = "zh")
  FILTER NOT EXISTS { ?class owl:deprecated true }
} ORDER BY ?en"""
_SAID: Final = """SELECT ?en ?zh WHERE {
  ?term skos:definition ?en , ?zh . FILTER (LANG(?en) = "en" && LANG(?zh) = "zh") }"""
_RETIRED: Final = "SELECT ?term WHERE { ?term owl:deprecated true }"


class Form(StrEnum):
    """How the text of a cell is read."""

    THING = "thing"
    CONCEPT = "concept"
    SCHEME = "scheme"
    CLAIM = "claim"
    TIME = "time"
    AMOUNT = "amount"
    WORDS = "words"
    TEXT = "text"
    YES = "yes"
    LINK = "link"


@dataclass(frozen=True)
class Field:
    """A column: a property, in one language where it has a text in each, and what classes ask of it.

    `schemes` are those of its concepts and `of` the classes of its things, both by class of the row.
    """

    key: str
    property: str
    form: Form
    title: Both
    note: Both
    lang: str | None
    datatype: str | None
    schemes: Mapping[str, frozenset[str]]
    of: Mapping[str, frozenset[str]]
    asked_by: frozenset[str]
    needed_by: frozenset[str]


@dataclass(frozen=True)
class Kind:
    """A class of which a row can be, with its label."""

    iri: str
    label: Both


@dataclass(frozen=True)
class Sheet:
    """A sheet: its key, its title, the classes of its rows and its columns."""

    key: str
    title: Both
    kinds: tuple[Kind, ...]
    fields: tuple[Field, ...]

    def field(self, key: str) -> Field | None:
        """Return the column of a key."""
        return next((field for field in self.fields if field.key == key), None)


_ROOTS: Final[dict[str, tuple[Both, tuple[str, ...]]]] = {
    "claims": (("claims", "主张"), (BRI + "Claim",)),
    "things": (
        ("new things", "新事物"),
        (BRI + "Actor", BRI + "Place", BRI + "Undertaking"),
    ),
    "concepts": (("new concepts", "新概念"), (_SKOS + "Concept",)),
    "comparisons": (("comparisons", "比较"), (BRI + "Comparison",)),
}
# What no row gives: it follows from the workbook, or only the editors of the vocabularies give it.
_GIVEN: Final = {
    *(PREFIXES["dcterms"] + name for name in ("source", "isReplacedBy")),
    PREFIXES["owl"] + "deprecated",
}
# What rows can say though no shape of their class asks for it.
_ALSO: Final[dict[str, tuple[tuple[str, Form, Both, Both], ...]]] = {
    "claims": (
        (
            BRI + "acceptedDespite",
            Form.CONCEPT,
            ("accepted despite", "虽有提示仍采纳"),
            (
                "A check whose finding you let stand; give the reason in both languages.",
                "您保留其提示的检查；须以两种语言说明理由。",
            ),
        ),
    ),
    "things": (
        (
            _SKOS + "altLabel",
            Form.TEXT,
            ("other names", "其他名称"),
            (
                "Further names and abbreviations, separated by ;",
                "其他名称与缩写，以分号隔开",
            ),
        ),
        (
            _SKOS + "exactMatch",
            Form.LINK,
            ("same thing elsewhere", "他处的同一事物"),
            (
                "What identifies it in other data, where you looked it up.",
                "在其他数据中标识它的地址，须经查证。",
            ),
        ),
    ),
    "concepts": (
        (
            _SKOS + "broader",
            Form.CONCEPT,
            ("wider concept", "上位概念"),
            (
                "The concept of the same list of which this one is a kind; a new role needs one.",
                "同一词表中此概念所属的概念；新角色必须填写。",
            ),
        ),
    ),
}
# The columns that people fill in first, and last.
_FIRST: Final = (
    "evidence",
    "factuality",
    "hasSubject",
    "role",
    "hasAgent",
    "hasObject",
    "hasParty",
)
_LAST: Final = ("hasContext", "leavesOpen", "reason", "rank")


def sheets(store: Store) -> dict[str, Sheet]:
    """Return the sheets of a workbook by key; `store` holds the ontology together with the shapes."""
    retired = {str(row.value("term")) for row in store.select(_RETIRED)}
    return {key: _sheet(store, key, retired) for key in _ROOTS}


def _sheet(store: Store, key: str, retired: set[str]) -> Sheet:
    title, roots = _ROOTS[key]
    kinds = tuple(kind for root in roots for kind in _kinds(store, root, key))
    asked = {kind.iri: list(asked_of(store, kind.iri)) for kind in kinds}
    general = [row for root in roots for row in asked_of(store, root)]
    by_property: dict[str, list[tuple[str, Row]]] = defaultdict(list)
    for cls, rows in asked.items():
        for row in rows:
            by_property[str(row.value("property"))].append((cls, row))
    fields = [
        field
        for name, uses in by_property.items()
        if name not in retired and name not in _GIVEN
        for field in _fields(store, name, uses, general)
    ]
    fields += [_also(*also, kinds) for also in _ALSO.get(key, ())]
    return Sheet(key, title, kinds, tuple(sorted(fields, key=_place)))


def _kinds(store: Store, root: str, key: str) -> tuple[Kind, ...]:
    if key in ("concepts", "comparisons"):
        return (Kind(root, ("", "")),)
    rows = store.select(_CLASSES, {"root": ox.NamedNode(root)})
    return tuple(
        Kind(str(row.value("class")), (str(row.value("en")), str(row.value("zh"))))
        for row in rows
        if str(row.value("class")) != root or key == "things"
    )


def _fields(
    store: Store, name: str, uses: list[tuple[str, Row]], general: Iterable[Row]
) -> Iterable[Field]:
    rows = [row for _, row in uses]
    form = _form(rows)
    schemes: dict[str, set[str]] = defaultdict(set)
    of: dict[str, set[str]] = defaultdict(set)
    for cls, row in uses:
        if scheme := row.value("scheme"):
            schemes[cls].add(str(scheme))
        elif root := row.value("root"):
            schemes[cls].add(str(root).rpartition("/")[0])
        if wanted := row.value("of"):
            of[cls].add(str(wanted))
    local = name.rpartition("#")[2].rpartition("/")[2]
    title, note = _title(name, rows, general), _note(store, name, rows)
    is_bilingual = any(row.value("isBilingual") for row in rows) or local == "definition"
    for lang in _LANGUAGES if is_bilingual else (None,):
        yield Field(
            key=f"{local}@{lang}" if lang else local,
            property=name,
            form=form,
            title=_in(title, lang),
            note=note,
            lang=lang,
            datatype=next((str(row.value("datatype")) for row in rows if row["datatype"]), None),
            schemes={cls: frozenset(found) for cls, found in schemes.items()},
            of={cls: frozenset(found) for cls, found in of.items()},
            asked_by=frozenset(cls for cls, _ in uses),
            needed_by=frozenset(cls for cls, row in uses if _is_needed(row)),
        )


def _also(name: str, form: Form, title: Both, note: Both, kinds: tuple[Kind, ...]) -> Field:
    every = frozenset(kind.iri for kind in kinds)
    local = name.rpartition("#")[2]
    schemes = {
        cls: frozenset({VOCABULARY + "check"}) for cls in every if local == "acceptedDespite"
    }
    return Field(local, name, form, title, note, None, None, schemes, {}, every, frozenset())


def _is_needed(row: Row) -> bool:
    return str(row.value("least") or "0") not in ("", "0") and row.value("group") is not None


def _form(rows: list[Row]) -> Form:
    of = {str(row.value("of")).removeprefix(BRI) for row in rows if row["of"] is not None}
    for cls, form in (
        ("Passage", Form.WORDS), ("TimeSpan", Form.TIME), ("Quantity", Form.AMOUNT), ("Claim", Form.CLAIM),
    ):  # fmt: skip
        if cls in of:
            return form
    if PREFIXES["xsd"] + "boolean" in {str(row.value("datatype")) for row in rows}:
        return Form.YES
    if any(row.value("scheme") or row.value("root") for row in rows):
        return Form.CONCEPT
    if str(rows[0].value("property")) == _SKOS + "inScheme":
        return Form.SCHEME
    literal = any(
        row.value("isLiteral") or row.value("isBilingual") or row["datatype"] for row in rows
    )
    return Form.TEXT if literal else Form.THING


def _title(name: str, rows: list[Row], general: Iterable[Row]) -> Both:
    """Return what the shape of every row calls a property, else what most shapes call it."""
    of_all = [row for row in general if str(row.value("property")) == name]
    named = [
        (str(row.value("title")), str(row.value("titleZh")))
        for row in of_all or rows
        if row["title"] is not None and row["titleZh"] is not None
    ]
    return Counter(named).most_common(1)[0][0] if named else (name, name)


def _in(title: Both, lang: str | None) -> Both:
    if lang is None:
        return title
    words = {"en": ("in English", "英文"), "zh": ("in Chinese", "中文")}[lang]
    return f"{title[0]}, {words[0]}", f"{title[1]}（{words[1]}）"


def _note(store: Store, name: str, rows: list[Row]) -> Both:
    for row in store.select(_SAID, {"term": ox.NamedNode(name)}):
        return str(row.value("en")), str(row.value("zh"))
    return "", ""


def _place(field: Field) -> tuple[int, int, int, str]:
    local = field.key.partition("@")[0]
    if local in _FIRST:
        return 0, _FIRST.index(local), 0, field.key
    if local in _LAST:
        return 2, _LAST.index(local), 0, field.key
    return 1, 0, -len(field.needed_by), field.key
