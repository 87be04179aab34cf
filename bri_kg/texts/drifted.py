"""A source whose text is no longer the one that was described, with what became of each of its passages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bri_kg.errors import InputError
from bri_kg.plain import Plain
from bri_kg.stores.memory import Store
from bri_kg.texts.drift import Drift, Fate, Span, drift, placed
from bri_kg.texts.evidence import sealed_spans
from bri_kg.texts.originals import SourceFile, read_source, sha256
from bri_kg.texts.sources import text_at, text_of


@dataclass(frozen=True)
class Drifted(Plain):
    """What became of the passages of a source in a new text; `before` is the old text where it is at hand."""

    source: SourceFile
    text: str
    before: str | None
    passages: tuple[Drift, ...]

    @property
    def placed(self) -> dict[Span, Span]:
        """The new span of each passage that can be anchored anew."""
        return placed(self.passages)

    @property
    def blocked(self) -> tuple[Drift, ...]:
        """The passages whose words are unchanged, and whose place is that of one that nobody looked at yet."""
        free = self.placed
        return tuple(one for one in self.passages if one.is_anchored and one.before not in free)

    def of(self, fate: Fate) -> tuple[Drift, ...]:
        """Return the passages of one fate, in their order."""
        return tuple(one for one in self.passages if one.fate is fate)

    def words(self, span: Span) -> str:
        """Return words of the new text on one line."""
        return " ".join(self.text[slice(*span)].split())


def drifted(
    store: Store,
    source: SourceFile,
    folder: Path,
    *,
    anew: str | None = None,
    before: Path | None = None,
) -> Drifted | None:
    """Return what became of the passages of a source; None where its text is the one that was described.

    `anew` is its text extracted anew, else the one in the folder of texts is. Raise InputError where
    there is no text, or where `before` holds another one than was described.
    """
    there = read_source(folder, source)
    text = anew if anew is not None else there
    if text is None:
        text = text_of(source, folder)
    if sha256(text) == source.sha256:
        return None
    old = there if anew is not None and there and sha256(there) == source.sha256 else None
    if before is not None:
        old = text_at(before)
        if sha256(old) != source.sha256:
            raise InputError(
                "BRI989",
                f"this is not the text that the graph describes as {source.slug!r}",
                file=str(before),
                fix="give --before the text as it was, or leave it out",
            )
    found = drift(text, sealed_spans(store, source.slug), old)
    return Drifted(source, text, old, found)


def in_order(found: Drifted) -> Iterator[Drift]:
    """Yield the passages that an editor has to look at, then those that moved."""
    for fate in (Fate.CHANGED, Fate.VANISHED, Fate.AMBIGUOUS, Fate.UNSEALED, Fate.MOVED):
        yield from found.of(fate)
