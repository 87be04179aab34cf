"""A release as a folder: written beside its place and moved there when it is whole."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from bri_kg.errors import InputError
from bri_kg.publishing.release_files import MANIFEST, SUMS
from bri_kg.stores.folders import beside, move_into


def refuse_used(folder: Path) -> None:
    """Raise InputError where the folder holds anything: nothing of the user's is overwritten."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError(
            code="BRI226",
            message=f"{str(folder)!r} is there already and holds something",
            fix="name a new or empty folder",
        )


def refuse_foreign(folder: Path) -> None:
    """Raise InputError where the folder holds anything but a release, which may be replaced."""
    if folder.is_dir() and not (foreign := _foreign(folder)):
        return
    if folder.exists():
        raise InputError(
            code="BRI228",
            message=f"{str(folder)!r} holds something else than a release, and is not replaced",
            why=f"{', '.join(foreign[:3])}" if folder.is_dir() else "it is a file",
            fix="name a new or empty folder, or move what is yours out of it",
        )


def write_folder(files: Iterable[tuple[str, bytes]], folder: Path) -> int:
    """Write the files of a release into a folder, in place of the one that is there; return how many."""
    place = folder.resolve()
    fix = "name a folder that may be written"
    written = 0
    with beside(place, ".bri-kg-release-", "the release", fix, is_private=False) as made:
        try:
            for name, content in files:
                (made / name).write_bytes(content)
                written += 1
            move_into(made, place)
        except OSError as error:
            raise InputError(
                code="BRI217",
                message=f"{str(folder)!r} cannot be written",
                why=error.strerror or str(error),
                fix="check the path, its folder and the room on the disk",
            ) from None
    return written


def _foreign(folder: Path) -> list[str]:
    """Return the names in a folder that its manifest, if it has one, does not list."""
    there = {path.name for path in folder.iterdir()}
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        listed = (
            {file["name"] for file in manifest["files"]} if manifest["name"] == "bri-kg" else ()
        )
    except (OSError, ValueError, LookupError, TypeError):
        listed = ()
    return sorted(there - {*listed, *((MANIFEST, SUMS) if listed else ())})
