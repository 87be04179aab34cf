"""Which folders are collections: those with a marker file. What it says is for `bri_kg.dataset.collections`."""

from __future__ import annotations

from pathlib import Path
from typing import Final

MARKER: Final = "bri-kg.toml"


def marked(folder: Path) -> Path | None:
    """Return the folder with a marker file, this one or its graph/'s parent; None where there is none."""
    for place in (folder, folder.parent) if folder.name == "graph" else (folder,):
        if (place / MARKER).is_file():
            return place
    return None


def standing_in(here: Path) -> Path | None:
    """Return the collection in which a folder lies: itself, or the next one above it with a marker file."""
    here = here.absolute()
    return next((place for place in (here, *here.parents) if (place / MARKER).is_file()), None)
