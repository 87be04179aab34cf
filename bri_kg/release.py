"""The release: a dataset as N-Quads files with an index of questions, hashed, built once and reused."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from bri_kg import __version__
from bri_kg.errors import InputError
from bri_kg.resources import Resources, cache_folder
from bri_kg.store import Store

PARTS = ("asserted", "facts", "inferred")
_MANIFEST = "manifest.json"
_INDEX = "questions.json"
_KEPT = 3
_IN_USE = 3600


@dataclass(frozen=True)
class Release:
    """A folder with one N-Quads file per part, `questions.json` and `manifest.json`."""

    folder: Path

    def part(self, name: str) -> Path:
        """Return the N-Quads file of a part."""
        return self.folder / f"{name}.nq"

    def index(self) -> dict[str, Any]:
        """Return the questions by name, as `bri_kg.questions.Question` reads them."""
        loaded: dict[str, Any] = json.loads((self.folder / _INDEX).read_text(encoding="utf-8"))
        return loaded

    def store(self) -> Store:
        """Return an embedded store that holds the whole dataset."""
        store = Store()
        for name in PARTS:
            store.load(str(self.part(name)))
        return store


def open_release(resources: Resources) -> Release:
    """Return the packaged release, the cached one that matches the files, or a new one in the cache."""
    if resources.release is not None:
        return Release(resources.release)
    cached = cache_folder() / resources.digest()[:32]
    if _is_whole(cached):
        with suppress(OSError):  # the cache may be read-only
            os.utime(cached)
        return Release(cached)
    if sys.stderr.isatty():
        print("bri-kg: building the dataset (once for these files) …", file=sys.stderr)
    release = build_release(resources, cached)
    _prune(cached)
    return release


def build_release(resources: Resources, folder: Path) -> Release:
    """Build the release of `resources` at `folder`, beside it first and then moved into place."""
    from bri_kg.dataset import build
    from bri_kg.questions import read_index

    dataset = build(resources)
    files = {f"{name}.nq": n_quads(getattr(dataset, name)) for name in PARTS}
    index = {name: question.to_json() for name, question in read_index(resources).items()}
    # Not sorted: the columns of a question have an order, and the files are read by name.
    files[_INDEX] = (json.dumps(index, ensure_ascii=False, indent=1) + "\n").encode()
    manifest = {
        "version": __version__,
        "quads": {name: len(getattr(dataset, name)) for name in PARTS},
        "sha256": {
            name: hashlib.sha256(content).hexdigest() for name, content in sorted(files.items())
        },
    }
    files[_MANIFEST] = (json.dumps(manifest, indent=1) + "\n").encode()
    _write(folder, files)
    return Release(folder)


def n_quads(quads: Iterable[ox.Quad]) -> bytes:
    """Return the quads as sorted N-Quads, the same bytes for the same quads."""
    return "".join(sorted(f"{quad} .\n" for quad in quads)).encode()


def _prune(newest: Path) -> None:
    """Remove releases from the cache beyond the three last used; one used within the hour may be open."""
    found: list[tuple[float, Path]] = []
    for folder in newest.parent.iterdir():
        if folder != newest and re.fullmatch("[0-9a-f]{32}", folder.name):
            with suppress(OSError):  # another process removes it just now
                found.append((folder.stat().st_mtime, folder))
    for used, folder in sorted(found, reverse=True)[_KEPT - 1 :]:
        if used < time.time() - _IN_USE:
            shutil.rmtree(folder, ignore_errors=True)


def _is_whole(folder: Path) -> bool:
    try:
        manifest = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
        return all(
            hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
            for name, digest in manifest["sha256"].items()
        )
    except (OSError, ValueError, KeyError, AttributeError):
        return False


def _write(folder: Path, files: dict[str, bytes]) -> None:
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=".building-", dir=folder.parent))
    except OSError as error:
        raise InputError(
            code="BRI221",
            message=f"the dataset cannot be kept in {str(folder.parent)!r}",
            why=error.strerror,
            fix="set BRI_KG_CACHE to a folder that may be written",
        ) from None
    try:
        for name, content in files.items():
            (beside / name).write_bytes(content)
        if folder.exists():
            shutil.rmtree(folder, ignore_errors=True)
        try:
            os.replace(beside, folder)
        except OSError:
            # Another process has built the same release in the meantime.
            if not _is_whole(folder):
                raise
    finally:
        shutil.rmtree(beside, ignore_errors=True)
