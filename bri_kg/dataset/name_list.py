"""The names in a dataset, read once when a release is built: a search and a shell then need no store for them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pyoxigraph as ox

from bri_kg.dataset.resources import Resources
from bri_kg.names import shorten
from bri_kg.rdf.text_files import read_text
from bri_kg.stores.memory import Store
from bri_kg.stores.selecting import Selecting

# The node, the property that names it, the name, its language, and what kind of thing the node is.
Named = tuple[str, str, str, str, str]
_PASSAGE: Final = "#char="


def names_in(store: Selecting, resources: Resources) -> Iterator[Named]:
    """Yield every name of a node in a store."""
    for row in store.select(_query(resources, "names"), file="names.rq"):
        name = row["name"]
        assert isinstance(name, ox.Literal)
        node, naming, kind = (str(row.value(column)) for column in ("node", "naming", "kind"))
        yield node, naming, name.value, name.language or "", kind


def name_list(store: Store, resources: Resources) -> dict[str, Any]:
    """Return the names in a store, and by the prefixed name of a node its classes: plain data, sorted."""
    classes: dict[str, list[str]] = {}
    for row in store.select(_query(resources, "classes_of_all"), file="classes_of_all.rq"):
        node = str(row.value("node"))
        if _PASSAGE not in node:
            classes.setdefault(shorten(node), []).append(shorten(str(row.value("class"))))
    return {
        "names": sorted(names_in(store, resources)),
        "classes": {node: sorted(classes[node]) for node in sorted(classes)},
    }


def _query(resources: Resources, name: str) -> str:
    return read_text(resources.queries / "search" / f"{name}.rq", "a query of the search")
