"""Claims and rows of data that do not change, as they were read: what many pages tell of is read once."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable, Mapping
from typing import Any, Final, TypeVar

from bri_kg.answers.model import Claim
from bri_kg.rdf.rows import Rows

_MOST: Final = 6000
_MOST_ROWS: Final = 20_000
_Read = Callable[[Collection[str]], Mapping[str, Claim]]
_Made = TypeVar("_Made")


class KeptClaims:
    """The claims that were read last, so many at most, without words of texts; rows of queries; what is made once."""

    def __init__(self, most: int = _MOST, most_rows: int = _MOST_ROWS) -> None:
        self._most = most
        self._kept: dict[tuple[str, str], Claim | None] = {}
        self._most_rows = most_rows
        self._held = 0
        self._rows: OrderedDict[Hashable, Rows] = OrderedDict()
        self._once: dict[str, Any] = {}

    def claims(self, lang: str, wanted: Collection[str], read: _Read) -> dict[str, Claim]:
        """Return those of the wanted that are claims, in their order; what is not known yet is read."""
        found = {iri: self._kept[lang, iri] for iri in wanted if (lang, iri) in self._kept}
        new = [iri for iri in wanted if iri not in found]
        if new:
            got = read(new)
            found |= {iri: got.get(iri) for iri in new}
            self._keep(lang, {iri: found[iri] for iri in new})
        return {iri: claim for iri in wanted if (claim := found[iri]) is not None}

    def rows(self, key: Hashable, read: Callable[[], Rows]) -> Rows:
        """Return the rows of a query with its values, the key: read where they are not kept."""
        found = self._rows.get(key)
        if found is not None:
            self._rows.move_to_end(key)
            return found
        found = read()
        if (size := _size(found)) <= self._most_rows:
            self._rows[key] = found
            self._held += size
        while self._held > self._most_rows:
            _, gone = self._rows.popitem(last=False)
            self._held -= _size(gone)
        return found

    def once(self, name: str, made: Callable[[], _Made]) -> _Made:
        """Return what has this name: made when it is first asked for, and small enough to be kept."""
        if name not in self._once:
            self._once[name] = made()
        found: _Made = self._once[name]
        return found

    def _keep(self, lang: str, new: Mapping[str, Claim | None]) -> None:
        if len(self._kept) + len(new) > self._most:
            self._kept.clear()
        if len(new) <= self._most:
            self._kept.update({(lang, iri): claim for iri, claim in new.items()})


def _size(rows: Rows) -> int:
    """Return what rows count for; none are an answer too."""
    return len(rows.rows) + 1
