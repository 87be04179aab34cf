"""Stores on disk: Oxigraph's own folders, made in one go and read by any number of processes.

`bri-kg.json` in a folder says that it is ours and whole. Oxigraph does not look at it, so that
its server and its command line open the same folder.
"""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from bri_kg import __version__
from bri_kg.errors import InputError, UsageError
from bri_kg.stores.folders import Stamp, beside, stamp

_MARK = "bri-kg.json"
_OXIGRAPH = "CURRENT"  # what every database of Oxigraph's engine holds
_FAULTS = (OSError, RuntimeError, ValueError)
_LOADING, _OLD = "loading", "old"
_A_MOMENT = 3600  # seconds; far more than a swap takes
_A_SWAP = 0.5


@dataclass(frozen=True)
class Made:
    """What `make` did: the quads of the store before and now, and the remains of killed loads removed."""

    before: int
    now: int
    swept: int


def make(place: Path, fill: Callable[[ox.Store], None], *, replace: bool = False) -> Made:
    """Make a store at `place`, or add to the one there.

    `fill` puts quads into a store that stands beside the place and takes it only when `fill` has
    come back, so that `place` is never half written. With `replace` the old quads are dropped.
    Raises InputError for a folder that is no store of ours, or that another process writes.
    """
    place = place.resolve()
    restore(place)
    seen = _seen(place)
    swept = _sweep(place)
    fix = "choose a folder for --store that may be written"
    with beside(place, _prefix(place, _LOADING), "the store", fix) as made:
        write_mark(made, complete=False)
        old = _open_to_write(place) if seen else None  # locked, so that nobody adds meanwhile
        before = 0 if old is None else len(old)
        new = made / "store"
        if old is not None and not replace:
            old.backup(str(new))
        store = ox.Store(str(new))
        fill(store)
        store.flush()
        now = len(store)
        del store, old  # Windows moves no folder that is open
        write_mark(new, complete=True, quads=now)
        _put(new, place, seen)
    return Made(before, now, swept)


def open_store(place: Path) -> ox.Store:
    """Open a store on disk to read it, as many processes may at once.

    Raises InputError for a folder that is no store, that was never finished, or that is damaged.
    """
    if not place.exists() and _beside(place.resolve(), _OLD):
        time.sleep(_A_SWAP)  # its load may be about to put the new one there
        restore(place.resolve())
    if not place.exists():
        raise _no_store(place, f"there is no file or folder {str(place)!r}")
    mark = read_mark(place)
    if mark is not None and not mark.get("complete"):
        raise InputError(
            code="BRI275",
            message=f"the store {str(place)!r} was never finished",
            why="the load that made it was ended before its time",
            fix="remove the folder and load again",
        )
    if not (place / _OXIGRAPH).is_file():
        raise _no_store(place, f"the folder {str(place)!r} is no Oxigraph store")
    try:
        return ox.Store.read_only(str(place))
    except _FAULTS as error:
        raise damaged(str(place), error) from None


