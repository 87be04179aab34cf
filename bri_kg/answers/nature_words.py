"""What comparisons come to, in plain words: whether claims exclude each other, or only tell of one thing otherwise."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from bri_kg.answers.claim_words import name
from bri_kg.answers.face_words import Both, Speaker
from bri_kg.answers.model import Comparison, Named
from bri_kg.answers.rivals import in_tension
from bri_kg.names import PREFIXES

_PLAIN: Final[dict[str, Both]] = {
    "contradiction": ("they exclude each other", "互相排斥"),
    "other-description": ("described in another way", "描述角度不同"),
    "other-time": ("of another time", "时间不同"),
    "other-scope": ("wider or narrower in scope", "范围宽窄不同"),
    "other-unit": ("counting something else", "计数的对象不同"),
    "other-status": ("at another stage", "所处阶段不同"),
    "other-list": ("naming others", "列举不同"),
    "compatible-bounds": ("they fit together", "彼此相容"),
    "agreement": ("they say the same", "说法相同"),
    "name-variant": ("another name", "名称不同"),
    "presumed-same": ("taken to be the same thing", "推定为同一事物"),
    "confusable": ("easily mixed up", "容易混淆"),
}
_EXCLUDED: Final[Both] = ("Contradicted elsewhere", "他处说法与此矛盾")
_OTHERWISE: Final[Both] = ("Also told otherwise", "另有不同说法")
# Where all that is told otherwise is so in one way.
_IN_ONE_WAY: Final[dict[str, Both]] = {
    "other-description": ("Also described in another way", "另有不同描述"),
    "other-time": ("Also told of another time", "另有不同时间的说法"),
    "other-scope": ("Also told more widely or narrowly", "另有范围宽窄不同的说法"),
    "other-unit": ("Also counted otherwise", "另有不同的计数"),
    "other-status": ("Also told at another stage", "另有处于不同阶段的说法"),
    "other-list": ("Also told with other names", "另有不同的列举"),
}


def plainly(page: Speaker, nature: Named) -> str:
    """Return a nature of a comparison in plain words; one of a user's own is called by its label."""
    known = _PLAIN.get(_local(nature))
    return page.say(known) if known else name(nature)


def told_otherwise(page: Speaker, rivals: Collection[Comparison]) -> str:
    """Return in which way something is told otherwise: as a conflict only where accounts exclude each other."""
    if in_tension(rivals):
        return page.say(_EXCLUDED)
    ways = {_local(one.leading) for one in rivals if one.leading}
    only = _IN_ONE_WAY.get(next(iter(ways))) if len(ways) == 1 else None
    return page.say(only or _OTHERWISE)


def _local(nature: Named) -> str:
    return nature.iri.removeprefix(PREFIXES["bri-nature"])
