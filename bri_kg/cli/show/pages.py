"""The page that a command writes to: the terminal, or what stands in its place."""

from __future__ import annotations

import shutil
import sys
from argparse import Namespace

from bri_kg.cli.destinations import goes_to_file
from bri_kg.cli.show.layout import Page


def page_for(args: Namespace) -> Page:
    """Return the page for what goes to standard output, or to the file that `-o` names.

    Where there is no terminal, COLUMNS counts, and else there are 80.
    """
    if goes_to_file(args) or sys.stdout is None:
        return Page(lang=args.lang)
    return Page(shutil.get_terminal_size().columns, sys.stdout.encoding, args.lang)
