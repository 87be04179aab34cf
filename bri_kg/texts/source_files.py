"""The described sources of a graph: which file holds the text of each."""

from __future__ import annotations

import re

from bri_kg.errors import InputError
from bri_kg.names import slug_of
from bri_kg.stores.selecting import Selecting
from bri_kg.texts.originals import SourceFile

_SOURCES = """SELECT ?source ?file ?length ?sha256 WHERE {
  ?source a bri:Source ; bri:fileName ?file ; bri:characterCount ?length ; bri:sha256 ?sha256 }
ORDER BY ?source"""
_LENGTH = re.compile(r"[0-9]{1,18}")


def source_files(store: Selecting) -> dict[str, SourceFile]:
    """Return the described sources by slug. Raise InputError for a length that is no whole number."""
    rows = store.select(_SOURCES)
    files = (
        SourceFile(
            slug_of(str(r.value("source"))),
            str(r.value("file")),
            _length(str(r.value("source")), str(r.value("length"))),
            str(r.value("sha256")),
        )
        for r in rows
    )
    return {file.slug: file for file in files}


def _length(source: str, text: str) -> int:
    if _LENGTH.fullmatch(text):
        return int(text)
    raise InputError(
        code="BRI239",
        message=f"the source <{source}> has the bri:characterCount {text!r}, which is no whole number",
        fix="`bri-kg source add FILE` prints what describes a text",
    )
