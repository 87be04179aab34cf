"""RDF files into stores: streamed into one on disk, or opened by their path whatever their size."""

from __future__ import annotations

import hashlib
import json
import os
import time
from contextlib import suppress
from pathlib import Path

import pyoxigraph as ox

from bri_kg.errors import InputError, UsageError
from bri_kg.rdf.bounds import MB
from bri_kg.rdf.input_streams import RdfInput, rdf_input
from bri_kg.rdf.labels import StableLabels
from bri_kg.rdf.parsing import parse_labelled
from bri_kg.rdf.reading import AS_IT_IS, Reading
from bri_kg.rdf.text_files import write_file
from bri_kg.stores.addresses import Given, is_address
from bri_kg.stores.bulk_loading import bulk_load
from bri_kg.stores.cache import STORES, cache_folder, cached_store
from bri_kg.stores.disk import open_store
from bri_kg.stores.folders import Stamp, stamp
from bri_kg.stores.memory import Store
from bri_kg.stores.selecting import Guarded

# Up to this size a file is parsed anew for every command: in a fifth of a second, measured. From 2 MB
# on the cached store opens faster, but is made first.
_IN_MEMORY_MB = 8.0
_SETTING = "BRI_KG_MEMORY_MB"
_GZIP = 10  # what RDF shrinks to, about
# A file that changes twice within the clock's grain keeps its stamp; git calls it racily clean.
_GRAIN = 2_000_000_000


def open_any(
    place: str, *, reading: Reading = AS_IT_IS, show: bool = False, given: Given | None = None
) -> Guarded:
    """Open a store at an address, of which `given` says more, or else what `open_place` opens."""
    if not is_address(place):
        return open_place(place, reading=reading, show=show)
    from bri_kg.stores.remote import RemoteStore  # httpx is an extra

    return RemoteStore(place, given)


def open_place(place: str, *, reading: Reading = AS_IT_IS, show: bool = False) -> Store:
    """Open a store on disk, or an RDF file: a small one in memory, a big one through the cache.

    `-` is RDF from standard input. Raises UsageError for what is neither, and InputError for what cannot be read.
    """
    path = Path(place)
    if place != "-" and (not path.exists() or path.is_dir()):
        return Store(disk=open_store(path), place=place)
    source = rdf_input(place, reading)
    if not fits_memory(source):
        folder = file_store(source, show=show)
        return Store(disk=open_store(folder), place=str(folder))
    return Store(parse_labelled(source, StableLabels()))


def fits_memory(source: RdfInput) -> bool:
    """Return whether an input is small enough to be parsed for every command; see `BRI_KG_MEMORY_MB`."""
    size = (source.size or 0) / MB * (_GZIP if source.is_gzip else 1)
    return size <= _in_memory_mb()


def _in_memory_mb() -> float:
    text = os.environ.get(_SETTING, "")
    try:
        return float(text) if text.strip() else _IN_MEMORY_MB
    except ValueError:
        raise UsageError(
            code="BRI267",
            message=f"{_SETTING}={text!r} is no number of megabytes",
            fix=f"write {_SETTING}={_IN_MEMORY_MB:g}, or leave it unset",
        ) from None


def file_store(source: RdfInput, *, show: bool = False) -> Path:
    """Return the cached store of an RDF file, made anew when the file's content is another one.

    Raises InputError for a file that cannot be parsed, or that changes while it is read.
    """
    path = Path(source.name)
    before = stamp(path)
    digest = _digest(path, before)
    ending = "".join(path.suffixes[-2:])  # it may tell the syntax
    told = f"{digest} {ending} {source.reading} {ox.__version__}"

    def fill(store: ox.Store) -> None:
        bulk_load(store, source, show=show)
        if stamp(path) != before:
            raise InputError(
                code="BRI268",
                message=f"{source.name!r} changed while it was read",
                fix="wait until it is written, and run the command again",
            )

    return cached_store(hashlib.sha256(told.encode()).hexdigest()[:32], fill)


def _digest(path: Path, seen: Stamp) -> str:
    """Return the SHA-256 of a file; not read again while its stamp is one that was noted before."""
    name = hashlib.sha256(os.fsencode(path.resolve())).hexdigest()[:32]
    note = cache_folder() / STORES / f"{name}.json"
    # Windows keeps no time of change, so that nothing would tell a file that was set back.
    trusted = os.name == "posix"
    with suppress(OSError, ValueError, KeyError, TypeError):
        noted = json.loads(note.read_text(encoding="utf-8"))
        if trusted and noted["stamp"] == list(seen):
            return str(noted["sha256"])
    now = time.time_ns()
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    if trusted and max(seen[1:3]) < now - _GRAIN and stamp(path) == seen:
        with suppress(OSError, InputError):
            note.parent.mkdir(parents=True, exist_ok=True)
            write_file(note, json.dumps({"stamp": seen, "sha256": digest}).encode())
    return digest
