"""Everything that verifying tells at once: each source, each passage, and what claims say beyond their words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from bri_kg.dataset.waivers import Waivers
from bri_kg.names import slug_of, split_passage
from bri_kg.plain import Plain
from bri_kg.stores.memory import Store
from bri_kg.texts import evidence
from bri_kg.texts.evidence import PassageState
from bri_kg.texts.mismatches import Mismatch, mismatches
from bri_kg.texts.source_files import source_files
from bri_kg.texts.sources import named_source

SourceNames = str | Collection[str] | None
_CITES = """SELECT DISTINCT ?claim ?passage WHERE {
  { ?claim bri:evidence ?passage } UNION { ?claim bri:hasContext ?passage } }"""


@dataclass(frozen=True)
class Verification(Plain):
    """The states of whole sources and of passages, and the mismatches of claims with their words."""

    also_plain: ClassVar[tuple[str, ...]] = ("counts", "is_verified")

    sources: tuple[PassageState, ...]
    passages: tuple[PassageState, ...]
    mismatches: tuple[Mismatch, ...]

    @property
    def states(self) -> tuple[PassageState, ...]:
        """The sources, then the passages."""
        return (*self.sources, *self.passages)

    @property
    def counts(self) -> dict[str, int]:
        """How many sources and passages are in each state, by the name of the state."""
        return dict(sorted(Counter(state.state for state in self.states).items()))

    @property
    def is_verified(self) -> bool:
        """Whether every digest holds, and no claim states what its passages do not bear out."""
        wrong = any(mismatch.severity == "error" for mismatch in self.mismatches)
        return not wrong and not set(self.counts) - {"verified"}


def verification(store: Store, folder: Path, source: SourceNames = None) -> Verification:
    """Return what holds of all passages, or of those of some sources, against the texts in `folder`.

    `source` is a slug, an IRI or a file name, or several; a mismatch then counts where its claim cites
    such a source. Raises UsageError for an unknown source, InputError for a text that cannot be read.
    """
    files = source_files(store)
    names = [source] if isinstance(source, str) else source or ()
    slugs = {named_source(files, name).slug for name in names}
    states = [s for s in evidence.verify(store, folder) if not slugs or _slug(s.passage) in slugs]
    waivers = Waivers(store)
    differing = tuple(
        m for m in mismatches(store, folder) if not waivers.covers(m.code, m.claim, m.value)
    )
    if slugs:
        citing = {
            str(row.value("claim"))
            for row in store.select(_CITES)
            if _slug(str(row.value("passage"))) in slugs
        }
        differing = tuple(m for m in differing if m.claim in citing)
    return Verification(
        sources=tuple(s for s in states if "#" not in s.passage),
        passages=tuple(s for s in states if "#" in s.passage),
        mismatches=differing,
    )


def _slug(iri: str) -> str:
    """Return the slug of a passage or of a source."""
    parts = split_passage(iri)
    return parts[0] if parts else slug_of(iri)
