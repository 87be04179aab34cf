"""The release: a dataset as N-Quads files with an index of questions, hashed, built once and reused."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from bri_kg import __version__
from bri_kg.dataset.resources import Resources
from bri_kg.errors import BriKgError
from bri_kg.stores.cache import cache_folder, cached_store
from bri_kg.stores.disk import open_store
from bri_kg.stores.folders import beside, prune, used
from bri_kg.stores.memory import Store
from bri_kg.stores.time_limits import to_the_end

PARTS = ("asserted", "facts", "inferred")
_MANIFEST = "manifest.json"
_INDEX = "questions.json"
_NAMES = "names.json"
_KEPT = 3


@dataclass(frozen=True)
class Release:
    """A folder with one N-Quads file per part, `questions.json`, `names.json` and `manifest.json`."""

    folder: Path

    def part(self, name: str) -> Path:
        """Return the N-Quads file of a part."""
        return self.folder / f"{name}.nq"

    def quads(self, parts: Iterable[str] = PARTS) -> Iterator[ox.Quad]:
        """Yield the quads of some parts, spelt as they are in the files."""
        for name in parts:
            yield from ox.parse(path=str(self.part(name)), format=ox.RdfFormat.N_QUADS)

    def index(self) -> dict[str, Any]:
        """Return the questions by name, as `bri_kg.dataset.questions.Question` reads them."""
        loaded: dict[str, Any] = json.loads((self.folder / _INDEX).read_text(encoding="utf-8"))
        return loaded

    def name_list(self) -> dict[str, Any]:
        """Return what `bri_kg.dataset.name_list.name_list` read of the dataset."""
        loaded: dict[str, Any] = json.loads((self.folder / _NAMES).read_text(encoding="utf-8"))
        return loaded

    def store(self) -> Store:
        """Return an embedded store that holds the whole dataset."""
        store = Store()
        for name in PARTS:
            store.load(str(self.part(name)))
        return store

    def read_only(self) -> Store:
        """Return the same dataset as a store on disk from the cache, which opens faster than it loads.

        It is made there at the first call; where the cache cannot be written, it is in memory.
        """
        key = hashlib.sha256((self.folder / _MANIFEST).read_bytes() + ox.__version__.encode())
        try:
            folder = cached_store(key.hexdigest()[:32], self._fill)
            return Store(disk=open_store(folder), place=str(folder))
        except (BriKgError, OSError):
            return self.store()

    def _fill(self, store: ox.Store) -> None:
        for name in PARTS:
            store.bulk_load(path=str(self.part(name)), format=ox.RdfFormat.N_QUADS)
        store.optimize()  # one file in place of three: a third off what heavy questions take


def ready_release(resources: Resources) -> Release | None:
    """Return the release that is there already, packaged or in the cache; None where it is still to be built."""
    folder = resources.release or cache_folder() / resources.digest()[:32]
    return Release(folder) if (folder / _MANIFEST).is_file() else None


@to_the_end()
def open_release(resources: Resources) -> Release:
    """Return the packaged release, the cached one that matches the files, or a new one in the cache."""
    if resources.release is not None:
        return Release(resources.release)
    cached = cache_folder() / resources.digest()[:32]
    if _is_whole(cached):
        used(cached)
        return Release(cached)
    if sys.stderr.isatty():
        print("bri-kg: building the dataset (once for these files) …", file=sys.stderr)
    release = build_release(resources, cached)
    _prune(cached)
    return release


def build_release(resources: Resources, folder: Path) -> Release:
    """Build the release of `resources` at `folder`, beside it first and then moved into place."""
    from bri_kg.dataset.assembly import build
    from bri_kg.dataset.name_list import name_list
    from bri_kg.dataset.question_files import read_index

    dataset = build(resources)
    files = {f"{name}.nq": n_quads(getattr(dataset, name)) for name in PARTS}
    index = {name: question.to_json() for name, question in read_index(resources).items()}
    # Not sorted: the columns of a question have an order, and the files are read by name.
    files[_INDEX] = (json.dumps(index, ensure_ascii=False, indent=1) + "\n").encode()
    store = Store(quad for name in PARTS for quad in getattr(dataset, name))
    listed = json.dumps(name_list(store, resources), ensure_ascii=False, indent=1)
    files[_NAMES] = f"{listed}\n".encode()
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
    """Remove what was built here before, up to the three last used ones."""
    others = (path for path in newest.parent.iterdir() if _is_ours(path) and path != newest)
    prune(others, _KEPT - 1)


def _is_ours(path: Path) -> bool:
    return bool(re.fullmatch("[0-9a-f]{32}|[.]building-[0-9a-f]{8}", path.name))


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
    fix = "set BRI_KG_CACHE to a folder that may be written"
    with beside(folder, ".building-", "the dataset", fix) as made:
        for name, content in files.items():
            (made / name).write_bytes(content)
        if folder.exists() and not _is_whole(folder):
            shutil.rmtree(folder, ignore_errors=True)
        try:
            made.replace(folder)
        except OSError:
            # Another process has built the same release in the meantime.
            if not _is_whole(folder):
                raise
