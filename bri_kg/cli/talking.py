"""Talk to stderr, for the person at the keyboard."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable
from contextlib import suppress
from typing import TextIO

from bri_kg.errors import BriKgError


def talk(args: Namespace, text: str) -> None:
    """Say something to the person at the keyboard, unless `-q`."""
    if not args.quiet:
        say(text, args.lang)


def say(text: str, lang: str, out: TextIO | None = None) -> None:
    """Write a line to stderr or `out`, in the language asked for where it is known there."""
    _write(_saying(lang)(text), out or sys.stderr)


def complain(error: BriKgError, lang: str) -> None:
    """Write an error to stderr in the language asked for."""
    _write(error.render(_saying(lang)), sys.stderr)


def _saying(lang: str) -> Callable[[str], str]:
    if lang == "en":
        return str
    from bri_kg.cli.messages.speaking import in_language  # nothing that English needs

    return lambda text: in_language(text, lang)


def _write(text: str, out: TextIO | None) -> None:
    """Write a line in whatever the console can show."""
    if out is None:
        return
    encoding = getattr(out, "encoding", None) or "utf-8"
    with suppress(OSError):  # there is nowhere left to complain to
        print(text.encode(encoding, errors="backslashreplace").decode(encoding), file=out)
