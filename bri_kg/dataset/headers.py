"""The `#+` lines at the top of a stored query: keys and values, after grlc.

A value is the text after its colon; lines that are indented belong to the key above them.
Lists and mappings in a value are YAML, which whoever needs them reads.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from bri_kg.errors import InputError
from bri_kg.names import nearest
from bri_kg.rdf.text_files import read_text

_MARK = "#+"
_KEY = re.compile(r"([A-Za-z_]+)[ \t]*:(.*)")


@dataclass(frozen=True)
class Entry:
    """The value of a key, with the lines indented below it, and the number of its line."""

    text: str
    line: int


@dataclass(frozen=True)
class Stored:
    """A stored query: its file, the entries of its header by key, and the text with the header in it."""

    file: Path
    entries: Mapping[str, Entry]
    text: str

    @property
    def name(self) -> str:
        """The name of the file without its ending."""
        return self.file.stem

    @property
    def query(self) -> str:
        """The text without the header."""
        lines = self.text.split("\n")
        return "\n".join(line for line in lines if not line.startswith(_MARK)).lstrip("\n")

    def value(self, key: str) -> str | None:
        """Return the value of a key as text; None where there is none."""
        return self.entries[key].text.strip() or None if key in self.entries else None

    def wording(self, lang: str) -> str:
        """Return the summary in the language, in English where there is no other, else the name."""
        chosen = self.value("summary_zh") if lang == "zh" else None
        return chosen or self.value("summary") or self.name

    def fault(self, message: str, fix: str, line: int | None = None) -> InputError:
        """Return the error for something wrong in the header, at a line or at its first one."""
        first = min((entry.line for entry in self.entries.values()), default=1)
        return InputError(
            code="BRI220", file=str(self.file), line=line or first, message=message, fix=fix
        )


def read_stored(
    path: Path, what: str, keys: Collection[str], required: Collection[str] = ()
) -> Stored:
    """Return a stored query; `what` names its kind in errors.

    Raise InputError for a file that cannot be read, and with its line for a key that is not
    among `keys`, is given twice or, where `required`, has no value.
    """
    entries: dict[str, Entry] = {}
    stored = Stored(path, entries, read_text(path, what))
    last = None
    for number, line in enumerate(stored.text.split("\n"), 1):
        if not line.startswith(_MARK):
            continue
        content = line.removeprefix(_MARK).removeprefix(" ")
        match = _KEY.match(content)
        if match:
            last = match[1]
            if last not in keys:
                raise stored.fault(*_unknown_key(last, keys), number)
            if last in entries:
                raise stored.fault(f"the header gives {last!r} twice", "give it once", number)
            entries[last] = Entry(match[2], number)
        elif last and (content[:1].isspace() or not content):
            entries[last] = Entry(f"{entries[last].text}\n{content}", entries[last].line)
        else:
            raise stored.fault("a header line is no `key: value`", "write `#+ key: value`", number)
    for key in required:
        if not stored.value(key):
            raise stored.fault(f"the header lacks {key!r}", f"add `#+ {key}: …`")
    return stored


def _unknown_key(key: str, keys: Collection[str]) -> tuple[str, str]:
    near = nearest(key, sorted(keys))
    fix = f"did you mean {near!r}?" if near else f"use {', '.join(sorted(keys))}"
    return f"unknown header key {key!r}", fix
