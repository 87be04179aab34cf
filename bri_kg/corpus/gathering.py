"""What all parts found, told as one graph tells it: each finding once, without what the editors let stand.

And which pairs of claims wait for a comparison, the likeliest first.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from bri_kg.checking.pairs import Found, by_pair, ranked
from bri_kg.corpus.common_ground import CommonGround
from bri_kg.corpus.sharing_out import iri
from bri_kg.corpus.tables import Tables
from bri_kg.dataset.waivers import Waivers
from bri_kg.findings import Finding, in_order
from bri_kg.stores.memory import Store


def gathered(tables: Tables, ground: CommonGround, lang: str) -> tuple[Finding, ...]:
    """Return the findings in the table of that name, in order."""
    rows = tables.sql_rows("SELECT DISTINCT finding FROM findings ORDER BY finding")
    found = [Finding(**json.loads(text)) for (text,) in rows]
    waivers = Waivers(Store(_accepted(tables, ground)))
    kept = [finding for finding in found if finding.stage not in ("claims", "facts")]
    for room, checks in (("claims", ground.checks), ("facts", ground.checks_of_facts)):
        kept += waivers.sift(finding for finding in found if finding.stage == room)
        kept += waivers.unneeded(room, {check.name for check in checks}, lang)
    return tuple(in_order(kept))


def waiting(tables: Tables, ground: CommonGround, lang: str) -> Iterator[dict[str, object]]:
    """Yield the candidates for comparison in the table of that name, the likeliest first."""
    wordings = {check.name: check.wording(lang) for check in ground.candidates}
    rows = tables.sql_rows(
        "SELECT DISTINCT one, other, name, weight FROM candidates ORDER BY one, other, name"
    )
    found = by_pair(Found((one, other), name, int(weight)) for one, other, name, weight in rows)
    for pair in ranked({pair: of[0].weight for pair, of in found.items()}):
        first, *rest = found[pair]
        yield {
            "check": first.check,
            "summary": wordings[first.check],
            "claims": list(pair),
            "weight": first.weight,
            "also": [wordings[other.check] for other in rest],
        }


def _accepted(tables: Tables, ground: CommonGround) -> Iterable[ox.Quad]:
    accepted = iri("acceptedDespite")
    lines = tables.sql("SELECT s, p, o FROM told WHERE p = ?", accepted)
    text = "".join(f"{s} {p} {o} .\n" for s, p, o in lines)
    yield from ox.parse(text, format=ox.RdfFormat.N_QUADS)
    yield from (quad for quad in ground.quads if str(quad.predicate) == accepted)
