"""Data to stdout or a file."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import IO, cast

import pyoxigraph as ox

from bri_kg.cli.destinations import choose_format as choose_format
from bri_kg.cli.destinations import goes_to_file, is_packed
from bri_kg.cli.talking import talk
from bri_kg.errors import InputError
from bri_kg.names import shorten
from bri_kg.rdf.row_formats import ROW_FORMATS, write_rows
from bri_kg.rdf.rows import Rows
from bri_kg.rdf.text_files import write_file, write_stream

GRAPH_FORMATS = ("ttl", "nt", "nq", "trig", "jsonld", "rdfxml")
_FOR_PEOPLE = {"md"}
Show = Callable[[Rows], Iterable[str]]
WriteJsonLd = Callable[[Iterable[ox.Quad]], bytes]


def wants_all(args: Namespace) -> bool:
    """Return whether what is as it should be is to be listed too: with `-v`, for a program, or in a file."""
    return bool(args.verbose or args.format or goes_to_file(args))


def emit_rows(rows: Rows, args: Namespace, show: Show | None = None) -> int:
    """Write rows, up to `--limit`, in the format asked for, and say when there are more.

    `show` gives the lines for people; without it they are those of any rows.
    Return 0: what a limit cuts is no failure.
    """
    rows = rows.up_to(args.limit)
    name = choose_format(args, ROW_FORMATS, "table")
    if name == "table":
        emit_lines((show or _plainly(args))(rows), args)
    else:
        _emit_as(name, rows, args)
    if rows.truncated:
        talk(args, f"cut after {len(rows.rows)} rows; there are more (--limit)")
    return 0


def _plainly(args: Namespace) -> Show:
    from bri_kg.cli.show.pages import page_for  # of use to people only
    from bri_kg.cli.show.row_layout import row_lines

    return lambda rows: row_lines(page_for(args), rows)


def emit_lines(lines: Iterable[str], args: Namespace) -> None:
    """Write lines for people, with bold headings on a terminal."""
    if not goes_to_file(args) and sys.stdout is not None and sys.stdout.isatty():
        from bri_kg.cli.show.colour import coloured, shows_colour  # of use on a terminal only

        lines = coloured(lines) if shows_colour(sys.stdout) else lines
    emit("".join(line + "\n" for line in lines), args, for_people=True)


def _emit_as(name: str, rows: Rows, args: Namespace) -> None:
    for_people = name in _FOR_PEOPLE
    console = sys.stdout if for_people and not goes_to_file(args) else None
    content = write_rows(
        rows,
        name,
        shorten=shorten if for_people else None,
        encoding=console.encoding if console else None,
    )
    emit(content, args, for_people=for_people)


def emit_graph(
    quads: Iterable[ox.Quad],
    args: Namespace,
    default: str,
    jsonld: WriteJsonLd | None = None,
    *,
    is_cut: bool = False,
) -> int:
    """Write a graph, up to `--limit`, in the format asked for; say when there is more. Return 0 as `emit_rows` does.

    `is_cut` says that the limit has left some out already.
    `jsonld` writes JSON-LD where a context is at hand; else every name in it is a full IRI.
    """
    from bri_kg.rdf.graphs import in_order, write_graph  # nothing that rows need

    name = choose_format(args, GRAPH_FORMATS, default)
    kept = list(quads) if args.limit is None else in_order(quads, name)
    written = kept[: args.limit]
    emit(jsonld(written) if jsonld and name == "jsonld" else write_graph(written, name), args)
    if is_cut or (args.limit is not None and len(kept) > args.limit):
        talk(args, f"cut after {args.limit} triples; there are more (--limit)")
    return 0


def emit(content: str | bytes, args: Namespace, *, for_people: bool = False) -> None:
    """Write data to `--output`, else to stdout: UTF-8, or for people what their console can show."""
    data = content.encode() if isinstance(content, str) else content
    if goes_to_file(args):
        if is_packed(args):
            import gzip

            data = gzip.compress(data, mtime=0)
        write_file(Path(args.output), data)
        return
    if sys.stdout is None:  # the shell's `>&-`
        raise _no_stdout("it is closed")
    if for_people and isinstance(content, str):
        data = content.encode(sys.stdout.encoding or "utf-8", errors="backslashreplace")
        data = data.replace(b"\n", os.linesep.encode())
    _to_stdout(lambda out: out.write(data))


def emit_stream(write: Callable[[IO[bytes]], object], args: Namespace) -> None:
    """Let `write` write data to `--output`, else to stdout, piece by piece."""
    if goes_to_file(args):
        write_stream(Path(args.output), _packed(write) if is_packed(args) else write)
        return
    if sys.stdout is None:
        raise _no_stdout("it is closed")
    _to_stdout(write)


def _packed(write: Callable[[IO[bytes]], object]) -> Callable[[IO[bytes]], object]:
    import gzip

    def pack(out: IO[bytes]) -> None:
        with gzip.GzipFile(fileobj=out, mode="wb", filename="", mtime=0) as file:
            write(cast("IO[bytes]", file))

    return pack


def _to_stdout(write: Callable[[IO[bytes]], object]) -> None:
    try:
        sys.stdout.flush()
        write(sys.stdout.buffer)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        drop_stdout()
        raise _no_stdout(error.strerror) from None


def drop_stdout() -> None:
    """Send what is still to be written nowhere, so that Python does not complain of it when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _no_stdout(why: str | None) -> InputError:
    return InputError(
        code="BRI223",
        message="standard output cannot be written",
        why=why,
        fix="check where it goes, or write to a file with -o",
    )
