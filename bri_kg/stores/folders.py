"""Folders that are built beside their place and moved into it when they are whole."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from bri_kg.errors import InputError

_IN_USE = 3600
# Whole numbers that a file keeps as long as nobody touches it.
Stamp = tuple[int, ...]


@contextmanager
def beside(
    folder: Path, prefix: str, what: str, fix: str, *, is_private: bool = True
) -> Iterator[Path]:
    """Make a folder beside `folder`, to be filled and moved; whatever is left of it is removed.

    What a cache or a store is made from may be private; a folder that is not has the mode that the umask asks for.
    Raises InputError, which says that `what` cannot be kept there and how to mend it.
    """
    made = folder.with_name(prefix + os.urandom(4).hex())
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        made.mkdir(mode=0o700 if is_private else 0o777)
    except OSError as error:
        raise InputError(
            code="BRI221",
            message=f"{what} cannot be kept in {str(folder.parent)!r}",
            why=error.strerror,
            fix=fix,
        ) from None
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def move_into(made: Path, folder: Path) -> None:
    """Move a folder that is whole to its place; what is there goes, and comes back where that fails."""
    if not folder.exists():
        made.rename(folder)
        return
    before = folder.with_name(f".bri-kg-before-{os.urandom(4).hex()}")
    folder.rename(before)
    try:
        made.rename(folder)
    except OSError:
        before.rename(folder)
        raise
    shutil.rmtree(before, ignore_errors=True)


def prune(folders: Iterable[Path], keep: int) -> None:
    """Remove all folders but the last used ones; one used within the hour may be open."""
    found: list[tuple[float, Path]] = []
    for folder in folders:
        with suppress(OSError):  # another process removes it just now
            found.append((folder.stat().st_mtime, folder))
    for last, folder in sorted(found, reverse=True)[keep:]:
        if last < time.time() - _IN_USE:
            shutil.rmtree(folder, ignore_errors=True)


def used(folder: Path) -> None:
    """Note that a folder of the cache is in use; the cache may be read-only."""
    with suppress(OSError):
        os.utime(folder)


def stamp(path: Path) -> Stamp:
    """Return what the system says of a file: size, time of writing, time of any change, identity.

    Where the system keeps the time of change (not on Windows), nobody can alter a file without
    altering its stamp: what sets back the time of writing sets the time of change.
    """
    found = path.stat()
    return (found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)
