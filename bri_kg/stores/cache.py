"""Stores on disk in the user's cache: made once, opened read-only, made anew when anything is amiss."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pyoxigraph as ox

from bri_kg.stores.disk import read_mark, write_mark
from bri_kg.stores.folders import beside, prune, stamp, used

STORES = "stores"
_KEPT = 5
_FORGOTTEN = 30 * 24 * 3600


def cache_folder() -> Path:
    """Return the folder for releases built on this machine; `BRI_KG_CACHE` overrides the system's habit."""
    if named := os.environ.get("BRI_KG_CACHE"):
        return Path(named)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local")) / "bri-kg"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "bri-kg"
    named = os.environ.get("XDG_CACHE_HOME", "")
    # An empty or relative one is to be ignored (XDG Base Directory Specification).
    return (Path(named) if Path(named).is_absolute() else Path.home() / ".cache") / "bri-kg"


def cached_store(key: str, fill: Callable[[ox.Store], None]) -> Path:
    """Return the folder of the cached store of this key, made by `fill` unless it is there and whole.

    Two processes may make it at once: each makes its own, and the last one takes the other's.
    Raises InputError when the cache cannot be written.
    """
    folder = cache_folder() / STORES / key
    if is_whole(folder):
        used(folder)
        return folder
    fix = "set BRI_KG_CACHE to a folder that may be written"
    with beside(folder, ".building-", "the store", fix) as made:
        store = ox.Store(str(made))
        fill(store)
        store.flush()
        del store
        write_mark(made, complete=True, stamps=_stamps(made))
        _put(made, folder)
    _forget(folder.parent)
    prune((other for other in folder.parent.iterdir() if _is_other(other, folder)), _KEPT - 1)
    return folder


def _forget(stores: Path) -> None:
    """Remove the notes of files that were looked at long ago."""
    for note in stores.glob("*.json"):
        with suppress(OSError):
            if note.stat().st_mtime < time.time() - _FORGOTTEN:
                note.unlink()


def is_whole(folder: Path) -> bool:
    """Return whether a cached store is finished and nobody has touched its files since."""
    mark = read_mark(folder) or {}
    return bool(mark.get("stamps")) and mark["stamps"] == _stamps(folder)


def _stamps(folder: Path) -> dict[str, list[int]]:
    stamps: dict[str, list[int]] = {}
    with suppress(OSError), os.scandir(folder) as found:
        for entry in found:
            if entry.name != "bri-kg.json":
                stamps[entry.name] = list(stamp(Path(entry.path)))
    return stamps


def _put(made: Path, folder: Path) -> None:
    for _ in range(2):
        try:
            made.replace(folder)
            return
        except OSError:
            if is_whole(folder):  # another process was faster; its store is as good
                return
            # What is damaged goes out of the way in one step, and only then piece by piece.
            away = folder.with_name(f".building-{os.urandom(4).hex()}")
            with suppress(OSError):
                folder.rename(away)
            shutil.rmtree(away, ignore_errors=True)
    made.replace(folder)


def _is_other(path: Path, folder: Path) -> bool:
    return path != folder and (path.name.startswith(".building-") or len(path.name) == 32)
