"""Collections: folders that lie over our graph, each with a marker file that says whose names it gives."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from bri_kg import __version__
from bri_kg.dataset.markers import MARKER
from bri_kg.errors import InputError, UsageError
from bri_kg.names import BASE, PREFIXES, prefixes_under

_KEYS: Final = ("title", "namespace", "prefix", "license", "languages", "bri-kg")
_REQUIRED: Final = ("title", "namespace", "prefix", "bri-kg")
_PREFIX = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_NAMESPACE = re.compile(r"https?://[^\s<>\"{}|\\^`#?]+/")
_VERSION = re.compile(r"[0-9]+(?:\.[0-9]+)*")
_LICENSE_IS_TEXT: Final = "write it as text in quotes"


@dataclass(frozen=True)
class Collection:
    """What the marker file of a collection says: whose names it gives, and what it was made with."""

    folder: Path
    title: str
    namespace: str
    prefix: str
    made_with: str
    license: str | None = None
    languages: tuple[str, ...] = ("en", "zh")

    @property
    def marker(self) -> Path:
        """The marker file."""
        return self.folder / MARKER

    @property
    def is_older(self) -> bool:
        """Whether an earlier version made it than the one that reads it."""
        return _numbers(self.made_with) < _numbers(__version__)


def read_marker(folder: Path) -> Collection:
    """Return what the marker file in a folder says.

    Raise InputError for what is no such file, for a namespace or prefix that a collection cannot
    have, and for one that a newer version made.
    """
    path = folder / MARKER
    said = _table(path)
    for key in said:
        if key not in _KEYS:
            raise _wrong(path, f"there is no key {key!r}", f"use {', '.join(_KEYS)}", key)
    for key in _REQUIRED:
        if key not in said:
            raise _wrong(path, f"the key {key!r} is missing", _MEND)
    for key in (*_REQUIRED, "license"):
        if not isinstance(said.get(key, ""), str):
            raise _wrong(path, f"{key!r} is no text", _LICENSE_IS_TEXT, key)
    languages = said.get("languages", ["en", "zh"])
    if not isinstance(languages, list) or not all(isinstance(tag, str) for tag in languages):
        raise _wrong(path, "'languages' is no list of texts", 'write ["en", "zh"]', "languages")
    _refuse_newer(path, said["bri-kg"])
    try:
        check_namespace(said["namespace"])
        check_prefix(said["prefix"])
    except UsageError as error:
        key = "prefix" if error.code == "BRI873" else "namespace"
        raise InputError(
            error.code, error.message, why=error.why, fix=error.fix,
            file=str(path), line=_line(path, key),
        ) from None  # fmt: skip
    return Collection(
        folder=folder,
        title=said["title"],
        namespace=said["namespace"],
        prefix=said["prefix"],
        made_with=said["bri-kg"],
        license=said.get("license"),
        languages=tuple(languages),
    )


def check_namespace(namespace: str) -> None:
    """Raise UsageError for a namespace that a collection cannot have."""
    if not _NAMESPACE.fullmatch(namespace):
        raise UsageError(
            "BRI872",
            f"{namespace!r} is no namespace of a collection",
            why="names are made by writing behind it, and passages by a # behind the name of a source",
            fix="write an address that ends with /, such as https://example.org/our-documents/",
        )
    if namespace.startswith(BASE) or BASE.startswith(namespace):
        raise UsageError(
            "BRI872",
            f"the namespace {namespace!r} is ours",
            why=f"names under {BASE} are those of bri-kg's own graph",
            fix="take an address of your own, such as https://example.org/our-documents/",
        )


def check_prefix(prefix: str) -> None:
    """Raise UsageError for a prefix that a collection cannot have."""
    if not _PREFIX.fullmatch(prefix):
        raise UsageError(
            "BRI873",
            f"{prefix!r} is no prefix of a collection",
            fix="use lowercase letters, digits and single hyphens, and begin with a letter: lab",
        )
    if prefix == "bri" or prefix.startswith("bri-") or prefix in _STANDARD:
        raise UsageError(
            "BRI873",
            f"the prefix {prefix!r} is taken",
            why=f"{prefix}: stands for <{_STANDARD.get(prefix, BASE)}>",
            fix="take another, such as lab",
        )


_STANDARD: Final = dict(PREFIXES)  # before any collection is opened


def refuse_clashes(collections: Iterable[Collection]) -> None:
    """Raise InputError where two collections of one stack share a prefix or names."""
    before: list[Collection] = []
    for one in collections:
        own = prefixes_under(one.prefix, one.namespace)
        for other in before:
            shared = own.keys() & prefixes_under(other.prefix, other.namespace).keys()
            if shared:
                raise _clash(one, other, "prefix", min(shared, key=len))
            if one.namespace.startswith(other.namespace) or other.namespace.startswith(
                one.namespace
            ):
                raise _clash(one, other, "namespace", one.namespace)
        before.append(one)


def _clash(one: Collection, other: Collection, key: str, shared: str) -> InputError:
    return InputError(
        "BRI874",
        f"two collections have the {key} {shared!r}",
        why=f"{str(other.marker)!r} has it too",
        fix=f"give one of them another {key}",
        file=str(one.marker),
        line=_line(one.marker, key),
    )


def _refuse_newer(path: Path, version: str) -> None:
    if not _VERSION.match(version):
        raise _wrong(
            path, f"{version!r} is no version", f'write bri-kg = "{__version__}"', "bri-kg"
        )
    if _numbers(version) > _numbers(__version__):
        raise InputError(
            "BRI871",
            f"the collection was made with bri-kg {version}, and this is {__version__}",
            why="what a newer version writes an older one may misread",
            fix=f"install bri-kg {version} or a later one",
            file=str(path),
            line=_line(path, "bri-kg"),
        )


def _table(path: Path) -> dict[str, Any]:
    import tomllib  # of no use to those without a collection

    try:
        return tomllib.loads(path.read_bytes().decode("utf-8"))
    except OSError as error:
        raise _wrong(path, f"the marker file cannot be read: {error.strerror}", _MEND) from None
    except (ValueError, RecursionError) as error:  # no UTF-8, no TOML
        raise _wrong(path, f"the marker file is no TOML: {error}", _MEND) from None


_MEND: Final = "mend it; `bri-kg init DIR` makes a new one elsewhere to compare with"


def _wrong(path: Path, message: str, fix: str, key: str | None = None) -> InputError:
    return InputError(
        "BRI870", message, fix=fix, file=str(path), line=_line(path, key) if key else None
    )


def _line(path: Path, key: str) -> int | None:
    lines = path.read_text(encoding="utf-8").splitlines()
    begins = (n for n, line in enumerate(lines, 1) if line.split("=")[0].strip(" \"'") == key)
    return next(begins, None)


def _numbers(version: str) -> tuple[int, ...]:
    found = _VERSION.match(version)
    numbers = [int(part) for part in found[0].split(".")] if found else []
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)
