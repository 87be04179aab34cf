"""Claims of data that do not change, as they were read: what many pages tell of is read once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Final

from bri_kg.answers.model import Claim

_MOST: Final = 6000
_Read = Callable[[Collection[str]], Mapping[str, Claim]]


class KeptClaims:
    """The claims that were read last, so many at most, without words of texts."""

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._kept: dict[tuple[str, str], Claim | None] = {}

    def claims(self, lang: str, wanted: Collection[str], read: _Read) -> dict[str, Claim]:
        """Return those of the wanted that are claims, in their order; what is not known yet is read."""
        found = {iri: self._kept[lang, iri] for iri in wanted if (lang, iri) in self._kept}
        new = [iri for iri in wanted if iri not in found]
        if new:
            got = read(new)
            found |= {iri: got.get(iri) for iri in new}
            self._keep(lang, {iri: found[iri] for iri in new})
        return {iri: claim for iri in wanted if (claim := found[iri]) is not None}

    def _keep(self, lang: str, new: Mapping[str, Claim | None]) -> None:
        if len(self._kept) + len(new) > self._most:
            self._kept.clear()
        if len(new) <= self._most:
            self._kept.update({(lang, iri): claim for iri, claim in new.items()})
