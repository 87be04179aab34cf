"""What a fuzzed run is given: a command line with files of its own, kept as JSON where it is found at fault."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Protocol

_SPICE = [
    b"<<( ", b" )>>", b"\"\"\"", b"\\u", b"\\uD800", b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"&z;", b"<!ENTITY z '&z;'>",
    b"<!DOCTYPE x [", b"]>", b"<![CDATA[", b"<!--", b"^^<x>", b"@en--ltr", b"_:", b"{|", b"\"@id\":",
    b"\"@context\":1,",
    b"9" * 5000, b"rdf:parseType=\"Triple\"", b"rdf:li", b"<", b">", b"[", b"{", b"(", b"1e99999", b"@base <:> .", b"%",
]  # fmt: skip


@dataclass(frozen=True)
class Input:
    """Arguments, files and links of an empty folder, and standard input.

    Where `api` is given, the files are for that function of the kind instead of the command line.
    """

    args: tuple[str, ...] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)
    stdin: bytes = b""
    api: str = ""

    def write(self, folder: Path) -> None:
        """Write the files and links into a folder."""
        for name, content in self.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        for name, target in self.links.items():
            (folder / name).symlink_to(target)

    def to_json(self, kind: str) -> str:
        """Return it as JSON with its kind; bytes stand as the characters of Latin-1."""
        plain = {**asdict(self), "links": dict(self.links), "stdin": self.stdin.decode("latin-1")}
        plain["files"] = {name: data.decode("latin-1") for name, data in self.files.items()}
        return json.dumps({"kind": kind, **plain}, indent=1)


def from_json(text: str) -> tuple[str, Input]:
    """Return the kind and the input that `to_json` wrote."""
    plain = json.loads(text)
    return plain["kind"], Input(
        tuple(plain["args"]),
        {name: data.encode("latin-1") for name, data in plain["files"].items()},
        plain["links"],
        plain["stdin"].encode("latin-1"),
        plain["api"],
    )


class Kind(Protocol):
    """A module that makes inputs of one kind.

    `API` holds its functions by name: they take the folder of the files, and raise BriKgError where
    the command line would end with 2 or 3.
    """

    API: Mapping[str, Callable[[Path], object]]

    def make(self, chance: random.Random) -> Input:
        """Return an input; the same one for the same state of `chance`."""

    def prepare(self) -> None:
        """Do once, before any input and in a process of its own, what must not count as its time."""


def changed(data: bytes, chance: random.Random, most: int = 4) -> bytes:
    """Return the bytes with one change or more."""
    for _ in range(chance.randint(1, most)):
        begin = chance.randrange(len(data) + 1)
        end = min(len(data), begin + chance.choice((0, 0, 1, 1, 8, 40)))
        kind = chance.randrange(5)
        if kind == 0:
            middle = chance.choice(_SPICE)
        elif kind == 1:
            middle = bytes(chance.randrange(256) for _ in range(chance.randint(1, 3)))
        elif kind == 2:
            middle = data[begin:end] * chance.choice((2, 30, 3000))
        elif kind == 3:
            middle = b""
        else:
            other = chance.randrange(len(data) + 1)
            middle = data[other : other + 30]
        data = data[:begin] + middle + data[end:]
    return data
