"""Queries in shapes that would ask another server: refused, with the place where they stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from bri_kg.errors import RefusedError
from bri_kg.names import shorten
from bri_kg.shacl.look_up import SH

_QUERIES: Final = {SH + name for name in ("select", "ask", "construct")}


def refuse_doors(shapes: Sequence[ox.Quad], files: Iterable[str] = ()) -> None:
    """Refuse shapes with a query that would use the network.

    Raise RefusedError with file and line where the query stands in one of `files` as it is read,
    else with the name of its shape.
    """
    holders: dict[object, ox.Quad] = {}
    for quad in shapes:
        holders.setdefault(quad.object, quad)
    for quad in shapes:
        if quad.predicate.value in _QUERIES and isinstance(quad.object, ox.Literal):
            query = quad.object.value
            from bri_kg import sparql  # few shapes hold a query

            try:
                sparql.refuse_network(query)
            except RefusedError as error:
                raise _placed(error, query, _name(quad, holders), files) from None


def _placed(error: RefusedError, query: str, name: str, files: Iterable[str]) -> RefusedError:
    place = (f"query of {name}", error.line, error.column)
    for file in files:
        text = _text(file)
        start = text.find(query)
        if start < 0 or error.line is None or error.column is None:
            continue
        before = text[:start]
        within = len(before) - (before.rfind("\n") + 1) if error.line == 1 else 0
        place = (file, before.count("\n") + error.line, within + error.column)
        break
    message = f"{error.message}, in the query of {name}"
    return RefusedError(
        error.code, message, why=error.why, fix=error.fix,
        file=place[0], line=place[1], column=place[2],
    )  # fmt: skip


def _text(file: str) -> str:
    path = Path(file)
    return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""


def _name(quad: ox.Quad, holders: Mapping[object, ox.Quad]) -> str:
    """Return the name of what a query stands in: where it has none, of the nearest that has one."""
    seen = set()
    while not isinstance(quad.subject, ox.NamedNode):
        if quad.subject in seen or quad.subject not in holders:
            return "a shape without a name"
        seen.add(quad.subject)
        quad = holders[quad.subject]
    return shorten(quad.subject.value)
