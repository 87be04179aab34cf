"""How much may follow from a graph: axioms about the words of OWL can make everything follow from everything.

Work is counted, not triples alone: looking at what is known already takes as long as adding it.
"""

from __future__ import annotations

from typing import Final

from bri_kg.settings import Bound

INFERRED: Final = Bound(
    "BRI_KG_MAX_INFERRED", "steps of inference over a small graph", "steps", 1_000_000
)
_A_TRIPLE: Final = 100  # steps; real graphs take fewer than ten


class Allowance:
    """What is left of the steps that a closure may take."""

    def __init__(self, triples: int) -> None:
        """Take how many triples there are: each allows some steps, and there is a least for all together."""
        self._all = max(int(INFERRED.value), _A_TRIPLE * triples)
        self._left = self._all

    def spend(self, steps: int) -> None:
        """Take off steps. Raise InputError (exit code 3) where none are left."""
        self._left -= steps
        if self._left < 0:
            raise INFERRED.passed(
                "BRI615",
                f"more follows from the graph than can be told: over {self._all:,} steps of inference",
                None,
                why="such axioms make nearly everything follow from everything",
            )
