"""The texts that a command reads when none are named: those in the collection that is opened."""

from __future__ import annotations

import os
from argparse import Namespace
from typing import Final

from bri_kg.answers.face_words import Both

TEXTS: Final = "texts"
NOT_SHOWN: Final[Both] = (
    "the texts in {folder} are there, and their words are not shown: --sources {folder} shows them to this machine, "
    "with --publish-words to whoever reaches the server",
    "{folder} 中有原文，但不显示其文字：加 --sources {folder} 可在本机显示，再加 --publish-words 则向所有访问者显示",
)


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
