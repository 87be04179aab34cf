"""Notebooks: results as blocks, and pictures of places, times and neighbours that hide no uncertainty.

Results show themselves; nothing here need be imported for it. The pictures need the extra `notebook`.
"""

from __future__ import annotations

from bri_kg.notebook.telling import Blocks

BLOCKS = Blocks()
