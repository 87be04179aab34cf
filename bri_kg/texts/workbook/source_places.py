"""Where things of a workbook lie in a collection, and how its claims get into the graph and out of it again.

A source has its record in graph/sources/, its text in texts/, its workbook in workbooks/, and everything that its
workbook says in one file, graph/claims/NAME.ttl: it is moved there whole, so that a kill leaves the old or the new.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bri_kg.dataset.resources import Resources
from bri_kg.errors import InputError, UsageError
from bri_kg.rdf.text_files import write_file
from bri_kg.texts.originals import SourceFile
from bri_kg.texts.workbook.tables_of_text import CLAIMS

_NOTHING: Final = b"# Before this there was no file.\n"


@dataclass(frozen=True)
class Places:
    """The files of one source of a collection."""

    folder: Path
    name: str

    @property
    def record(self) -> Path:
        """What describes the source."""
        return self.folder / "graph" / "sources" / f"{self.name}.ttl"

    @property
    def claims(self) -> Path:
        """What its workbook says."""
        return self.folder / "graph" / "claims" / f"{self.name}.ttl"

    @property
    def texts(self) -> Path:
        """The folder of texts."""
        return self.folder / "texts"

    @property
    def workbook(self) -> Path:
        """The workbook."""
        return self.folder / "workbooks" / f"{self.name}.xlsx"

    @property
    def tables(self) -> Path:
        """The claims as a table of text."""
        return self.folder / "workbooks" / f"{self.name}{CLAIMS}"

    @property
    def before(self) -> Path:
        """What stood in the file of claims before the last import."""
        return self.folder / "workbooks" / f".{self.name}.before.ttl"

    @property
    def after(self) -> Path:
        """What the last import wrote."""
        return self.folder / "workbooks" / f".{self.name}.after.ttl"


def places_of(resources: Resources, name: str) -> Places:
    """Return the places of a source. Raise UsageError where no collection is worked on."""
    collection = resources.top.collection
    if collection is None:
        raise UsageError(
            "BRI923",
            "documents are added to a collection, and none is open",
            why="our own graph stays as it is; a collection lies over it",
            fix="stand in the folder of one, or add --graph DIR; `bri-kg init DIR` makes one",
        )
    return Places(collection.folder, name.rpartition(":")[2])


def workbook_named(text: str, resources: Resources) -> tuple[Path, Places]:
    """Return the workbook and the places of a source that are meant by its name or by a workbook's file.

    Raise UsageError where there is none.
    """
    path = Path(text)
    if path.suffix.lower() in (".xlsx", ".xlsm", ".csv"):
        name = path.name.removesuffix(CLAIMS) if path.name.endswith(CLAIMS) else path.stem
        return path, places_of(resources, name)
    places = places_of(resources, text)
    for known in (places.workbook, places.tables):
        if known.is_file():
            return known, places
    raise UsageError(
        "BRI924",
        f"there is no workbook of {text!r}",
        why=f"no file {places.workbook.name!r} or {places.tables.name!r} is in {str(places.workbook.parent)!r}",
        fix="`bri-kg source new FILE` makes one; or name its file",
    )


def source_named(places: Places, files: dict[str, SourceFile], resources: Resources) -> SourceFile:
    """Return the source of a workbook. Raise UsageError where the collection does not describe it."""
    slug = resources.top.slug(places.name)
    if slug in files:
        return files[slug]
    raise UsageError(
        "BRI924",
        f"the collection describes no source {places.name!r}",
        why="a workbook has the name of its source",
        fix="`bri-kg source new FILE --name NAME` describes it; `bri-kg source list` lists those that are",
    )


def put(places: Places, turtle: bytes) -> None:
    """Let a file of claims take the place of the one before, which is kept for `take_back`."""
    before = places.claims.read_bytes() if places.claims.is_file() else _NOTHING
    places.before.parent.mkdir(parents=True, exist_ok=True)
    places.claims.parent.mkdir(parents=True, exist_ok=True)
    write_file(places.before, before)
    write_file(places.after, turtle)
    write_file(places.claims, turtle)


def stood_before(places: Places) -> Path | None:
    """Return the file of what stood before the last import; None where nothing did, or nothing was imported."""
    kept = places.before
    return kept if kept.is_file() and kept.read_bytes() != _NOTHING else None


def take_back(places: Places) -> bool:
    """Put back what stood before the last import; return whether anything did.

    Raise UsageError where nothing was imported, or where the file was changed since.
    """
    if not places.before.is_file():
        raise UsageError(
            "BRI947",
            f"nothing of {places.name!r} was imported that could be taken back",
            fix="`bri-kg source import NAME` imports a workbook",
        )
    now = places.claims.read_bytes() if places.claims.is_file() else _NOTHING
    if places.after.is_file() and now != places.after.read_bytes():
        raise InputError(
            "BRI947",
            f"{str(places.claims)!r} was changed since the import, and is left as it is",
            fix="take the changes back yourself, with git where the collection is kept in it",
        )
    before = places.before.read_bytes()
    is_there = before != _NOTHING
    if is_there:
        write_file(places.claims, before)
    else:
        places.claims.unlink(missing_ok=True)
    places.before.unlink()
    places.after.unlink(missing_ok=True)
    return is_there
