"""Identifiers as people know them: the registry, and the name there."""

from __future__ import annotations

from typing import Final

from bri_kg.answers.description_model import Identifier
from bri_kg.answers.model import Named

_REGISTRIES: Final = {
    "http://www.wikidata.org/entity/": "Wikidata",
    "https://ror.org/": "ROR",
    "https://sws.geonames.org/": "GeoNames",
}


def registered(one: Identifier) -> str:
    """Return an identifier with the name of its registry where it is one of the well-known; else as it is."""
    text = one.value.iri if isinstance(one.value, Named) else one.value.value
    for start, registry in _REGISTRIES.items():
        if text.startswith(start):
            return f"{registry} {text.removeprefix(start).strip('/')}"
    return text
