"""Notebooks: results as blocks, and pictures of places, times and neighbours that hide no uncertainty.

Results show themselves; nothing need be imported for it. `cited` gives the passages of rows. The pictures need
the extra `notebook`:

>>> from bri_kg.notebook import network, places, timeline
>>> timeline(kg.describe("ANSO"))  # doctest: +SKIP
"""

from __future__ import annotations

from bri_kg.notebook.cited_rows import cited
from bri_kg.notebook.drawn_map import places
from bri_kg.notebook.drawn_network import network
from bri_kg.notebook.drawn_timeline import timeline
from bri_kg.notebook.pictures import Picture
from bri_kg.notebook.telling import Blocks

__all__ = ["BLOCKS", "Picture", "cited", "network", "places", "timeline"]

BLOCKS = Blocks()
