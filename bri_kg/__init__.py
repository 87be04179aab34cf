"""bri-kg: science and technology cooperation as a graph, with the passage behind every fact.

>>> import bri_kg
>>> kg = bri_kg.open()
>>> [row.value("cofounderLabel") for row in kg.ask("cofounders")]  # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from os import PathLike

    from bri_kg.knowledge import KnowledgeGraph
    from bri_kg.plain import Face

__version__ = "0.3.0"
__all__ = ["__version__", "open"]


def open(  # noqa: A001 - the name users expect
    graph: str | PathLike[str] | Sequence[str | PathLike[str]] | None = None,
    *,
    alone: bool = False,
    store: str | PathLike[str] | None = None,
) -> KnowledgeGraph:
    """Open the packaged graph, with the collections in the folders `graph` over it, or the data in `store`.

    `bri-kg init` makes such a folder; several lie over each other as they are named. `alone` leaves our
    graph out; a folder laid out like our `graph/` is then read in its place, with the `ontology/` and
    `queries/` beside it, where there are such.

    `store` is an Oxigraph store on disk (made by `bri-kg load` or by Oxigraph itself; it is opened
    read-only) or an RDF file; a big file is loaded into the user's cache once. Raises `bri_kg.errors.BriKgError`
    when a file is missing, malformed or contradictory.
    """
    from bri_kg.knowledge import open_graph
    from bri_kg.plain import Shown

    Shown.face = _notebook  # here, since no room below may know of a face
    return open_graph(graph, alone=alone, store=store)


def _notebook() -> Face:
    from bri_kg.notebook import BLOCKS

    return BLOCKS
