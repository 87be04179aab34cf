"""Rows of an answer as items: values with names and ids, and what each row rests on."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

import pyoxigraph as ox

from bri_kg.answers.cited_passages import cited_passages
from bri_kg.answers.claims import read_claims
from bri_kg.answers.comparisons import read_comparisons
from bri_kg.answers.face_words import say
from bri_kg.answers.model import Claim
from bri_kg.answers.node_lookups import label_of
from bri_kg.answers.scope import iri
from bri_kg.answers.unnamed_members import unnamed_among
from bri_kg.assistant.desk import Desk
from bri_kg.assistant.result_items import (
    Item,
    Rivals,
    name_of_node,
    passage_item,
    rivals_of,
    standing,
)
from bri_kg.assistant.result_words import UNNAMED
from bri_kg.names import CLAIM, COME_ABOUT, PREFIXES, shorten, split_passage
from bri_kg.rdf.rows import Rows
from bri_kg.rdf.terms import Term

_FACTUALITY = PREFIXES["bri-factuality"]
_LABEL = "Label"
# Columns of stored questions that say what stands beside the cells: how far, by whom, in which claim.
_SAID_BESIDE = ("factuality", "modality", "speaker", "claim")
Row = tuple[Term | None, ...]


def row_items(
    desk: Desk, lang: str, rows: Rows, claims_of: Sequence[Sequence[str]] | None = None
) -> list[Item]:
    """Return rows as items; the claims of each are those given, with those that stand in it."""
    given = claims_of or [()] * len(rows.rows)
    known = [(*own, *_claims_in(row)) for own, row in zip(given, rows.rows, strict=True)]
    claims, rivals = claims_and_rivals(desk, lang, {one for own in known for one in own})
    nodes = {t.value for row in rows.rows for t in row if isinstance(t, ox.NamedNode)}
    passages = cited_passages(desk.graph.guarded, nodes, lang, desk.texts)
    unnamed = unnamed_among(desk.ground(lang), nodes - passages.keys())

    def label(node: str) -> str | None:
        return label_of(desk.graph.guarded.quads, node, lang)

    items = []
    for row, own in zip(rows.rows, known, strict=True):
        item: Item = {"section": "rows", "cells": cells(rows.columns, row, label)}
        found = [claims[one] for one in dict.fromkeys(own) if one in claims]
        item |= _standing(row, found, rivals)
        if claims_of is not None and found:
            item["cells"] = [one for one in item["cells"] if not _is_beside(one, item)]
        if gaps := _left_open(row, found, unnamed, lang, label):
            item["left_open"] = gaps
        cited = [t.value for t in row if isinstance(t, ox.NamedNode) and t.value in passages]
        if cited:  # the row's own, in place of all that its claims have
            item["passages"] = [passage_item(passages[one]) for one in dict.fromkeys(cited)]
        items.append(item)
    return items


def together_as_one(items: Sequence[Item], sizes: Iterable[int]) -> list[Item]:
    """Return items of rows with so many of them at a time as one: what differs stands in it one after the other."""
    rest = iter(items)
    return [_as_one([next(rest) for _ in range(size)]) for size in sizes]


def _as_one(items: list[Item]) -> Item:
    whole = dict(items[0])
    for name in ("cells", "passages", "left_open"):
        each = [one for item in items for one in item.get(name, ())]
        if each:
            whole[name] = [one for n, one in enumerate(each) if one not in each[:n]]
    if "cells" in whole:  # values of one column beside each other
        columns = list(dict.fromkeys(one["column"] for one in whole["cells"]))
        whole["cells"].sort(key=lambda one: columns.index(one["column"]))
    return whole


def _left_open(
    row: Row,
    claims: Iterable[Claim],
    unnamed: Collection[str],
    lang: str,
    label: Callable[[str], str | None],
) -> list[str]:
    """Return what sources leave open of a row, groups of which they name no member among it."""
    gaps = [name_of_node(gap) for claim in claims for gap in claim.left_open]
    groups = (t.value for t in row if isinstance(t, ox.NamedNode) and t.value in unnamed)
    gaps += [f"{label(one) or shorten(one)}: {say(lang, UNNAMED)}" for one in groups]
    return list(dict.fromkeys(gaps))


def claims_and_rivals(
    desk: Desk, lang: str, claims: Iterable[str]
) -> tuple[Mapping[str, Claim], Rivals]:
    """Return claims by IRI, and what they are compared with and differ from."""
    wanted = set(claims)
    if not wanted:
        return {}, {}
    ground = desk.ground(lang)
    held = ground.select_each("comparisons-of-claims", "claim", wanted)
    compared = read_comparisons(ground, {iri(row["comparison"]) for row in held})
    return read_claims(ground, wanted), rivals_of(compared.values())


def cells(
    columns: Sequence[str], row: Row, label: Callable[[str], str | None] = lambda node: None
) -> list[Item]:
    """Return the values of a row, a label beside its node in one cell; passages stand elsewhere."""
    by_name = dict(zip(columns, row, strict=True))
    labels = {name for name in columns if name.endswith(_LABEL) and name[: -len(_LABEL)] in by_name}
    found: list[Item] = []
    for name, term in by_name.items():
        if name in labels or term is None:
            continue
        named = by_name.get(name + _LABEL) if name + _LABEL in labels else None
        found.append({"column": name, **_cell(term, named, label)})
    return [one for one in found if len(one) > 1]


def _cell(term: object, named: Term | None, label: Callable[[str], str | None]) -> Item:
    if isinstance(term, ox.NamedNode):
        if split_passage(term.value):
            return {}
        short = shorten(term.value)
        name = named.value if isinstance(named, ox.Literal) else label(term.value)
        return {"name": name, "id": short} if name else {"id": short}
    if isinstance(term, ox.Literal):
        return {"value": term.value}
    return {"value": str(term)}


def _is_beside(cell: Item, item: Item) -> bool:
    """Return whether a cell says again what the item says beside its cells."""
    column = str(cell["column"]).removesuffix(_LABEL)
    beside = [*item["factuality"], *item.get("modality", ()), *item.get("speakers", ())]
    known = (*beside, *item["claims"])
    return column in _SAID_BESIDE and (cell.get("name") in known or cell.get("id") in known)


def _claims_in(row: Row) -> list[str]:
    return [t.value for t in row if isinstance(t, ox.NamedNode) and t.value.startswith(CLAIM)]


def _standing(row: Row, claims: list[Claim], rivals: Rivals) -> Item:
    """Return the standing of a row; how far it has come about is what it says itself, where it says so."""
    said = [t.value for t in row if isinstance(t, ox.NamedNode) and t.value.startswith(_FACTUALITY)]
    if claims:
        fitting = [one for one in claims if not said or one.factuality.iri in said]
        return standing(fitting or claims, rivals)
    if not said:
        return {}
    return {
        "factuality": [one.removeprefix(_FACTUALITY) for one in said],
        "come_about": all(one in COME_ABOUT for one in said),
    }
