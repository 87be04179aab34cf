"""The texts of sources on the reader's own disk: finding words in them and digesting spans.

Offsets count code points of the untouched UTF-8 text, without newline translation; the end
is exclusive (RFC 5147). No text is ever stored.
"""

from __future__ import annotations

import hashlib
import os
import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from bri_kg.errors import InputError, UsageError

LONGEST_PASSAGE = 300
"""Characters that a passage may have: beyond, a reader has to search in it for what is meant."""

# Letters that printers vary and readers type plainly; each stands for one character.
_FOLDED = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-"})
# What stands for the words between the first and the last of a passage.
_DOTS = re.compile(r"\s+(?:\.\.\.|…)\s+")


@dataclass(frozen=True)
class SourceFile:
    """What the graph says of a source: its slug, the name of its file, length and digest."""

    slug: str
    file_name: str
    characters: int
    sha256: str


def sha256(text: str) -> str:
    """Return the SHA-256 digest of the UTF-8 bytes of `text` as 64 lowercase hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def sources_folder(named: str | None) -> Path:
    """Return the folder of texts: `named`, else `BRI_KG_SOURCES`. Raises UsageError when there is none."""
    folder = named or os.environ.get("BRI_KG_SOURCES")
    if not folder:
        raise UsageError(
            code="BRI230",
            message="the texts of the sources are needed",
            why="the graph holds no text, only where it stands and its digest",
            fix="give --sources DIR or set BRI_KG_SOURCES to a folder that holds them",
        )
    path = Path(folder)
    if not path.is_dir():
        raise UsageError(
            code="BRI231",
            message=f"{folder!r} is not a folder"
            if path.exists()
            else f"there is no folder {folder!r}",
            fix="give --sources the folder that holds the texts",
        )
    return path


def texts_at_hand(named: str | os.PathLike[str] | None) -> Path | None:
    """Return the folder of texts where one is named, here or by `BRI_KG_SOURCES`; else None."""
    folder = named or os.environ.get("BRI_KG_SOURCES")
    return sources_folder(os.fspath(folder)) if folder else None


def read_source(folder: Path, source: SourceFile) -> str | None:
    """Return the text of a source, or None when its file is missing. Raises InputError when it is no text."""
    path = folder / source.file_name
    if not path.is_file():
        return None
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError(
            code="BRI213",
            file=str(path),
            message=f"byte {error.start} is not UTF-8 text",
            fix="restore the file as it was when the source was described",
        ) from None
    except OSError as error:
        raise InputError(
            code="BRI212", message=f"{str(path)!r} cannot be read", why=error.strerror
        ) from None


def described_text(folder: Path, source: SourceFile) -> str | None:
    """Return the text of a source, or None when its file is missing.

    Raises InputError when it is another text than the graph describes: offsets in it mean nothing.
    """
    text = read_source(folder, source)
    if text is not None and sha256(text) != source.sha256:
        raise InputError(
            code="BRI234",
            file=str(folder / source.file_name),
            message=f"this is not the text that the graph describes as {source.slug!r}",
            why=f"its digest differs; it has {len(text)} characters where {source.characters} are described",
            fix="restore the file, or describe and read the new text as a source of its own",
        )
    return text


def find_words(text: str, words: str) -> list[tuple[int, int]]:
    """Return begin and end of each place where `words` stand in `text`; places may overlap.

    White space of any kind and length matches white space (no-break spaces included), and
    plain quotation marks and hyphens match typographic ones; case and all else must agree.
    """
    pieces = words.translate(_FOLDED).split()
    if not pieces:
        return []
    pattern = re.compile(r"\s+".join(map(re.escape, pieces)))
    folded, found = _folded(text), []
    begin = folded.find(pieces[0])
    while begin >= 0:
        if match := pattern.match(folded, begin):
            found.append(match.span())
        begin = folded.find(pieces[0], begin + 1)
    return found


@lru_cache(maxsize=1)
def _folded(text: str) -> str:
    """Return a text with its letters folded; a draft looks for many words in one text."""
    return text.translate(_FOLDED)


def find_span(text: str, words: str) -> list[tuple[int, int]]:
    """Return each place where `words` stand, written out or as `first words ... last words`.

    The last words meant are those that follow the first ones most closely.
    """
    whole = find_words(text, words)
    parts = _DOTS.split(words, maxsplit=1)
    if whole or len(parts) == 1:
        return whole
    lasts = find_words(text, parts[1])
    spans = []
    for begin, end_of_first in find_words(text, parts[0]):
        nearest = bisect_left(lasts, (end_of_first, 0))
        spans += [(begin, end) for _, end in lasts[nearest : nearest + 1]]
    return spans
