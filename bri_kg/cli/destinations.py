"""Where data goes, and in which format: what `-o` and `--format` say together."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from bri_kg.errors import UsageError

_ENDINGS: Final = {
    ".csv": ("csv",),
    ".tsv": ("tsv",),
    ".json": ("json", "jsonld"),
    ".srj": ("json",),
    ".xml": ("xml", "rdfxml"),
    ".srx": ("xml",),
    ".md": ("md",),
    ".ttl": ("ttl",),
    ".nt": ("nt",),
    ".nq": ("nq",),
    ".trig": ("trig",),
    ".jsonld": ("jsonld",),
    ".rdf": ("rdfxml",),
    ".owl": ("rdfxml",),
    ".sarif": ("sarif",),
}
# What verbs call the files that they read.
_READ: Final = ("file", "files", "data", "ontology", "shapes", "previous", "draft", "store")


def choose_format(args: Namespace, allowed: tuple[str, ...], default: str) -> str:
    """Return the format that `--format` names or the ending of `--output` tells, else the default.

    Raise UsageError when this output has no such format, and when the two contradict each other.
    """
    asked = str(args.format) if args.format else None
    told = _ending_tells(args)
    fitting = [name for name in told if name in allowed]
    if asked and told and asked not in told:
        raise UsageError(
            code="BRI289",
            message=f"{args.output!r} ends like {told[0]}, and --format asks for {asked}",
            fix="leave out --format, or give the file another ending",
        )
    name = asked or (fitting or list(told) or [default])[0]
    if name not in allowed:
        raise UsageError(
            code="BRI119",
            message=f"there is no format {name!r} for this output",
            fix="use one of " + ", ".join(allowed),
        )
    return name


def is_packed(args: Namespace) -> bool:
    """Return whether the file that is written is to be a gzip file."""
    return goes_to_file(args) and str(args.output).lower().endswith(".gz")


def goes_to_file(args: Namespace) -> bool:
    """Return whether `--output` names a file, and not standard output."""
    return bool(args.output) and args.output != "-"


def _ending_tells(args: Namespace) -> tuple[str, ...]:
    if not goes_to_file(args):
        return ()
    path = Path(args.output)
    path = path.with_suffix("") if path.suffix.lower() == ".gz" else path
    return _ENDINGS.get(path.suffix.lower(), ())


def refuse_conflicts(args: Namespace) -> None:
    """Raise UsageError where standard input is named twice, or where what is read would be overwritten."""
    read = list(_read(args))
    if read.count("-") > 1:
        raise UsageError(
            code="BRI134",
            message="standard input is named twice, and can be read once",
            fix="give - once, and the rest as files",
        )
    if not goes_to_file(args):
        return
    folder = [Path(place) for place in getattr(args, "graph", None) or ()]
    for name in read:
        if _is_same(name, args.output):
            raise _overwritten(args.output)
    for place in folder:
        if place.is_dir() and any(
            _is_same(str(path), args.output) for path in place.rglob("*.ttl")
        ):
            raise _overwritten(args.output)


def _read(args: Namespace) -> Iterator[str]:
    for name in _READ:
        value = getattr(args, name, None)
        if isinstance(value, str):
            yield value
        elif isinstance(value, list):
            yield from (item for item in value if isinstance(item, str))


def _is_same(name: str, output: str) -> bool:
    try:
        return Path(name).samefile(output)
    except (OSError, ValueError):
        return False


def _overwritten(name: str) -> UsageError:
    return UsageError(
        code="BRI288",
        message=f"{name!r} is read, and cannot be written in the same run",
        fix="write to another file, and move it when it is done",
    )
