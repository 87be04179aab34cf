"""Words as others spell them: in the singular, in British or American English."""

from __future__ import annotations

from typing import Final

PAIRS: Final = (  # British, American
    ("centre", "center"), ("programme", "program"), ("fibre", "fiber"), ("theatre", "theater"),
    ("metre", "meter"), ("labour", "labor"), ("defence", "defense"), ("licence", "license"),
)  # fmt: skip
AMERICAN: Final = dict(PAIRS)
_SHORT: Final = 3  # letters: CAS is no plural


def singular(word: str) -> str:
    """Return an English word in the singular, where that is told by its ending: laboratories, laboratory."""
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def levelled(word: str) -> str:
    """Return a word in small letters as one stands for all its spellings: programmes and program are one."""
    one = singular(word) if len(word) > _SHORT else word
    return AMERICAN.get(one, one)
