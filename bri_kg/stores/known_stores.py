"""What is known of stores at an address: what to set there, and which stored questions they answer otherwise."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final

_FILE: Final = Path(__file__).with_name("known_stores.toml")
_PAGE: Final = "docs/stores.md"


@dataclass(frozen=True)
class Departure:
    """Questions that a store answers otherwise than SPARQL 1.1 has it, why, and a way round.

    `difference` is `rows`, `order` or `types`; where it is `mended`, bri-kg reads the answers rightly.
    """

    questions: tuple[str, ...]
    difference: str
    why: str
    way_round: str
    mended: bool = False


@dataclass(frozen=True)
class KnownStore:
    """A kind of store: its name, the version that was measured, what to set there, and its departures.

    `forms` are the forms that were measured, by the names of their certificates.
    `own_graphs` are graphs that it fills itself, and shows in its default graph, which is the union of all.
    """

    name: str
    version: str
    to_set: tuple[str, ...]
    forms: tuple[tuple[str, str], ...] = field(default=())
    own_graphs: tuple[str, ...] = field(default=())
    departures: tuple[Departure, ...] = field(default=())

    @property
    def met(self) -> dict[str, Departure]:
        """The departures that bri-kg meets, by question."""
        return {
            name: each for each in self.departures if not each.mended for name in each.questions
        }


@cache
def known_stores() -> dict[str, KnownStore]:
    """Return what is known, by the kinds of `bri_kg.stores.addresses.KINDS`."""
    told = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return {kind: _known(each) for kind, each in told.items()}


def _known(told: dict[str, Any]) -> KnownStore:
    departures = (
        Departure(**{**each, "questions": tuple(each["questions"])})
        for each in told.get("departure", ())
    )
    return KnownStore(
        name=told["name"],
        version=told["version"],
        to_set=tuple(told["set"]),
        forms=tuple(told["forms"].items()),
        own_graphs=tuple(told.get("own_graphs", ())),
        departures=tuple(departures),
    )


def warning(kind: str, question: str | None = None) -> str | None:
    """Return what whoever asks a store of this kind must know: of the question, else of any; None for nothing."""
    known = known_stores().get(kind)
    if known is None or not known.met:
        return None
    departure = known.met.get(question or "")
    if departure is None:
        return (
            f"{known.name} answers {len(known.met)} stored questions otherwise; {_PAGE} names them"
        )
    return f"{known.name} answers {question} otherwise: {departure.why}; {departure.way_round}"
