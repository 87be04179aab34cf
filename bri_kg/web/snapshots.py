"""What is served: a folder with a store that nobody else changes, moves or removes, and the digest of its release.

A store that lies in the cache, or that the user made, may be replaced while it is served. Its files are
linked into a folder of the server's own, or copied where that cannot be, so that workers open the same store
as long as its release is served.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from bri_kg.answers.kept_claims import KeptClaims
from bri_kg.dataset.release import Release, open_release
from bri_kg.dataset.resources import find
from bri_kg.errors import UsageError
from bri_kg.knowledge import KnowledgeGraph
from bri_kg.rdf.reading import Reading
from bri_kg.stores.addresses import is_address
from bri_kg.stores.cache import cache_folder
from bri_kg.stores.disk import make, open_store
from bri_kg.stores.folders import stamp
from bri_kg.stores.loading import open_place
from bri_kg.stores.memory import Store
from bri_kg.web.own_documents import INDEX

_STORE: Final = "store"
_SERVING: Final = "serving"
_MOST_HELD: Final = 100_000  # quads: 40 MB
_UNCHANGED: Final = (
    ".sst"  # files that the engine writes once, and links itself when it copies a store
)


@dataclass(frozen=True)
class Place:
    """What the command line names: `--graph`, `--store`, and how a file is read."""

    graph: list[str] | None = None
    alone: bool = False
    store: str | None = None
    base: str | None = None
    input_format: str | None = None

    def seen(self) -> object:
        """Return what tells the store of the user's from any later one; None for the graph itself."""
        if self.store is None:
            return None
        path = Path(self.store)
        mark = path / "bri-kg.json" if path.is_dir() else path
        with suppress(OSError):
            return stamp(mark if mark.exists() else path)
        return None


@dataclass(frozen=True)
class Snapshot:
    """A folder with `store`, and the digest of what is in it."""

    folder: Path
    release: str

    @property
    def store(self) -> Path:
        """The store, as `bri_kg.stores.disk.open_store` opens it."""
        return self.folder / _STORE

    def open(self, place: Place) -> KnowledgeGraph:
        """Return the graph for faces of this process, read from this snapshot."""
        resources = find(place.graph, alone=place.alone)
        release = None if place.store else open_release(resources)
        graph = KnowledgeGraph(resources, self._opened(), release)
        graph.kept = KeptClaims()
        return graph

    def _opened(self) -> Store:
        """Return the store; a small one is held in memory, where it answers in a third of the time."""
        disk = open_store(self.store)
        is_small = next(islice(disk, _MOST_HELD, None), None) is None
        return Store(disk) if is_small else Store(disk=disk, place=str(self.store))

    def remove(self) -> None:
        """Remove the folder."""
        shutil.rmtree(self.folder, ignore_errors=True)


def take(place: Place, owner: int | None = None) -> Snapshot:
    """Return a snapshot of what is there now, for the process `owner`, else for this one.

    Raises UsageError for a store at an address, and what `bri_kg.knowledge.open_graph` raises.
    """
    if place.store is not None and is_address(place.store):
        raise UsageError(
            "BRI821",
            "serve reads a folder or a file, and no store at an address",
            why="that store answers queries by itself, and under its own limits",
            fix="name a folder made by `bri-kg load`, or an RDF file",
        )
    resources = find(place.graph, alone=place.alone)
    if place.store is None:
        release = open_release(resources)
        digest = hashlib.sha256((release.folder / "manifest.json").read_bytes()).hexdigest()
        return _taken(release.read_only(), release, digest, owner)
    store = open_place(place.store, reading=Reading(place.base, place.input_format))
    return _taken(store, open_release(resources), _digest(place.store), owner)


def main() -> int:
    """Write the snapshot of a place as JSON; the arguments are the place, as JSON too, and the owner."""
    snapshot = take(Place(**json.loads(sys.argv[1])), int(sys.argv[2]))
    sys.stdout.write(json.dumps({"folder": str(snapshot.folder), "release": snapshot.release}))
    return 0


def _taken(store: Store, questions: Release, digest: str, owner: int | None) -> Snapshot:
    folder = _new_folder(owner or os.getpid())
    into = folder / _STORE
    if store.place is None:
        make(into, lambda disk: disk.bulk_extend(store.oxigraph))
    else:
        _link(Path(store.place), into)
    shutil.copyfile(questions.folder / INDEX, folder / INDEX)
    return Snapshot(folder, digest)


def _new_folder(owner: int) -> Path:
    """Return a new folder: in the cache, where files can be linked, else among temporary files."""
    name = f"{owner}-"
    with suppress(OSError):
        parent = cache_folder() / _SERVING
        parent.mkdir(parents=True, exist_ok=True)
        _remove_left(parent)
        return Path(tempfile.mkdtemp(prefix=name, dir=parent))
    return Path(tempfile.mkdtemp(prefix=f"bri-kg-serve-{name}"))


def _remove_left(parent: Path) -> None:
    """Remove the folders of servers that were killed."""
    for folder in parent.iterdir():
        number = folder.name.partition("-")[0]
        if os.name == "posix" and number.isdigit() and not _runs(int(number)):
            shutil.rmtree(folder, ignore_errors=True)


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _link(store: Path, into: Path) -> None:
    into.mkdir()
    for file in sorted(store.iterdir()):
        if file.suffix == _UNCHANGED:
            with suppress(OSError):
                os.link(file, into / file.name)
                continue
        if file.name != "LOCK":
            shutil.copyfile(file, into / file.name)


def _digest(place: str) -> str:
    """Return what tells a store from any other: the digest of a file, or of the names and stamps of a folder."""
    path = Path(place)
    if path.is_file():
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    stamps = [(file.name, *stamp(file)[:2]) for file in sorted(path.iterdir())]
    return hashlib.sha256(repr(stamps).encode()).hexdigest()
