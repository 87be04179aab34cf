"""The syntaxes of RDF: by name, by the ending of a file, and by what stands in it (`bri_kg.rdf.heads`)."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pyoxigraph as ox

from bri_kg.errors import UsageError

FORMATS: Final = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "nq": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
}
RDF_ENDINGS: Final = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".owl": ox.RdfFormat.RDF_XML,
}
HEAD: Final = 16_384  # bytes that are looked at to tell a syntax

# What begins like this is nothing else, so that an ending of one of these can be believed.
_OF_TEXT: Final = {
    ending: found for ending, found in RDF_ENDINGS.items() if found != ox.RdfFormat.RDF_XML
}
_PLAIN_BEGINNINGS: Final = (b"<http://", b"<https://", b"@prefix")


def format_named(name: str) -> ox.RdfFormat:
    """Return the syntax of this name. Raise UsageError where there is none."""
    if name not in FORMATS:
        raise UsageError(
            code="BRI272",
            message=f"there is no format {name!r} for this input",
            fix="use one of " + ", ".join(FORMATS),
        )
    return FORMATS[name]


def ending_of(path: Path) -> str:
    """Return the ending that tells the syntax of a file; `.gz` after it is passed over."""
    return (path.with_suffix("") if path.suffix.lower() == ".gz" else path).suffix.lower()


def believed(head: bytes, ending: str) -> ox.RdfFormat | None:
    """Return the syntax that an ending tells where the beginning of the file leaves no doubt, else None."""
    begins_plainly = head.lstrip().startswith(_PLAIN_BEGINNINGS)
    return _OF_TEXT.get(ending) if begins_plainly else None
