"""How long a store at an address may take. What goes beyond is an error with exit code 3."""

from __future__ import annotations

from typing import Final

from bri_kg.settings import Bound

CONNECT: Final = Bound("BRI_KG_CONNECT_SECONDS", "connecting to a store", "seconds", 10)
SILENCE: Final = Bound("BRI_KG_SILENCE_SECONDS", "a store that says nothing", "seconds", 300)
REQUEST: Final = Bound("BRI_KG_REQUEST_SECONDS", "one request to a store", "seconds", 3600)
REQUEST_BOUNDS: Final = (CONNECT, SILENCE, REQUEST)
# They are held here, about 1 kB each.
UNNAMED: Final = Bound(
    "BRI_KG_MAX_UNNAMED",
    "triples of a store with blank nodes, to validate there",
    "triples",
    100_000,
)
