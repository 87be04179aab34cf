"""What `ask` was asked with: the values of the parameters, the readings that a name has, and the rows for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pyoxigraph as ox

from bri_kg.answers.face_words import say
from bri_kg.answers.node_lookups import label_of, linked
from bri_kg.answers.row_claims import RowsWithClaims, rows_with_claims
from bri_kg.answers.rows_together import joined, with_reading
from bri_kg.answers.search import Hits
from bri_kg.answers.values_meant import Find, Meant, meant_by, wanted_by
from bri_kg.assistant.desk import Desk
from bri_kg.assistant.not_known import listed
from bri_kg.assistant.result_frame import said_brief
from bri_kg.assistant.result_items import Item
from bri_kg.assistant.result_words import OF_ITS_KIND, READINGS
from bri_kg.dataset.questions import Parameter, Question
from bri_kg.names import shorten
from bri_kg.rdf.rows import Rows

Values = Mapping[str, ox.NamedNode | ox.Literal]
_MOST = 50  # hits that are looked at
_MOST_SIFTING = 6
_NOTHING = RowsWithClaims(Rows((), ()), ())


@dataclass(frozen=True)
class Asked:
    """The values, those of the first reading where there are several, and the rows of all readings.

    `nodes` are all things and concepts that were asked about, `column` the one that says which reading a row
    is of, `alike` what holds the words that were given, `left` the parameters of concepts that were left to
    their defaults, `wrong` those whose value is of another kind than they take, by what it may mean.
    """

    values: Values
    nodes: tuple[str, ...]
    found: RowsWithClaims
    wording: str
    told: tuple[str, ...] = ()
    column: str | None = None
    left: tuple[Parameter, ...] = ()
    wrong: tuple[tuple[Parameter, str, Meant], ...] = ()
    alike: tuple[str, ...] = ()

    @property
    def named(self) -> tuple[str, ...]:
        """What goes by the names that were given, of whatever kind."""
        return tuple(node for _, _, meant in self.wrong for node in meant.others)


def asked_values(desk: Desk, question: Question, texts: dict[str, str], lang: str) -> Asked:
    """Return what was asked, with its rows. Raise UsageError for a value that nothing is named or like."""
    store = desk.graph.guarded.quads
    taken = [one for one in question.params if one.type == "iri" and one.name in texts]
    meant = {
        one.name: meant_by(store, one, texts[one.name], desk.graph.resolve, _finder(desk))
        for one in taken
    }
    tries = {one.name: _tries(desk, one, meant[one.name]) for one in taken}
    fixed = {name: shorten(of[0][0]) for name, of in tries.items() if of}
    wide = next((one for one in taken if len(tries[one.name]) > 1 or _is_wide(tries, one)), None)
    values: Values = desk.graph.bind(question, texts | fixed, lang)
    wrong = tuple((p, texts[p.name], meant[p.name]) for p in taken if not meant[p.name].named)
    left = tuple(
        one
        for one in question.params
        if one.name not in texts and one.type == "iri" and wanted_by(store, one).schemes
    )
    nodes = tuple(
        dict.fromkeys(
            term.value
            for one in question.params
            if isinstance(term := values.get(one.name), ox.NamedNode)
        )
    )
    alike = tuple(node for of in meant.values() for node in of.alike)
    if wide is None:
        found = rows_with_claims(desk.graph.guarded, question, values)
        wording = _wording(desk, question, values, {}, lang)
        return Asked(values, nodes, found, wording, left=left, wrong=wrong, alike=alike)
    return _of_readings(
        desk, question, Asked(values, nodes, _NOTHING, "", left=left, wrong=wrong),
        (wide, texts[wide.name], meant[wide.name], tries[wide.name]), lang,
    )  # fmt: skip


def sifting(desk: Desk, text: str, found: RowsWithClaims) -> tuple[ox.NamedNode, ...]:
    """Return what rows are to name where only those of a name are wanted: it, its readings, else what is linked."""
    store = desk.graph.guarded.quads
    of_anything = Parameter(name="", type="iri", label={})
    meant = meant_by(store, of_anything, text, desk.graph.resolve, _finder(desk))
    own = meant.named or meant.alike
    beside = tuple(one for node in own for one in linked(store, node))
    for nodes in (own, meant.alike, beside):
        terms = tuple(map(ox.NamedNode, nodes))
        standing = tuple(one for one in terms if found.with_cells((one,)).rows.rows)
        if standing and len(standing) <= _MOST_SIFTING:
            return standing
    return tuple(map(ox.NamedNode, own))


def _is_wide(tries: Mapping[str, list[tuple[str, ...]]], one: Parameter) -> bool:
    return any(len(nodes) > 1 for nodes in tries[one.name])


def _tries(desk: Desk, parameter: Parameter, meant: Meant) -> list[tuple[str, ...]]:
    """Return what is tried as the value, one after the other until something has rows."""
    if meant.named:
        return [meant.named]
    others = () if wanted_by(desk.graph.guarded.quads, parameter).cls else meant.others
    return [nodes for nodes in (meant.alike, meant.linked, others) if nodes]


def _of_readings(
    desk: Desk,
    question: Question,
    asked: Asked,
    wide: tuple[Parameter, str, Meant, list[tuple[str, ...]]],
    lang: str,
) -> Asked:
    """Return the rows of the first readings of a name that have some, each row with the reading it is of."""
    parameter, text, meant, tries = wide
    column = parameter.name if parameter.name not in question.columns else f"{parameter.name}_asked"
    parts: dict[str, RowsWithClaims] = {}
    for nodes in tries:
        for node in nodes:
            values = {**asked.values, parameter.name: ox.NamedNode(node)}
            found = rows_with_claims(desk.graph.guarded, question, values)
            if found.rows.rows:
                parts[node] = with_reading(found, column, ox.NamedNode(node))
        if parts:
            break
    if parts.keys() == {meant.named[0]} if meant.named else False:
        wording = _wording(desk, question, asked.values, {}, lang)
        own = rows_with_claims(desk.graph.guarded, question, asked.values)
        return replace(asked, found=own, wording=wording)
    if not parts:
        nodes = tuple(dict.fromkeys((*asked.nodes, *(node for of in tries for node in of))))
        shown = {parameter.name: said_brief(text)}
        empty = rows_with_claims(desk.graph.guarded, question, asked.values)
        wording = _wording(desk, question, asked.values, shown, lang)
        return replace(asked, nodes=nodes, found=empty, wording=wording)
    rest = [node for node in asked.nodes if node != asked.values[parameter.name].value]
    items = [_item(desk, node, lang) for node in parts]
    counts = [len(of.rows.rows) for of in parts.values()]
    names = "; ".join(f"{listed([one])} {count}" for one, count in zip(items, counts, strict=True))
    told = say(lang, READINGS if meant.named else OF_ITS_KIND, name=said_brief(text), names=names)
    first = {**asked.values, parameter.name: ox.NamedNode(next(iter(parts)))}
    shown = {parameter.name: listed(items)}
    return Asked(
        first,
        tuple(dict.fromkeys((*parts, *rest))),
        joined(list(parts.values())),
        _wording(desk, question, first, shown, lang),
        (told,),
        column,
        asked.left,
        asked.wrong,
    )


def _finder(desk: Desk) -> Find:
    def find(words: str, kind: str) -> Hits:
        return desk.graph.search(words, limit=_MOST, kinds=(kind,))

    return find


def _item(desk: Desk, node: str, lang: str) -> Item:
    label = label_of(desk.graph.guarded.quads, node, lang)
    return {"name": label or shorten(node), "id": shorten(node)}


def _wording(
    desk: Desk, question: Question, values: Values, shown: Mapping[str, str], lang: str
) -> str:
    """Return what the parameters were, as `name = value`, defaults too: none of them is silent."""
    told = []
    for one in question.params:
        term = values.get(one.name)
        if term is None:
            continue
        label = None
        if isinstance(term, ox.NamedNode):
            label = label_of(desk.graph.guarded.quads, term.value, lang)
        told.append(f"{one.name} = {shown.get(one.name) or said_brief(label or term.value)}")
    return f"({'; '.join(told)})" if told else ""
