"""Text and bytes of files: read with errors that name the file, written whole or not at all.

RDF, which may be packed, is opened by `bri_kg.rdf.input_streams`.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO

from bri_kg.errors import InputError

_BUFFER = 1 << 20


def open_bytes(path: str | os.PathLike[str], what: str) -> IO[bytes]:
    """Open a file to be read; `what` names it in errors. Raise InputError where that cannot be done."""
    name = os.fspath(path)
    try:
        if Path(path).is_dir():
            raise IsADirectoryError
        return Path(path).open("rb", buffering=_BUFFER)
    except FileNotFoundError:
        raise InputError(
            code="BRI210",
            message=f"there is no file {name!r}",
            fix="check the spelling of the path",
        ) from None
    except IsADirectoryError:
        raise InputError(
            code="BRI211",
            message=f"{name!r} is a folder; {what} is wanted",
            fix="name a file in it",
        ) from None
    except (OSError, ValueError) as error:  # ValueError: a path with a null byte
        raise cannot_be_read(name, error) from None


def cannot_be_read(name: str, error: Exception) -> InputError:
    """Return the error for a file that the system does not let us read."""
    return InputError(
        code="BRI212",
        message=f"{name!r} cannot be read",
        why=getattr(error, "strerror", None) or str(error),
        fix="check its permissions, and where its links lead",
    )


def read_text(path: str | os.PathLike[str], what: str) -> str:
    """Return the text of a UTF-8 file without newline translation; `what` names it in errors.

    Raise InputError when the file is missing, a folder, unreadable, binary, or empty.
    """
    with open_bytes(path, what) as file:
        try:
            raw = file.read()
        except OSError as error:
            raise cannot_be_read(os.fspath(path), error) from None
    return decoded(raw, os.fspath(path), what)


def decoded(raw: bytes, name: str, what: str) -> str:
    """Return UTF-8 as text. Raise InputError for what is binary, empty, or another encoding."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise not_utf_8(raw, error, name, what) from None
    refuse_binary(raw, name, what)
    if not text or text.isspace():  # `strip` would copy it
        raise InputError(code="BRI214", file=name, message="the file is empty", fix=f"give {what}")
    return text


def refuse_binary(raw: bytes, name: str, what: str) -> None:
    """Raise InputError for bytes that hold a zero, as no text does."""
    if b"\0" in raw:
        raise InputError(
            code="BRI213",
            file=name,
            message="the file is binary",
            fix=f"give {what} saved as UTF-8",
        )


def not_utf_8(raw: bytes, error: UnicodeDecodeError, name: str, what: str) -> InputError:
    """Return the error for bytes that are no UTF-8."""
    return InputError(
        code="BRI213",
        file=name,
        line=raw.count(b"\n", 0, error.start) + 1,
        message=f"byte {error.start} is not UTF-8 text",
        fix=f"give {what} saved as UTF-8",
    )


def write_file(path: Path, data: bytes) -> None:
    """Write a file at once, as `write_stream` does."""
    write_stream(path, lambda file: file.write(data))


def write_stream(path: Path, write: Callable[[IO[bytes]], object]) -> None:
    """Write a file beside its place and move it there, so that nothing is ever half written.

    A link stays a link, and a file keeps its mode. What is no regular file (a pipe, a device)
    cannot be replaced and is written to. Raise InputError when that cannot be done.
    """
    try:
        with suppress(FileNotFoundError):
            path.stat()  # from Python 3.13 on, `resolve` passes links in a circle
        if path.exists() and not path.is_file():
            with path.open("wb") as file:
                write(file)
        else:
            _replace(path.resolve(), write)
    # RuntimeError: links in a circle; ValueError: a null byte.
    except (OSError, RuntimeError, ValueError) as error:
        raise InputError(
            code="BRI217",
            message=f"{str(path)!r} cannot be written",
            why=getattr(error, "strerror", None) or str(error),
            fix="check the path, its folder and the room on the disk",
        ) from None


def _replace(path: Path, write: Callable[[IO[bytes]], object]) -> None:
    # Unlike those of tempfile, a file made like this has the mode that the umask asks for.
    beside = path.with_name(f".bri-kg-{os.urandom(8).hex()}")
    handle = os.open(
        beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666
    )
    try:
        with os.fdopen(handle, "wb") as file:
            write(file)
        if path.exists():
            beside.chmod(stat.S_IMODE(path.stat().st_mode))
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
