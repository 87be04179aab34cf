"""Whether an output of this run is for people, and whether it may hold the words of texts."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from bri_kg.cli.destinations import choose_format, goes_to_file
from bri_kg.cli.texts_found import texts_named
from bri_kg.texts.originals import texts_at_hand

PEOPLE = "people"


def is_for_people(args: Namespace, formats: tuple[str, ...]) -> bool:
    """Return whether neither `--format` nor the ending of a file asks for one of the formats. Raises UsageError."""
    return choose_format(args, (*formats, PEOPLE), PEOPLE) == PEOPLE


def texts_to_show(args: Namespace) -> Path | None:
    """Return the folder of texts where there is one; None where a file is written, which may travel."""
    return None if goes_to_file(args) else texts_at_hand(texts_named(args))
