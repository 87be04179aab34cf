"""Talk to stderr, for the person at the keyboard."""

from __future__ import annotations

import shutil
import sys
from argparse import Namespace
from collections.abc import Callable
from contextlib import suppress
from typing import TextIO

from bri_kg.errors import BriKgError


def talk(args: Namespace, text: str) -> None:
    """Say something to the person at the keyboard, unless `-q`."""
    if not args.quiet:
        _write(_fitting(_saying(args.lang)(text)), sys.stderr)


def say(text: str, lang: str) -> None:
    """Write a line to stderr, in the language asked for where it is known there."""
    _write(_saying(lang)(text), sys.stderr)


def tell(args: Namespace, text: str) -> None:
    """Write to standard output, in the language asked for and in lines that the page has room for."""
    from bri_kg.cli.show.pages import page_for  # of use to people only

    for line in page_for(args).lines(_saying(args.lang)(text)):
        _write(line, sys.stdout)


def complain(error: BriKgError, lang: str) -> None:
    """Write an error to stderr in the language asked for."""
    _write(error.render(_saying(lang)), sys.stderr)


def _saying(lang: str) -> Callable[[str], str]:
    if lang == "en":
        return str
    from bri_kg.cli.messages.speaking import in_language  # nothing that English needs

    return lambda text: in_language(text, lang)


def _fitting(text: str) -> str:
    """Return a text in lines that the terminal has room for; as it is where stderr is none."""
    if sys.stderr is None or not sys.stderr.isatty():
        return text
    from bri_kg.cli.show.layout import Page  # of use to people only

    page = Page(shutil.get_terminal_size().columns, sys.stderr.encoding)
    return "\n".join(line for given in text.split("\n") for line in page.lines(given))


def _write(text: str, out: TextIO | None) -> None:
    """Write a line in whatever the console can show."""
    if out is None:
        return
    encoding = getattr(out, "encoding", None) or "utf-8"
    with suppress(OSError):  # there is nowhere left to complain to
        print(text.encode(encoding, errors="backslashreplace").decode(encoding), file=out)
