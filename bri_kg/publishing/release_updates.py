"""The SPARQL 1.1 Update that moves data of the last release to this one.

It holds every name that is deprecated with its dcterms:isReplacedBy, of the ontology, its
vocabularies and the graph, and then what `queries/releases/move.ru` does with them.
"""

from __future__ import annotations

from itertools import chain
from typing import Final

import pyoxigraph as ox

from bri_kg import __version__
from bri_kg.dataset.resources import Resources
from bri_kg.names import PREFIXES
from bri_kg.rdf.parsing import read_rdf
from bri_kg.rdf.text_files import read_text

_DEPRECATED: Final = ox.NamedNode(PREFIXES["owl"] + "deprecated")
_REPLACED_BY: Final = ox.NamedNode(PREFIXES["dcterms"] + "isReplacedBy")
_PROLOGUE: Final = ("bri", "dcterms", "skos", "xsd")


def updates(resources: Resources) -> dict[str, str]:
    """Return the update by the name of its file, or nothing where no earlier release is kept."""
    last = resources.last_release()
    if last is None or last.stem == __version__:
        return {}
    head = [
        f"# Moves data of bri-kg {last.stem} to {__version__}; docs/reuse.md says how to run it.",
        "# Written by python -m bri_kg.cli.generate from what is deprecated, and queries/releases/move.ru.",
        *(f"PREFIX {name}: <{PREFIXES[name]}>" for name in _PROLOGUE),
        "",
        "INSERT DATA { GRAPH <urn:bri-kg:retired> {",
        *(f"  <{old}> dcterms:isReplacedBy <{new}> ." for old, new in replacements(resources)),
        "} } ;",
        "",
    ]
    moves = read_text(resources.queries / "releases" / "move.ru", "an update")
    return {f"{last.stem}-to-{__version__}.ru": "\n".join(head) + "\n" + moves}


def replacements(resources: Resources) -> list[tuple[str, str]]:
    """Return each deprecated name with what stands for it now, by name; one that was split, with each part."""
    retired = resources.base.graph / "retired.ttl"
    files = [*resources.ontology_files(), *([retired] if retired.is_file() else [])]
    quads = list(chain.from_iterable(map(read_rdf, files)))
    deprecated = {quad.subject for quad in quads if quad.predicate == _DEPRECATED}
    return sorted(
        (quad.subject.value, quad.object.value)
        for quad in quads
        if quad.predicate == _REPLACED_BY
        and quad.subject in deprecated
        and isinstance(quad.subject, ox.NamedNode)
        and isinstance(quad.object, ox.NamedNode)
    )
