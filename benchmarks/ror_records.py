"""Reading records of the Research Organization Registry: a folder, an archive, or a data dump."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator
from io import TextIOWrapper
from pathlib import Path
from typing import IO, Any

from bri_kg.errors import InputError

Record = dict[str, Any]
_PIECE = 1 << 20


def read_records(path: Path) -> Iterator[tuple[Record, str]]:
    """Yield the newest record of every active organization, with its text.

    Of a file per record the text is the file's; of a dump it is the record written anew, indented by two.
    Raises InputError for what is missing or no record.
    """
    files = {record["id"]: place for record, _, place in _every(path)}
    for record, text, place in _every(path):
        if files[record["id"]] == place and record["status"] == "active":
            yield record, text


def _every(path: Path) -> Iterator[tuple[Record, str, str]]:
    for name, stream in _opened(path):
        for record, text in _in_stream(stream, name):
            if "names" in record:  # schema 2
                yield record, text, name


def _opened(path: Path) -> Iterator[tuple[str, IO[str]]]:
    try:
        yield from _streams(path)
    except (OSError, UnicodeDecodeError, zipfile.BadZipFile) as error:
        raise InputError(
            code="BRI212",
            message=f"{str(path)!r} cannot be read",
            why=str(getattr(error, "strerror", None) or error),
            fix="give a folder of ROR records, a .zip of them, or a data dump in JSON",
        ) from None


def _streams(path: Path) -> Iterator[tuple[str, IO[str]]]:
    if path.is_dir():
        for file in sorted(path.rglob("*.json"), key=lambda f: _natural(str(f))):
            with file.open(encoding="utf-8", newline="") as stream:
                yield str(file), stream
    elif path.suffix == ".zip":
        with zipfile.ZipFile(path) as archive:
            names = (name for name in archive.namelist() if name.endswith(".json"))
            for name in sorted(names, key=_natural):
                # A dump may hold the same records in schema 1 beside those of schema 2.
                with TextIOWrapper(archive.open(name), encoding="utf-8", newline="") as stream:
                    yield name, stream
    else:
        with path.open(encoding="utf-8", newline="") as stream:
            yield str(path), stream


def _in_stream(stream: IO[str], name: str) -> Iterator[tuple[Record, str]]:
    """Yield the records of a file: one, or a list read piece by piece."""
    text = stream.read(_PIECE)
    if not text.lstrip().startswith("["):
        text += stream.read()
        try:
            yield _checked(json.loads(text), name), text
        except json.JSONDecodeError as error:
            raise _no_record(name, str(error)) from None
        return
    text = text.lstrip()[1:]
    while not (text := text.lstrip(" \r\n\t,")).startswith("]"):
        try:
            record, end = json.JSONDecoder().raw_decode(text)
        except json.JSONDecodeError as error:
            if not (more := stream.read(_PIECE)):
                raise _no_record(name, str(error)) from None
            text += more
            continue
        text = text[end:]
        yield _checked(record, name), json.dumps(record, ensure_ascii=False, indent=2)


def _checked(record: object, name: str) -> Record:
    if not (isinstance(record, dict) and str(record.get("id")).startswith("https://ror.org/")):
        raise _no_record(name, "it has no id of the form https://ror.org/…")
    return record


def _no_record(name: str, why: str) -> InputError:
    return InputError(
        code="BRI215",
        file=name,
        message="this is no ROR record",
        why=why,
        fix="give records of schema 2, as the registry publishes them",
    )


def _natural(name: str) -> list[tuple[int, str]]:
    """A key by which v1.9 comes before v1.10."""
    return [
        (int(part), "") if part.isdigit() else (0, part) for part in re.split(r"([0-9]+)", name)
    ]
