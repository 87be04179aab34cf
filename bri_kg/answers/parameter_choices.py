"""What a parameter of a question may be, with names: for forms and for programs that ask people."""

from __future__ import annotations

from typing import Any, Final, Protocol

import pyoxigraph as ox

from bri_kg.dataset.questions import Parameter
from bri_kg.dataset.resources import Resources
from bri_kg.names import expand, shorten
from bri_kg.rdf.text_files import read_text
from bri_kg.stores.selecting import Guarded

MOST: Final = 1000


class Graph(Protocol):
    """What choices are looked up in, such as a KnowledgeGraph."""

    resources: Resources

    @property
    def guarded(self) -> Guarded:
        """The data."""
        ...


def choices(graph: Graph, parameter: Parameter, lang: str) -> dict[str, Any]:
    """Return the values that a parameter takes, `complete` where there is no other.

    Of a class they are its instances with a name; of a concept, or where no class is named, those beside
    the default in its scheme. For a number or text there is only the default.
    """
    if parameter.type == "boolean":
        return _of([{"value": text, "label": text} for text in ("true", "false")], is_complete=True)
    if parameter.type != "iri":
        default = parameter.default
        return _of(
            [] if default is None else [{"value": default, "label": default}], is_complete=False
        )
    rows = graph.guarded.select(*_query(graph, parameter, lang), limit=MOST)
    found = [
        {"value": shorten(str(row.value("node"))), "label": str(row.value("name"))} for row in rows
    ]
    return _of(found, is_complete=bool(found) and not rows.truncated)


def _query(
    graph: Graph, parameter: Parameter, lang: str
) -> tuple[str, dict[str, ox.NamedNode | ox.Literal]]:
    values: dict[str, ox.NamedNode | ox.Literal] = {"lang": ox.Literal(lang)}
    cls = expand(parameter.cls or "")
    beside = expand(parameter.default or "") or parameter.default
    if cls and cls != expand("skos:Concept"):
        name, values["class"] = "choices-of-class", ox.NamedNode(cls)
    else:
        name, values["beside"] = "choices-beside", ox.NamedNode(beside or cls or "urn:none")
    path = graph.resources.queries / "answers" / f"{name}.rq"
    return read_text(path, "a stored query"), values


def _of(found: list[dict[str, str]], *, is_complete: bool) -> dict[str, Any]:
    return {"choices": found, "complete": is_complete}
