"""Work on a corpus that is kept from run to run: outcomes by a digest of all that they were made of.

So a run that was killed goes on where it stopped, and what did not change is not done again. What a run
did not use is removed when it ends: a folder of kept work holds that of its last run.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
import zlib
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final

import bri_kg
from bri_kg.checking.checks import Check
from bri_kg.corpus.common_ground import CommonGround
from bri_kg.corpus.part_of_corpus import Part
from bri_kg.errors import InputError

MARK: Final = "bri-kg-work.json"
KINDS: Final = ("scans", "parts", "buckets")
_ENGINES: Final = ("pyoxigraph", "shacl", "pyshacl")
_RULES: Final = ("links", "facts", "notes", "closure")
_DIGEST: Final = 32


@dataclass(frozen=True)
class KeptWork:
    """A folder of kept work, or none. `base` is the digest of what all outcomes rest on, such as the ground."""

    folder: Path | None = None
    base: str = ""
    began: int = 0

    def over(self, ground: CommonGround, lang: str) -> KeptWork:
        """Return the same folder for outcomes over this ground."""
        return replace(self, base=_digest_of_ground(ground, lang)) if self.folder else self

    def done(self, kind: str, key: Iterable[bytes], work: Callable[[], Any]) -> Any:
        """Return what the work gives, which JSON can hold: as it was kept, or as it is done now and kept.

        Raise OSError that names the folder where nothing can be kept there.
        """
        if self.folder is None:
            return work()
        digest = hashlib.sha256(f"{_code()}\n{self.base}\n".encode())
        for some in key:
            digest.update(hashlib.sha256(some).digest())
        name = digest.hexdigest()
        path = self.folder / kind / name[:2] / name
        known = _read(path)
        if known is not None:
            return json.loads(known)
        made = work()
        self._keep(path, json.dumps(made).encode())
        return made

    def end(self) -> None:
        """Remove what was not used since this was opened."""
        for path in _files(self.folder):
            with suppress(OSError):  # another run removes it just now
                if path.stat().st_mtime_ns < self.began:
                    path.unlink()

    def size(self) -> int:
        """Return how many bytes are kept."""
        return sum(path.stat().st_size for path in _files(self.folder))

    def _keep(self, path: Path, content: bytes) -> None:
        written = path.with_name(f"{path.name}.{os.getpid()}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            written.write_bytes(hashlib.sha256(content).digest() + zlib.compress(content, 1))
            written.replace(path)
        except OSError as error:
            with suppress(OSError):
                written.unlink()
            raise OSError(error.errno, error.strerror, str(self.folder)) from None


def open_kept(folder: Path | None) -> KeptWork:
    """Open a folder of kept work, a new or empty one too. Raise InputError for one that holds something else."""
    if folder is None:
        return KeptWork()
    place = folder.resolve()
    try:
        place.mkdir(parents=True, exist_ok=True)
        if not (place / MARK).is_file() and any(place.iterdir()):
            raise InputError(
                code="BRI520",
                message=f"{str(folder)!r} holds something else than work on a corpus",
                why=f"there is no {MARK} in it",
                fix="name a new or empty folder for --work",
            )
        (place / MARK).write_text('{"name": "bri-kg"}\n', encoding="utf-8", newline="")
        # The clock of the folder's own system: files are compared with it.
        return KeptWork(place, began=(place / MARK).stat().st_mtime_ns)
    except OSError as error:
        raise not_kept(folder, error) from None


def not_kept(folder: Path, error: OSError) -> InputError:
    """Return the error for a folder in which work cannot be kept."""
    return InputError(
        code="BRI521",
        message=f"work on a corpus cannot be kept in {str(folder)!r}",
        why=error.strerror or str(error),
        fix="check the folder and the room on its disk, and run again: it goes on from what was kept",
    )


def key_of(part: Part) -> list[bytes]:
    """Return what an outcome of a part rests on, whatever the order of its lines."""
    return [
        *(b"".join(sorted(lines.splitlines(keepends=True))) for lines in (part.told, part.beside)),
        *(" ".join(sorted(names)).encode() for names in (part.sources, part.split, part.named)),
    ]


def digest_of(path: Path) -> bytes:
    """Return the digest of a file; of one that cannot be read, none."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").digest()
    except OSError:  # whoever reads it says so
        return b""


def _read(path: Path) -> bytes | None:
    """Return what is kept, and note that it is used; nothing where it is not there, or damaged."""
    try:
        kept = path.read_bytes()
        os.utime(path, ns=(now := time.time_ns(), now))
        content = zlib.decompress(kept[_DIGEST:])
    except (OSError, zlib.error):
        return None
    return content if hashlib.sha256(content).digest() == kept[:_DIGEST] else None


def _files(folder: Path | None) -> list[Path]:
    if folder is None:
        return []
    return [path for kind in KINDS for path in (folder / kind).rglob("*") if path.is_file()]


@cache
def _code() -> str:
    """Return a digest of the code of this package, with the versions of the engines."""
    digest = hashlib.sha256()
    folder = Path(bri_kg.__file__).parent
    for path in sorted(folder.rglob("*.py")):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    for name in _ENGINES:
        with suppress(PackageNotFoundError):
            digest.update(f"{name} {version(name)}\n".encode())
    return digest.hexdigest()


def _digest_of_ground(ground: CommonGround, lang: str) -> str:
    # Findings shorten names by the prefixes of the collections at hand, whatever else this process has opened.
    collections = [
        (c.prefix, c.namespace) for layer in ground.resources.over if (c := layer.collection)
    ]
    digest = hashlib.sha256(f"{lang} {collections}\n".encode())
    digest.update("\n".join(sorted(map(str, ground.quads))).encode() + b"\0")
    for path in ground.resources.shape_files():  # as files: blank nodes have other labels each time
        digest.update(f"{path.name}\0".encode() + path.read_bytes())
    for checks in (ground.checks, ground.checks_of_facts, ground.candidates):
        digest.update("\0".join(map(_said_by, checks)).encode() + b"\0")
    for room in _RULES:
        for path in ground.resources.query_files(room):
            digest.update(f"{room}/{path.name}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def _said_by(check: Check) -> str:
    said = (getattr(check, field.name) for field in fields(check) if field.name != "file")
    return repr((check.name, *said))
