"""The tool `query`: read-only SPARQL, answered in a process with bounds, and what its rows rest on."""

from __future__ import annotations

import io
import json
from typing import Any, Final

import pyoxigraph as ox

from bri_kg.answers.absent_terms import absent_terms
from bri_kg.answers.face_words import ROWS, counted, say
from bri_kg.answers.node_lookups import label_of
from bri_kg.assistant.desk import Arguments, Desk, QueryAnswer
from bri_kg.assistant.result_frame import NOT_KNOWN, Answer, said_brief
from bri_kg.assistant.result_items import Item
from bri_kg.assistant.result_paging import Items
from bri_kg.assistant.result_words import APART, CUT_ROWS, NO_ROWS, NOT_JOINED, YES_NO
from bri_kg.assistant.row_items import cells, row_items
from bri_kg.names import shorten
from bri_kg.rdf.rows import Rows
from bri_kg.rdf.terms import Term
from bri_kg.sparql.joining import unjoined

MOST_ROWS: Final = 1_000
_TRIPLE: Final = ("subject", "property", "object")


async def query(desk: Desk, given: Arguments, client: str) -> Answer:
    """Answer a SPARQL query."""
    found = await desk.queries.answer(given["sparql"], given["limit"], client)
    return await desk.in_turn(client, lambda: _answer(desk, given, found))


def _answer(desk: Desk, given: Arguments, found: QueryAnswer) -> Answer:
    lang = given["lang"]
    if found.kind == "triples":
        triples = list(ox.parse(io.BytesIO(found.body), ox.RdfFormat.N_TRIPLES))
        items = [_triple(desk, one, lang) for one in triples]
        return _told(desk, given, found, Items.of(items))
    content = json.loads(found.body)
    if "boolean" in content:
        told = (say(lang, YES_NO, answer=str(content["boolean"]).lower()),)
        if content["boolean"]:
            return Answer(told)
        return Answer((*told, *_unknown(desk, given["sparql"])))
    columns = tuple(content["head"]["vars"])
    rows = tuple(
        tuple(_term(one.get(name)) for name in columns) for one in content["results"]["bindings"]
    )

    def made(begin: int, end: int) -> list[Item]:
        return row_items(desk, lang, Rows(columns, rows[begin:end]))

    return _told(desk, given, found, Items(len(rows), made))


def _told(desk: Desk, given: Arguments, found: QueryAnswer, items: Items) -> Answer:
    lang = given["lang"]
    if not items.total:
        told = (say(lang, NO_ROWS), *_unknown(desk, given["sparql"]))
        return Answer(told, status=NOT_KNOWN)
    sentence = f"{counted(lang, ROWS, items.total)}."
    more = (say(lang, CUT_ROWS, count=items.total),) if found.is_cut else ()
    return Answer((sentence, *more, *_not_joined(given["sparql"], lang)), items)


def _not_joined(text: str, lang: str) -> tuple[str, ...]:
    """Return what is said of selected variables that nothing joins: their rows are pairs of what is apart."""
    sets = [said_brief(", ".join(names)) for names in unjoined(text)]
    return (say(lang, NOT_JOINED, sets=say(lang, APART).join(sets)),) if sets else ()


def _unknown(desk: Desk, text: str) -> tuple[str, ...]:
    """Return the sentences on the terms of a query that the data does not hold."""
    return tuple(f"{one.sentence()}." for one in absent_terms(desk.graph.guarded.quads, text))


def _triple(desk: Desk, triple: Any, lang: str) -> Item:
    row: tuple[Term, ...] = (triple.subject, triple.predicate, triple.object)

    def label(node: str) -> str | None:
        return label_of(desk.graph.guarded.quads, node, lang)

    parts = {cell["column"]: cell for cell in cells(_TRIPLE, row, label)}
    shown: Item = {"section": "triples"}
    for name, term in zip(_TRIPLE, row, strict=True):
        cell = parts.get(name, {"name": shorten(term.value), "id": term.value})
        shown[name] = {"name": cell.get("name", cell.get("value", ""))}
        if "id" in cell:
            shown[name]["id"] = cell["id"]
    return shown


def _term(cell: dict[str, Any] | None) -> Term | None:
    """Return the term that SPARQL 1.1 Query Results JSON stands for."""
    if cell is None:
        return None
    value = cell.get("value")
    if cell["type"] == "uri":
        return ox.NamedNode(str(value))
    if cell["type"] == "bnode":
        return ox.BlankNode(str(value))
    if cell["type"] == "triple":
        return ox.Literal(json.dumps(value, ensure_ascii=False))
    if language := cell.get("xml:lang"):
        return ox.Literal(str(value), language=language)
    datatype = cell.get("datatype")
    return ox.Literal(str(value), datatype=ox.NamedNode(datatype) if datatype else None)
