"""What follows by OWL 2 RL from data and an ontology that somebody names."""

from __future__ import annotations

from collections.abc import Iterable

from bri_kg.dataset.closure import infer
from bri_kg.dataset.resources import Resources
from bri_kg.errors import InputError
from bri_kg.rdf.budget import refuse_what_does_not_fit
from bri_kg.rdf.files import AS_IT_IS, Reading, StableLabels, refused_import
from bri_kg.rdf.given_files import inputs_of, quads_of
from bri_kg.reasoner import Inference, Unsupported

_PER_TRIPLE = 500  # bytes; 250 measured, and about as many for what follows


def infer_over(
    data: object,
    ontology: object,
    resources: Resources,
    reading: Reading = AS_IT_IS,
    *,
    engine: str = "embedded",
) -> Inference:
    """Return what follows from data and an ontology, given as `bri_kg.rdf.given_files.quads_of` takes them.

    None stands for our ontology, and an empty tuple for none. Raises RefusedError for an import
    of an ontology that is not there: nothing is fetched. With the engine "reference", owlrl infers.
    """
    axioms = resources.ontology_files() if ontology is None else ontology
    labels = StableLabels()
    refuse_what_does_not_fit([*inputs_of(data, reading), *inputs_of(axioms, reading)], _PER_TRIPLE)
    inference = infer(
        quads_of(data, labels, reading), quads_of(axioms, labels, reading), engine=engine
    )
    if inference.imports:
        raise refused_import(inference.imports[0])
    return inference


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
