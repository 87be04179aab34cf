"""In which format rows are answered: the one asked for by `format`, else the one that the client likes best."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bri_kg.errors import UsageError
from bri_kg.names import nearest
from bri_kg.web.negotiation import best_media_type

# The SPARQL 1.1 result formats; the first is that of a client that takes anything.
ROW_TYPES: Final = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
}
_ALSO: Final = {"application/json": "json"}
_OFFERED: Final = {media_type: name for name, media_type in ROW_TYPES.items()} | _ALSO


class NoFormatError(UsageError):
    """The client accepts none of the formats that there are (406)."""


def row_format(accept: str | None, asked: str | None) -> tuple[str, str]:
    """Return the name and the media type of the format of the answer.

    Raises UsageError for a `format` that there is not, NoFormatError where none is acceptable.
    """
    if asked is not None:
        return asked, ROW_TYPES[one_of("format", asked, ROW_TYPES)]
    media_type = best_media_type(accept, tuple(_OFFERED))
    if media_type is None:
        raise NoFormatError(
            "BRI190",
            "this is not told in a format that you accept",
            fix=f"ask for one of {', '.join(ROW_TYPES.values())}, or add format={'|'.join(ROW_TYPES)}",
        )
    return _OFFERED[media_type], media_type


def one_of(what: str, given: str, known: Mapping[str, object]) -> str:
    """Return what is given. Raise UsageError, with the nearest, where it is none of those that are known."""
    if given in known:
        return given
    near = nearest(given, known)
    raise UsageError(
        "BRI192",
        f"there is no {what} {given!r}",
        fix=(f"did you mean {near!r}? " if near else "") + f"it is one of {', '.join(known)}",
    )
