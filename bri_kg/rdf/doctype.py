"""The document type of an RDF/XML file: what its entities stand for, written so that the parser reads it.

The engine wants values in double quotes and takes neither comments nor external entities there
(see `docs/upstream.md`). Nothing that a declaration points to is ever opened.
"""

from __future__ import annotations

import re
from typing import Final

from bri_kg.errors import InputError
from bri_kg.rdf.bounds import ENTITIES, MB

_BEGIN: Final = re.compile(
    rb"\s*(?:<\?xml\b[^>]*\?>)?(?:\s+|<!--.*?-->|<\?.*?\?>)*<!DOCTYPE\s[^\[>]*\[", re.DOTALL
)
_PART: Final = re.compile(
    rb"\s+|<!--.*?-->|<\?.*?\?>|%[^\s;]+;"
    rb"|<!ENTITY\s+(?P<name>[^\s\"'<>%&;]+)\s+(?P<value>\"[^\"]*\"|'[^']*')\s*>"
    rb"|<![A-Z]+(?:[^\"'<>]|\"[^\"]*\"|'[^']*')*>",
    re.DOTALL,
)
_END: Final = re.compile(rb"\]\s*>")
_REFERENCE: Final = re.compile(rb"&([^\s;&<#]+);")
_LONGEST: Final = 4 * MB
_FACTOR: Final = 50  # an entity may be shorter than what it stands for by so much in any file


class Entities:
    """The sizes of the entities of a file, and how much they have expanded to so far."""

    def __init__(self, sizes: dict[bytes, int], name: str) -> None:
        self._sizes = sizes
        self._name = name
        self._read = self._expanded = 0
        self._rest = b""

    def feed(self, data: bytes) -> None:
        """Count the references in more of the file. Raise a limit error when they stand for too much."""
        data = self._rest + data
        for reference in _REFERENCE.findall(data):
            self._expanded += self._sizes.get(reference, 0)
        last = data.rfind(b"&")
        is_cut = last >= 0 and b";" not in data[last:] and len(data) - last < 200
        self._rest = data[last:] if is_cut else b""
        self._read += len(data) - len(self._rest)
        if self._expanded > max(ENTITIES.value * MB, self._read * _FACTOR):
            raise ENTITIES.passed(
                "BRI611",
                f"the entities of the file expand to {self._expanded / MB:.0f} MB and more",
                self._name,
                "a small file could fill the memory",
            )


def split(data: bytes) -> tuple[bytes, bytes] | None:
    """Return the document type and what follows it; None where there is none, or it is not whole yet."""
    begin = _BEGIN.match(data)
    if begin is None:
        return None
    position = begin.end()
    while part := _PART.match(data, position):
        position = part.end()
    end = _END.match(data, position)
    return None if end is None else (data[: end.end()], data[end.end() :])


def begins(data: bytes) -> bool:
    """Return whether a document type with declarations begins here."""
    return _BEGIN.match(data) is not None


def is_too_long(data: bytes) -> bool:
    """Return whether a document type that is not whole yet is longer than any that is waited for."""
    return len(data) > _LONGEST


def rewritten(head: bytes, name: str) -> tuple[bytes, Entities]:
    """Return a document type that the engine reads, of as many lines, and the entities that it declares."""
    begin = _BEGIN.match(head)
    assert begin is not None
    sizes: dict[bytes, int] = {}
    written = [begin.group()]
    position = begin.end()
    while part := _PART.match(head, position):
        position = part.end()
        entity = part["name"]
        if entity is None:
            written.append(b" " + b"\n" * part.group().count(b"\n"))
        elif entity not in sizes:  # the first declaration is binding (XML 1.0, 4.2)
            value = part["value"][1:-1].replace(b'"', b"&#34;")
            if b"<" in value:
                raise _holds_markup(entity, name, head.count(b"\n", 0, part.start()) + 1)
            sizes[entity] = _size(value, sizes, name)
            written.append(b'<!ENTITY %s "%s">' % (entity, value))
    return b"".join(written) + head[position:], Entities(sizes, name)


def _size(value: bytes, sizes: dict[bytes, int], name: str) -> int:
    inside = sum(sizes.get(reference, 0) for reference in _REFERENCE.findall(value))
    size = len(value) + inside
    if size > ENTITIES.value * MB:
        raise ENTITIES.passed(
            "BRI611",
            f"an entity of the file expands to {size / MB:.0f} MB or more",
            name,
            "a small file could fill the memory",
        )
    return size


def _holds_markup(entity: bytes, name: str, line: int) -> InputError:
    return InputError(
        code="BRI285",
        file=name,
        line=line,
        message=f"the entity {entity.decode(errors='replace')!r} holds elements, which the parser does not take",
        fix="write them out where the entity is used",
    )
