"""owlrl as the oracle of the reasoner: the same triples in, the same useful triples out."""

from __future__ import annotations

import logging
from collections.abc import Iterable

import pyoxigraph as ox

from bri_kg.dataset import reference_closure as owlrl_closure
from bri_kg.dataset.reference_closure import is_useful, without_axiomatic
from bri_kg.names import PREFIXES

__all__ = ["PROLOGUE", "close_by_owlrl", "is_useful", "parse", "without_axiomatic"]

# rdflib warns of every ill-formed literal, which here is the point.
logging.getLogger("rdflib.term").setLevel(logging.ERROR)

PROLOGUE = "".join(f"@prefix {p}: <{PREFIXES[p]}> .\n" for p in ("owl", "rdf", "rdfs", "xsd"))
PROLOGUE += "@prefix : <http://example.org/> .\n"


def parse(turtle: str) -> list[ox.Quad]:
    """Read Turtle with the usual prefixes; `:` is http://example.org/."""
    return list(ox.parse((PROLOGUE + turtle).encode(), ox.RdfFormat.TURTLE))


def close_by_owlrl(quads: Iterable[ox.Quad]) -> tuple[set[ox.Triple], list[str]]:
    """Return the new useful triples of owlrl and the texts of its error triples."""
    return owlrl_closure.close_by_owlrl({quad.triple for quad in quads})
