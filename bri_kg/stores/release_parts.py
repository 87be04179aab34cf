"""The N-Quads of a release in a folder, as its manifest lists them: each file is held to its digest."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from bri_kg.errors import InputError

_MANIFEST: Final = "manifest.json"
_ENDINGS: Final = (".nq", ".nq.gz")
# A release that was not made in parts has this file, which holds what the others hold.
_WHOLE: Final = "all.nq"


@dataclass(frozen=True)
class ReleasePart:
    """One file of a release: its name in the manifest, where it lies, and its SHA-256."""

    name: str
    path: Path
    sha256: str

    def refuse_changed(self) -> None:
        """Raise InputError where the file is missing or is not the one of which the manifest tells."""
        try:
            with self.path.open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            raise _not_whole(self.path.parent, f"{self.name}: {error.strerror or error}") from None
        if found != self.sha256:
            raise _not_whole(self.path.parent, f"{self.name} has another digest than its manifest")

    def lines(self) -> Iterator[bytes]:
        """Yield the lines; those of a packed file are unpacked."""
        with gzip.open(self.path) if self.name.endswith(".gz") else self.path.open("rb") as file:
            yield from file


@dataclass(frozen=True)
class ReleaseFolder:
    """The parts of a release, and the SHA-256 of its manifest, by which it is known."""

    folder: Path
    parts: tuple[ReleasePart, ...]
    sha256: str


def read_release(folder: Path) -> ReleaseFolder:
    """Return what the manifest in a folder lists. Raise InputError where none is there that can be read."""
    try:
        content = (folder / _MANIFEST).read_bytes()
        listed = {str(file["name"]): str(file["sha256"]) for file in _files(json.loads(content))}
    except (OSError, ValueError, KeyError, TypeError):
        raise InputError(
            code="BRI764",
            message=f"{str(folder)!r} is a folder without the manifest of a release",
            fix="name a folder that `bri-kg build release` has written, or RDF files",
        ) from None
    names = [_WHOLE] if _WHOLE in listed else [n for n in listed if n.endswith(_ENDINGS)]
    parts = tuple(ReleasePart(name, folder / name, listed[name]) for name in sorted(names))
    return ReleaseFolder(folder, parts, hashlib.sha256(content).hexdigest())


def _files(manifest: Any) -> list[Any]:
    if manifest["name"] != "bri-kg":
        raise ValueError(manifest["name"])
    files: list[Any] = manifest["files"]
    return files


def _not_whole(folder: Path, why: str) -> InputError:
    return InputError(
        code="BRI765",
        message=f"the release in {str(folder)!r} is not whole",
        why=why,
        fix="copy or build it again",
    )
