"""What the editors let stand: findings of checks that leave room, accepted for a stated reason."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from bri_kg.findings import Finding
from bri_kg.names import PREFIXES
from bri_kg.stores.selecting import Selecting

_CHECK = PREFIXES["bri-check"]
_GIVEN = """SELECT DISTINCT ?node ?check WHERE { ?node bri:acceptedDespite ?check .
  FILTER (isIRI(?node) && isIRI(?check)) }"""
_UNNEEDED = {
    "en": (
        "Nothing is found any more that this was accepted despite.",
        "Remove the bri:acceptedDespite, and the bri:reason where it has no other use.",
    ),
    "zh": (
        "所述检查已无提示，无须再注明仍予采纳。",
        "删去 bri:acceptedDespite；bri:reason 别无他用时一并删去。",
    ),
}


class Waivers:
    """What is accepted despite which check, and which of it was needed so far."""

    def __init__(self, store: Selecting) -> None:
        self._given = {
            (str(row.value("node")), str(row.value("check")).removeprefix(_CHECK))
            for row in store.select(_GIVEN)
        }
        self._needed: set[tuple[str, str]] = set()

    def covers(self, code: str, *sides: str | None) -> bool:
        """Return whether a finding of this check about these nodes is accepted, by either of a pair."""
        accepted = {(str(side), code) for side in sides} & self._given
        self._needed |= accepted
        return bool(accepted)

    def sift(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """Yield the findings that nobody accepted."""
        return (f for f in findings if not self.covers(f.code, f.focus, f.value))

    def unneeded(self, stage: str, codes: Collection[str], lang: str) -> Iterator[Finding]:
        """Yield a warning for each that was given for one of these checks, which ran, and not needed."""
        message, fix = _UNNEEDED["zh" if lang == "zh" else "en"]
        for focus, code in sorted(self._given - self._needed):
            if code in codes:
                yield Finding(
                    stage=stage,
                    code="accepted-without-need",
                    severity="warning",
                    message=message,
                    fix=fix,
                    focus=focus,
                    value=_CHECK + code,
                )
