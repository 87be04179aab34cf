"""What docs/stores.md tells of each store, from the certificates beside it and from what is known of stores."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from bri_kg.stores.known_stores import KnownStore, known_stores

PAGE: Final = "stores.md"
_CERTIFICATES: Final = "certificates"
_BEGIN: Final = (
    "<!-- generated from certificates/ and known_stores.toml by `python -m bri_kg.cli.generate` -->"
)
_END: Final = "<!-- end of what is generated -->"


def store_pages(docs: Path) -> dict[Path, str]:
    """Return the page with its generated part as it should be; nothing where there is no such page."""
    page = docs / PAGE
    if not page.is_file():
        return {}
    text = page.read_text(encoding="utf-8")
    before, begin, rest = text.partition(_BEGIN)
    _, end, after = rest.partition(_END)
    if not begin or not end:
        return {page: text}
    lines = "\n".join(_lines(docs / _CERTIFICATES))
    return {page: f"{before}{_BEGIN}\n\n{lines}\n\n{_END}{after}"}


def _lines(folder: Path) -> Iterator[str]:
    yield "| store | questions answered as here | to set there | certificate |"
    yield "|---|---|---|---|"
    for known in known_stores().values():
        for name, form in known.forms:
            file = folder / f"{name}.csv"
            answered = _answered(file) if file.is_file() else "not measured"
            settings = "; ".join(known.to_set)
            yield (
                f"| {known.name} {known.version}, {form} | {answered} | {settings} "
                f"| [{name}]({_CERTIFICATES}/{file.name}) |"
            )
    for known in known_stores().values():
        if known.departures:
            yield from ("", *_departures(known))


def _departures(known: KnownStore) -> Iterator[str]:
    yield f"| what {known.name} {known.version} answers otherwise | why | way round | bri-kg |"
    yield "|---|---|---|---|"
    for each in known.departures:
        questions = ", ".join(f"`{name}`" for name in each.questions)
        told = "reads it rightly" if each.mended else "warns"
        yield f"| {each.difference} of {questions} | {each.why} | {each.way_round} | {told} |"


def _answered(file: Path) -> str:
    """Return how many questions a certificate has, and how many are answered as here."""
    rows = csv.DictReader(io.StringIO(file.read_text(encoding="utf-8")))
    held = next(row for row in rows if row["what"] == "questions")
    return f"{held['there']} of {held['here']}"
