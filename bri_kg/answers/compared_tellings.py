"""How the tellings of one answer go together, where the editors say so: the comparison that holds most of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Final

import pyoxigraph as ox

from bri_kg.answers.comparisons import read_comparisons
from bri_kg.answers.model import Comparison
from bri_kg.answers.row_claims import rows_with_claims
from bri_kg.answers.scope import Ground, iri
from bri_kg.dataset.questions import Question

_TELLING_APART: Final = ("contradicts", "differs")
_MOST: Final = 60  # claims: of more no one comparison tells
_LOOKED_AT: Final = 3  # comparisons that hold as many


def comparison_of_tellings(
    ground: Ground, question: Question, values: Mapping[str, ox.NamedNode | ox.Literal]
) -> Comparison | None:
    """Return the comparison that tells how the claims behind an answer differ, if it holds more than half of them."""
    behind = rows_with_claims(ground.store, question, values).claims
    claims = {claim for of in behind for claim in of}
    if not 1 < len(claims) <= _MOST:
        return None
    rows = ground.select_each("comparisons-of-claims", "claim", claims)
    held = Counter(iri(row["comparison"]) for row in rows)
    most = [one for one, count in held.most_common(_LOOKED_AT) if count * 2 > len(claims)]
    read = read_comparisons(ground, most)
    return next((read[one] for one in most if read[one].stance in _TELLING_APART), None)
