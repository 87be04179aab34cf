"""The texts that a command reads when none are named: those in the collection that is opened."""

from __future__ import annotations

import os
from argparse import Namespace
from typing import Final

TEXTS: Final = "texts"


def texts_named(args: Namespace) -> str | None:
    """Return the folder that `--sources` names, else that of the collection unless `BRI_KG_SOURCES` names one."""
    named: str | None = args.sources
    return named or (None if os.environ.get("BRI_KG_SOURCES") else texts_of_collection(args))


def texts_of_collection(args: Namespace) -> str | None:
    """Return the folder of texts of the topmost collection that is opened and has any."""
    from bri_kg.dataset.resources import find

    for layer in reversed(find(args.graph, alone=args.alone).over):
        folder = layer.collection.folder / TEXTS if layer.collection else None
        if folder and folder.is_dir() and any(folder.iterdir()):
            return str(folder)
    return None
