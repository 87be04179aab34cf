"""The same triples, numbered by their texts: what is told of them is then told alike in whatever order they came.

Contradictions name facts. Which of several facts is named follows from the order in which the rules
meet them, and that order from the numbers of the terms. Numbered by their texts, types come before
other facts, and these by property, object and subject: of all facts that say the same, the least in
that order is met first. Facts that are left out change nothing in the order of the rest.
"""

from __future__ import annotations

from array import array

from bri_kg.reasoner import vocabulary as v
from bri_kg.reasoner.interning import MASK, SHIFT, Edges, Terms, pack


def numbered_by_texts(terms: Terms, edges: Edges) -> tuple[Terms, Edges]:
    """Return terms and edges anew: the words of OWL keep their numbers, other terms are in the order of their texts."""
    every, words = terms.all(), len(v.WORDS)
    others = sorted(range(words, len(every)), key=lambda number: str(every[number]))
    ordered = Terms()
    numbers = [*range(words), *(0 for _ in others)]
    for number in others:
        numbers[number] = ordered.number(every[number])
    renumbered = {
        numbers[predicate]: array(
            "q", sorted({pack(numbers[key & MASK], numbers[key >> SHIFT]) for key in keys})
        )
        for predicate, keys in edges.items()
    }
    return ordered, dict(sorted(renumbered.items()))
