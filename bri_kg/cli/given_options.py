"""What the options of a command line say of how files are read, and who watches."""

from __future__ import annotations

import sys
from argparse import Namespace

from bri_kg.rdf.reading import Reading


def reading_of(args: Namespace) -> Reading:
    """Return how files are read: what `--base` and `--input-format` say. Raise UsageError for a bad one."""
    return Reading(args.base, args.input_format).checked()


def wanted(args: Namespace) -> bool:
    """Return whether progress is to be shown: stderr is a terminal, and there is no `-q`."""
    return not args.quiet and sys.stderr is not None and sys.stderr.isatty()