def read_mark(folder: Path) -> dict[str, Any] | None:
    """Return what `bri-kg.json` says of a store; None where there is none that can be read."""
    try:
        mark = json.loads((folder / _MARK).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return mark if isinstance(mark, dict) else None


def damaged(place: str, error: Exception) -> InputError:
    """Return the error for a store that its engine cannot read; one of the cache is not used again."""
    if "stamps" in (read_mark(Path(place)) or {}):
        with suppress(OSError):
            (Path(place) / _MARK).unlink()
    return InputError(
        code="BRI276",
        message=f"the store {place!r} is damaged or was changed while it was read",
        why=str(error),
        fix="run the command again; if that does not help, remove the folder and load again",
    )


def write_mark(folder: Path, **content: object) -> None:
    """Write `bri-kg.json`: our version, the engine's, and `content`."""
    mark = {"bri_kg": __version__, "pyoxigraph": ox.__version__, **content}
    (folder / _MARK).write_text(json.dumps(mark, indent=1) + "\n", encoding="utf-8")


def restore(place: Path) -> None:
    """Put back the store that a command was about to replace when it was killed."""
    if not place.exists():
        for old in _beside(place, _OLD):
            with suppress(OSError):
                old.rename(place)
                return


def _seen(place: Path) -> Stamp | None:
    """Return what tells the store at a place from any later one; None where there is nothing yet."""
    return stamp(place / _MARK) if _is_ours(place) else None


def _is_ours(place: Path) -> bool:
    """Return whether there is a store of ours; raises for anything else but nothing at all."""
    if not place.exists() or (place.is_dir() and not any(place.iterdir())):
        return False
    if not place.is_dir():
        raise InputError(
            code="BRI277",
            message=f"{str(place)!r} is a file; --store wants a folder",
            fix="name a folder that does not exist yet",
        )
    mark = read_mark(place)
    if mark is None or not mark.get("complete"):
        raise InputError(
            code="BRI278",
            message=f"the folder {str(place)!r} is no store made by bri-kg load",
            why="it is an Oxigraph store made by another program"
            if (place / _OXIGRAPH).is_file()
            else "it holds something else",
            fix="name a folder that does not exist yet"
            + (
                "; `oxigraph load --location` adds to such a store"
                if (place / _OXIGRAPH).is_file()
                else ""
            ),
        )
    return True


def _open_to_write(place: Path) -> ox.Store:
    try:
        return ox.Store(str(place))
    except _FAULTS as error:
        if _is_locked(error):
            raise InputError(
                code="BRI279",
                message=f"another process writes the store {str(place)!r}",
                fix="wait until it is done, or stop the server that has it open",
            ) from None
        raise damaged(str(place), error) from None


def _is_locked(error: Exception) -> bool:
    return "lock" in str(error).lower()


def _sweep(place: Path) -> int:
    """Remove what killed loads of this store have left, and return how many there were."""
    left = [folder for folder in _beside(place, _LOADING) if _is_abandoned(folder)]
    for folder in left + (_beside(place, _OLD) if place.exists() else []):
        shutil.rmtree(folder, ignore_errors=True)
    return len(left)


def _is_abandoned(folder: Path) -> bool:
    store = folder / "store"
    try:
        if not (store / _OXIGRAPH).is_file() or read_mark(store) is not None:
            # It was begun, or is being moved, just now; or its process died at that moment.
            return folder.stat().st_mtime < time.time() - _A_MOMENT
        ox.Store(str(store))  # a load that still runs holds the lock
    except _FAULTS as error:
        return not _is_locked(error) and folder.is_dir()
    return True


def _put(new: Path, place: Path, seen: Stamp | None) -> None:
    """Move a whole store into its place; the old one is out of the way for one moment only."""
    old = place.with_name(_prefix(place, _OLD) + new.parent.name[-8:])
    why: str | None = "another process has changed it in the meantime"
    try:
        if _seen(place) == seen:
            if seen:
                place.rename(old)
            elif place.exists():
                place.rmdir()
            new.replace(place)
            shutil.rmtree(old, ignore_errors=True)
            return
    except OSError as error:
        why = error.strerror
        restore(place)
    raise InputError(
        code="BRI274",
        message=f"the new store cannot be moved to {str(place)!r}",
        why=why,
        fix="look at what is there, and load again",
    )


def _beside(place: Path, what: str) -> list[Path]:
    prefix = _prefix(place, what)
    if not place.parent.is_dir():
        return []
    return sorted(path for path in place.parent.iterdir() if path.name.startswith(prefix))


def _prefix(place: Path, what: str) -> str:
    return f".{place.name}.{what}-"


def _no_store(place: Path, message: str) -> UsageError:
    return UsageError(
        code="BRI269",
        message=message,
        why="a load into it was ended before its time, or still runs"
        if _beside(place.resolve(), _LOADING)
        else None,
        fix="make a store with `bri-kg load FILE --store DIR`, or name an RDF file",
    )
