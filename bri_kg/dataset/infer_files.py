"""What follows by OWL 2 RL from data and an ontology that somebody names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pyoxigraph as ox

from bri_kg.dataset.closure import infer
from bri_kg.dataset.imports import Followed
from bri_kg.dataset.resources import Resources
from bri_kg.errors import InputError, RefusedError
from bri_kg.rdf.budget import refuse_what_does_not_fit
from bri_kg.rdf.given_data import inputs_of, quads_of
from bri_kg.rdf.labels import StableLabels
from bri_kg.rdf.parsing import refused_import
from bri_kg.rdf.reading import AS_IT_IS, Reading
from bri_kg.reasoner import Inference, Unsupported

_WAYS_OUT = "give that file too, name it in a catalog-v001.xml beside yours, or go on without it: --skip-imports"
_PER_TRIPLE = 500  # bytes; 250 measured, and about as many for what follows


def infer_over(
    data: object,
    ontology: object,
    resources: Resources,
    reading: Reading = AS_IT_IS,
    *,
    engine: str = "embedded",
    skip_imports: bool = False,
) -> Inference:
    """Return what follows from data and an ontology, given as `bri_kg.rdf.given_data.quads_of` takes them.

    None stands for our ontology, and an empty tuple for none. Imports are followed to files beside
    those given, and to our ontology; nothing is fetched. With the engine "reference", owlrl infers.
    Raise RefusedError for an import that is not here, unless `skip_imports`: then it stands in `imports`.
    """
    axioms = resources.ontology_files() if ontology is None else ontology
    given = [*inputs_of(data, reading), *inputs_of(axioms, reading)]
    refuse_what_does_not_fit(given, _PER_TRIPLE)
    labels = StableLabels()
    imports = Followed([source.path for source in given if source.path], resources, labels)
    inference = infer(
        quads_of(data, labels, reading),
        quads_of(axioms, labels, reading),
        follow=imports.follow,
        engine=engine,
    )
    absent = tuple(t for t in inference.imports if named_in(t) not in imports.names)
    if absent and not skip_imports:
        raise no_import(absent[0])
    return replace(inference, imports=absent)


def no_import(triple: ox.Triple) -> RefusedError:
    """Return the error for an import that is not on this machine."""
    return refused_import(triple, _WAYS_OUT)


def named_in(triple: ox.Triple) -> str:
    """Return the IRI of what is imported; empty for a blank node."""
    return triple.object.value if isinstance(triple.object, ox.NamedNode) else ""


def require_covered(unsupported: Iterable[Unsupported]) -> None:
    """Raise InputError where an axiom has a form that no rule covers."""
    messages = [item.message for item in unsupported]
    if messages:
        raise InputError(
            code="BRI403",
            message="no rule of OWL 2 RL covers some axioms",
            why="\n".join(messages),
            fix="remove or rewrite them, or leave out --strict to apply the rest",
        )
