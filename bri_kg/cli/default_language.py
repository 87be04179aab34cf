"""The language that a command speaks where none is asked for; nothing of another language is read for it."""

from __future__ import annotations

import os
from typing import Final

LANGUAGES: Final = ("en", "zh")
SETTING: Final = "BRI_KG_LANG"


def default_language() -> str:
    """Return the language that the environment sets; English where it sets none that is known."""
    asked = os.environ.get(SETTING, "")
    return asked if asked in LANGUAGES else LANGUAGES[0]


def unknown_language() -> str | None:
    """Return what the environment sets where it is no language that is spoken here."""
    asked = os.environ.get(SETTING, "")
    return asked if asked and asked not in LANGUAGES else None
