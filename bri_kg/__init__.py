"""bri-kg: science and technology cooperation as a graph, with the passage behind every fact.

>>> import bri_kg
>>> kg = bri_kg.open()
>>> [row.value("cofounderLabel") for row in kg.ask("cofounders")]  # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from os import PathLike

    from bri_kg.knowledge import KnowledgeGraph
    from bri_kg.plain import Face

__version__ = "0.3.0"
__all__ = ["__version__", "open"]


def open(  # noqa: A001 - the name users expect
    graph: str | PathLike[str] | None = None, *, store: str | PathLike[str] | None = None
) -> KnowledgeGraph:
    """Open the packaged graph, or the one in the folder `graph`, or the data in `store`.

    A `graph` folder is laid out like our own `graph/`; an `ontology/` or `queries/` folder
    beside it is used in place of the packaged one.

    `store` is an Oxigraph store on disk (made by `bri-kg load` or by Oxigraph itself; it is opened
    read-only) or an RDF file; a big file is loaded into the user's cache once. Raises `bri_kg.errors.BriKgError`
    when a file is missing, malformed or contradictory.
    """
    from bri_kg.knowledge import open_graph
    from bri_kg.plain import Shown

    Shown.face = _notebook  # here, since no room below may know of a face
    return open_graph(graph, store=store)


def _notebook() -> Face:
    from bri_kg.notebook import BLOCKS

    return BLOCKS
