"""Data to stdout or a file, talk to stderr."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from argparse import Namespace
from pathlib import Path

from bri_kg.errors import InputError, UsageError
from bri_kg.names import shorten
from bri_kg.row_formats import ROW_FORMATS, write_rows
from bri_kg.rows import Rows

GRAPH_FORMATS = ("ttl", "nt", "nq", "trig", "jsonld", "rdfxml")
_FOR_PEOPLE = {"table", "md"}


def emit_rows(rows: Rows, args: Namespace) -> int:
    """Write rows, up to `--limit`, in the format asked for; return 3 and say so when they were cut, else 0."""
    if args.limit is not None and len(rows) > args.limit:
        rows = Rows(rows.columns, rows.rows[: args.limit], truncated=True)
    name = choose_format(args, ROW_FORMATS, "table")
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() and not args.output else None
    emit(
        write_rows(rows, name, shorten=shorten if name in _FOR_PEOPLE else None, width=width),
        args,
        for_people=name in _FOR_PEOPLE,
    )
    if rows.truncated:
        talk(args, f"cut after {len(rows.rows)} rows; there are more (--limit)")
        return 3
    return 0


def choose_format(args: Namespace, allowed: tuple[str, ...], default: str) -> str:
    """Return the format asked for. Raises UsageError when this output has no such format."""
    name = str(args.format or default)
    if name not in allowed:
        raise UsageError(
            code="BRI101",
            message=f"there is no format {name!r} for this output",
            fix="use one of " + ", ".join(allowed),
        )
    return name


def emit(content: str | bytes, args: Namespace, *, for_people: bool = False) -> None:
    """Write data to `--output`, else to stdout: UTF-8, or for people what their console can show."""
    data = content.encode() if isinstance(content, str) else content
    if args.output and args.output != "-":
        write_file(Path(args.output), data)
        return
    if for_people and isinstance(content, str):
        encoding = sys.stdout.encoding or "utf-8"
        data = content.encode(
            encoding, errors="replace" if encoding.lower() == "ascii" else "backslashreplace"
        )
        data = data.replace(b"\n", os.linesep.encode())
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def write_file(path: Path, data: bytes) -> None:
    """Write a file beside its place and move it there, so that nothing is ever half written."""
    try:
        handle, beside = tempfile.mkstemp(dir=path.parent or Path(), prefix=f".{path.name}-")
    except OSError as error:
        raise InputError(
            code="BRI217",
            message=f"{str(path)!r} cannot be written",
            why=error.strerror,
            fix="check the folder",
        ) from None
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.chmod(beside, 0o644)
        os.replace(beside, path)
    except OSError as error:
        raise InputError(
            code="BRI217",
            message=f"{str(path)!r} cannot be written",
            why=error.strerror,
            fix="check the path",
        ) from None
    finally:
        Path(beside).unlink(missing_ok=True)


def talk(args: Namespace, text: str) -> None:
    """Say something to the person at the keyboard, unless `-q`."""
    if not args.quiet:
        say(text)


def say(text: str) -> None:
    """Write a line to stderr in whatever the console can show."""
    encoding = getattr(sys.stderr, "encoding", None) or "utf-8"
    print(text.encode(encoding, errors="backslashreplace").decode(encoding), file=sys.stderr)
