"""What all parts found, told as one validation tells it: each finding once, without what the editors let stand."""

from __future__ import annotations

import json
from collections.abc import Iterable

import pyoxigraph as ox

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


def _accepted(tables: Tables, ground: CommonGround) -> Iterable[ox.Quad]:
    accepted = iri("acceptedDespite")
    lines = tables.sql("SELECT s, p, o FROM told WHERE p = ?", accepted)
    text = "".join(f"{s} {p} {o} .\n" for s, p, o in lines)
    yield from ox.parse(text, format=ox.RdfFormat.N_QUADS)
    yield from (quad for quad in ground.quads if str(quad.predicate) == accepted)
