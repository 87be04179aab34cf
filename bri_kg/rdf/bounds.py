"""How much a file may ask of the machine. What goes beyond is an error with exit code 3."""

from __future__ import annotations

from typing import Final

from bri_kg.errors import InputError
from bri_kg.settings import UNBOUNDED, Bound

_TOO_MUCH: Final = 3
# Striped RDF/XML nests a list of n members 2 n deep; from 10,000 on the parser takes ever longer.
XML_DEPTH: Final = Bound(
    "BRI_KG_MAX_XML_DEPTH", "elements of RDF/XML inside each other", "elements", 4000
)
JSON_DEPTH: Final = Bound(
    "BRI_KG_MAX_JSON_DEPTH", "objects and lists of JSON-LD inside each other", "levels", 200, 900
)
# 20,000 overflow the stack of the engine.
TERM_DEPTH: Final = Bound(
    "BRI_KG_MAX_TERM_DEPTH", "triple terms inside each other", "terms", 100, 2000
)
ENTITIES: Final = Bound(
    "BRI_KG_MAX_ENTITIES_MB", "what the entities of an RDF/XML file expand to", "megabytes", 16
)
LITERAL: Final = Bound("BRI_KG_MAX_LITERAL_MB", "a literal of RDF/XML", "megabytes", 16, 1024)
RATIO: Final = Bound(
    "BRI_KG_MAX_RATIO", "what a .gz unpacks to, from 64 MB on", "times its packed size", 200
)
MEMORY: Final = Bound(
    "BRI_KG_MAX_MEMORY_MB",
    "memory that a verb may take",
    "megabytes",
    UNBOUNDED,
)
BOUNDS: Final = (XML_DEPTH, JSON_DEPTH, TERM_DEPTH, ENTITIES, LITERAL, RATIO, MEMORY)
MB: Final = 1_000_000
ENGINE_LITERAL: Final = 16 << 20  # bytes that the engine's parsers hold for one token


def long_literal(file: str | None) -> InputError:
    """Return the error for a literal that is longer than `LITERAL`."""
    return LITERAL.passed("BRI612", f"a literal is longer than {LITERAL.value:g} MB", file)


def engine_bound(file: str | None) -> InputError:
    """Return the error for a token that is longer than the engine's parsers take."""
    return InputError(
        long_literal(file).code,
        "a literal or IRI is longer than about 16 MB",
        file=file,
        why="the parsers of all syntaxes but RDF/XML hold no more, some a little less; no setting raises this",
        fix="shorten it, or give the file as RDF/XML and set BRI_KG_MAX_LITERAL_MB",
        exit_code=_TOO_MUCH,
    )
