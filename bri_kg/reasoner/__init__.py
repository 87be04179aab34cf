"""The OWL 2 RL reasoner: the rules OWL 2 RL/RDF over interned triples, with a worklist."""

from bri_kg.reasoner.inference import Follow, infer
from bri_kg.reasoner.results import (
    Contradiction,
    Inference,
    Inferred,
    Unsupported,
    inferred_of,
)

__all__ = [
    "Contradiction",
    "Follow",
    "Inference",
    "Inferred",
    "Unsupported",
    "infer",
    "inferred_of",
]
